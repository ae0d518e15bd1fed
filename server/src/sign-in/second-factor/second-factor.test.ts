/** A second factor: added, required, lost and removed; and that a half-session has no other use. */
import { Secret, TOTP } from "otpauth";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Letter } from "../../mail/index.ts";
import { isHalf } from "../sessions/half-sessions.ts";
import {
  anne,
  context,
  minute,
  type OpenedSignIn,
  openTestSignIn,
  password,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

let services: OpenedSignIn;
let own: Awaited<ReturnType<OpenedSignIn["own"]>>;
const letters: Letter[] = [];
/** Ahead of the process's clock, like the service's clock. */
let ahead = 0n;
const later = (micros: bigint): void => {
  ahead += micros;
  services.later(micros);
};
const code = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + Number(ahead / 1000n) + steps * 30_000,
  });
const types = async (): Promise<string[]> => services.types();
const since = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = (await types()).length;
  await work();
  return (await types()).slice(before);
};

beforeAll(async () => {
  services = await openTestSignIn({ mail: { post: (letter) => void letters.push(letter) } });
  own = await services.own(await setUpAnne(services));
});
afterAll(() => services.close());

/** Adds one, and returns its secret. */
async function add(): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const { secret, offer } = await services.signIn.factors.offer(own.caller);
  const added = await services.signIn.factors.add({ ...own, offer, code: code(secret) });
  // the code of this step is used
  later(minute);
  return { secret, ...added };
}

/** Enters the password; returns the token of the half-session. */
async function half(): Promise<string> {
  const entered = await services.signIn.signIn(anne, { context });
  if (!isHalf(entered)) throw new Error("No second factor was asked for.");
  return entered.token;
}

const remove = (): Promise<void> => services.signIn.factors.remove(own);

test("what is offered is not kept, and counts once a code of it was shown", async () => {
  const { factors } = services.signIn;
  const { secret, uri, offer } = await factors.offer(own.caller);
  expect(uri).toContain(secret);
  expect(offer).not.toContain(secret);
  expect(await factors.own(own.caller)).toBeUndefined();
  for (const wrong of ["", "000000", code(secret, 5), "abcd-efgh-jkmn-pqrs"])
    await expect(factors.add({ ...own, offer, code: wrong })).rejects.toMatchObject({
      code: "request-invalid",
      issues: [{ pointer: "/code" }],
    });
  expect((await factors.offerAgain(own.caller, offer)).secret).toBe(secret);
  const before = (await types()).length;
  const { recoveryCodes } = await factors.add({ ...own, offer, code: code(secret) });
  expect(recoveryCodes).toHaveLength(10);
  expect(await factors.own(own.caller)).toMatchObject({ kind: "TOTP", recoveryCodes: 10 });
  expect((await services.events()).slice(before)).toMatchObject([
    {
      type: "SECOND_FACTOR_ADDED",
      data: { userId: own.caller.user.id, kind: "TOTP" },
      actor: { type: "user", id: own.caller.user.id },
      context: { ip: context.ip },
    },
  ]);
  await expect(factors.offer(own.caller)).rejects.toMatchObject({ code: "second-factor-already" });
  await expect(factors.add({ ...own, offer, code: code(secret) })).rejects.toMatchObject({
    code: "second-factor-already",
  });
  await remove();
});

test("an offer is good for its own session only, and for half an hour", async () => {
  const { factors } = services.signIn;
  const { secret, offer } = await factors.offer(own.caller);
  const other = await services.own(whole(await services.signIn.signIn(anne)));
  const refused = { code: "request-invalid", issues: [{ pointer: "/offer" }] };
  await expect(factors.add({ ...other, offer, code: code(secret) })).rejects.toMatchObject(refused);
  await expect(factors.add({ ...own, offer: "", code: code(secret) })).rejects.toMatchObject(refused);
  later(30n * minute);
  await expect(factors.add({ ...own, offer, code: code(secret) })).rejects.toMatchObject(refused);
});

test("a sign-in asks for it, and a code signs in: once", async () => {
  const { secret } = await add();
  let token = "";
  // half a sign-in is not a sign-in
  expect(await since(async () => (token = await half()))).toEqual([]);
  expect(await services.signIn.isHalfSession(token)).toBe(true);
  await expect(services.caller(token)).rejects.toMatchObject({ code: "not-authenticated" });
  await expect(services.caller(token.replace("dbk_half_", "dbk_session_"))).rejects.toMatchObject({
    code: "not-authenticated",
  });
  const used = code(secret);
  const before = (await types()).length;
  const entered = await services.signIn.finishSignIn(
    { token, code: ` ${used.slice(0, 3)} ${used.slice(3)}` },
    { context },
  );
  expect((await services.caller(entered.token)).user.email).toBe(anne.email);
  expect((await services.events()).slice(before)).toMatchObject([
    { type: "SIGN_IN", data: { method: "PASSWORD", secondFactor: "TOTP" } },
  ]);
  await expect(services.signIn.finishSignIn({ token, code: code(secret, 1) })).rejects.toMatchObject({
    code: "sign-in-expired",
  });
  // a code that someone saw over a shoulder
  await expect(services.signIn.finishSignIn({ token: await half(), code: used })).rejects.toMatchObject({
    code: "second-factor-refused",
  });
  await expect(
    services.signIn.finishSignIn({ token: await half(), code: code(secret, -1) }),
  ).rejects.toMatchObject({
    code: "second-factor-refused",
  });
  await services.signIn.finishSignIn({ token: await half(), code: code(secret, 1) });
  await remove();
});

test("of two who show the same code at once one signs in", async () => {
  const { secret } = await add();
  const tokens = [await half(), await half(), await half()];
  const all = await Promise.allSettled(
    tokens.map((token) => services.signIn.finishSignIn({ token, code: code(secret) })),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await remove();
});

test("a half-session signs in once, however many right codes come at once", async () => {
  const { secret, recoveryCodes } = await add();
  const token = await half();
  const shown = [code(secret), ...recoveryCodes.slice(0, 3)];
  const all = await Promise.allSettled(
    shown.map((each) => services.signIn.finishSignIn({ token, code: each }, { context })),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of all)
    if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "sign-in-expired" });
  // those that signed nobody in are not used up
  expect((await services.signIn.factors.own(own.caller))!.recoveryCodes).toBeGreaterThanOrEqual(9);
  await remove();
});

test("signing out everywhere ends what is half signed in", async () => {
  const { secret, recoveryCodes } = await add();
  const token = await half();
  await services.signIn.signOutEverywhere(own);
  expect(await services.signIn.isHalfSession(token)).toBe(false);
  await expect(services.signIn.finishSignIn({ token, code: code(secret) })).rejects.toMatchObject({
    code: "sign-in-expired",
  });
  own = await services.own(
    await services.signIn.finishSignIn({ token: await half(), code: recoveryCodes[0]! }, { context }),
  );
  await remove();
});

test("a half-session is good for ten minutes and five codes, and for nobody who changes it", async () => {
  const { secret } = await add();
  const token = await half();
  for (let i = 0; i < 5; i++)
    await expect(services.signIn.finishSignIn({ token, code: "000000" })).rejects.toMatchObject({
      code: "second-factor-refused",
    });
  expect(await services.signIn.isHalfSession(token)).toBe(false);
  await expect(services.signIn.finishSignIn({ token, code: code(secret) })).rejects.toMatchObject({
    code: "sign-in-expired",
  });
  later(15n * minute);
  const late = await half();
  later(10n * minute);
  for (const none of [late, undefined, "", `${late}x`, late.replace("half", "live")])
    await expect(services.signIn.finishSignIn({ token: none, code: code(secret) })).rejects.toMatchObject({
      code: "sign-in-expired",
    });
  await remove();
});

test("ten wrong codes at one account are the most, however many half-sessions they come by", async () => {
  const { secret } = await add();
  later(15n * minute);
  for (let i = 0; i < 10; i++)
    await expect(services.signIn.finishSignIn({ token: await half(), code: "000000" })).rejects.toMatchObject(
      {
        code: "second-factor-refused",
      },
    );
  await expect(
    services.signIn.finishSignIn({ token: await half(), code: code(secret) }),
  ).rejects.toMatchObject({
    code: "too-many-requests",
  });
  expect(services.noted.at(-1)?.event.data).toMatchObject({ why: "Wrong code of the second factor" });
  later(15n * minute);
  await services.signIn.finishSignIn({ token: await half(), code: code(secret) });
  await remove();
});

test("a password that is changed, or a factor that is removed, meanwhile ends half a sign-in", async () => {
  const { secret } = await add();
  const token = await half();
  const other = `${anne.password} 2`;
  await services.signIn.changePassword({ ...own, current: anne.password, password: other });
  await expect(services.signIn.finishSignIn({ token, code: code(secret) })).rejects.toMatchObject({
    code: "sign-in-expired",
  });
  await services.signIn.changePassword({ ...own, current: other, password: anne.password });
  const again = await half();
  await remove();
  await expect(services.signIn.finishSignIn({ token: again, code: code(secret) })).rejects.toMatchObject({
    code: "second-factor-refused",
  });
});

test("each recovery code signs in once, and new ones end the old ones", async () => {
  const { recoveryCodes } = await add();
  const [first = "", second = ""] = recoveryCodes;
  const show = async (shown: string) => services.signIn.finishSignIn({ token: await half(), code: shown });
  expect(await since(() => show(first.toUpperCase().replaceAll("-", " ")))).toEqual(["SIGN_IN"]);
  expect((await services.events()).at(-1)).toMatchObject({ data: { secondFactor: "RECOVERY_CODE" } });
  await expect(show(first)).rejects.toMatchObject({ code: "second-factor-refused" });
  expect(await services.signIn.factors.own(own.caller)).toMatchObject({ recoveryCodes: 9 });
  let renewed: readonly string[] = [];
  expect(
    await since(
      async () => ({ recoveryCodes: renewed } = await services.signIn.factors.renewRecoveryCodes(own)),
    ),
  ).toEqual(["SECOND_FACTOR_ADDED"]);
  expect((await services.events()).at(-1)).toMatchObject({ data: { kind: "RECOVERY_CODES" } });
  await expect(show(second)).rejects.toMatchObject({ code: "second-factor-refused" });
  await show(renewed[0]!);
  await remove();
});

test("removing it ends codes of both kinds, tells the log, and writes to its holder", async () => {
  await add();
  letters.length = 0;
  expect(await since(remove)).toEqual(["SECOND_FACTOR_REMOVED"]);
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    [anne.email, "A second factor was removed from your Daybook account"],
  ]);
  await expect(remove()).rejects.toMatchObject({ code: "second-factor-not-found" });
  await expect(services.signIn.factors.renewRecoveryCodes(own)).rejects.toMatchObject({
    code: "second-factor-not-found",
  });
  expect(isHalf(await services.signIn.signIn(anne))).toBe(false);
});

test("an operator removes one that was lost, by address or id", async () => {
  const { factors } = services.signIn;
  const initiator = { ...own.initiator, actor: { type: "user", id: "operator" } } as const;
  await add();
  letters.length = 0;
  await factors.removeOf({ which: { email: " ANNE@acme.example " }, initiator });
  expect((await services.events()).at(-1)).toMatchObject({
    type: "SECOND_FACTOR_REMOVED",
    actor: { id: "operator" },
    targets: [{ id: own.caller.user.id }],
  });
  expect(letters).toHaveLength(1);
  await expect(factors.removeOf({ which: { id: own.caller.user.id }, initiator })).rejects.toMatchObject({
    code: "second-factor-not-found",
  });
  for (const which of [{ id: "user_nobody" }, { id: "\0" }, { email: "nobody@acme.example" }, { email: "" }])
    await expect(factors.removeOf({ which, initiator })).rejects.toMatchObject({ code: "user-not-found" });
});

test("a code to choose a password by doesn't go round it", async () => {
  const { secret } = await add();
  const { link } = await services.signIn.resetUser({ email: anne.email, initiator: own.initiator });
  const entered = await services.signIn.choosePassword(
    { code: link?.code ?? "", password: anne.password },
    { context },
  );
  expect(isHalf(entered)).toBe(true);
  const before = (await types()).length;
  const inside = await services.signIn.finishSignIn({ token: entered.token, code: code(secret) });
  expect((await services.events()).slice(before)).toMatchObject([
    { type: "SIGN_IN", data: { method: "SETUP_LINK", secondFactor: "TOTP" } },
  ]);
  own = await services.own(inside);
  await remove();
});

test("who has no password is told that it is the identity provider's to ask for", async () => {
  const { user } = await services.signIn.addOperator({ email: "bob@acme.example", initiator: own.initiator });
  const caller = { ...own.caller, user: { ...own.caller.user, ...user } };
  await expect(services.signIn.factors.offer(caller)).rejects.toMatchObject({ code: "not-allowed" });
});

test("neither secret nor recovery codes are in the database as they are", async () => {
  const { secret, recoveryCodes } = await add();
  const client = new pg.Client(services.url);
  await client.connect();
  const { rows } = await client.query<{ text: string }>(
    "SELECT f::text AS text FROM second_factor f UNION ALL SELECT c::text FROM recovery_code c",
  );
  await client.end();
  expect(rows).toHaveLength(11);
  const all = rows.map(({ text }) => text).join("\n");
  for (const each of [secret, Buffer.from(Secret.fromBase32(secret).bytes).toString("hex"), ...recoveryCodes])
    expect(all).not.toContain(each);
  await remove();
});

test("an account that is taken from its holder takes their second factor, and they are written to once", async () => {
  const { link } = await services.signIn.addOperator({
    email: "carol@acme.example",
    initiator: own.initiator,
  });
  const carol = await services.own(
    whole(await services.signIn.choosePassword({ code: link!.code, password })),
  );
  const { secret, offer } = await services.signIn.factors.offer(carol.caller);
  await services.signIn.factors.add({ ...carol, offer, code: code(secret) });
  await services.signIn.removeOperator({ id: carol.caller.user.id, initiator: own.initiator });
  letters.length = 0;
  await services.signIn.addOperator({ email: "carol@acme.example", initiator: own.initiator });
  const removed = "A second factor was removed from your Daybook account";
  const subjects = (): string[] => letters.map(({ to, subject }) => `${to}: ${subject}`).sort();
  expect(subjects()).toEqual([
    `carol@acme.example: ${removed}`,
    "carol@acme.example: You are an operator of Daybook",
  ]);
  expect(await services.signIn.factors.own(carol.caller)).toBeUndefined();
  // nothing more to take
  await services.signIn.removeOperator({ id: carol.caller.user.id, initiator: own.initiator });
  letters.length = 0;
  await services.signIn.addOperator({ email: "carol@acme.example", initiator: own.initiator });
  expect(subjects()).toEqual(["carol@acme.example: You are an operator of Daybook"]);
});
