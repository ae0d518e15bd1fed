/** Personal tokens: made, used, ended by their holder, with all access, and by date. */
import { DaybookError } from "daybook/internal";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CallingPerson } from "../../access/index.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { hashOf } from "../../tokens/index.ts";
import {
  anne,
  context,
  day,
  type OpenedSignIn,
  openTestSignIn,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

let services: OpenedSignIn;
let own: Awaited<ReturnType<OpenedSignIn["own"]>>;
let ahead = 0n;
const inDays = (days: number): string =>
  new Date(Date.now() + Number(ahead / 1000n) + days * 86_400_000).toISOString().slice(0, 10);
const add = (name = "Nightly export", expiresOn = inDays(30)) =>
  services.signIn.tokens.add({ ...own, name, expiresOn });
const open = (token: string): Promise<CallingPerson> =>
  services.signIn.authenticators.dbk_pat_!(token) as Promise<CallingPerson>;
const refused = expect.objectContaining({ code: "not-authenticated" });
const list = () => services.signIn.tokens.list(own.caller);
const since = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = (await services.types()).length;
  await work();
  return (await services.types()).slice(before);
};

beforeAll(async () => {
  services = await openTestSignIn();
  own = await services.own(await setUpAnne(services));
});
afterAll(() => services.close());
beforeEach(async () => {
  for (const { id } of await list()) await services.signIn.tokens.remove({ ...own, id });
});

test("one is shown once, listed without itself, and kept as its hash", async () => {
  const { token, ...added } = await add("  Nightly export ");
  expect(token).toMatch(/^dbk_pat_[0-9A-Za-z]{49}$/);
  expect(added).toEqual({
    id: expect.stringMatching(/^token_[a-z2-7]{26}$/),
    name: "Nightly export",
    prefix: token.slice(0, 14),
    createdAt: expect.any(BigInt),
    expiresOn: inDays(30),
    lastUsedOn: null,
  });
  expect(await list()).toEqual([added]);
  const [held] = await services.store.personalTokens([hashOf(token)]);
  expect(held?.id).toBe(added.id);
  const [event] = (await services.events()).filter(({ type }) => type === "PERSONAL_TOKEN_ADDED").slice(-1);
  expect(event).toMatchObject({
    targets: [{ type: "user", id: own.caller.id }],
    data: { tokenId: added.id, userId: own.caller.id, tokenPrefix: added.prefix, expiresOn: inDays(30) },
  });
  expect(JSON.stringify(event)).not.toContain("Nightly");
  expect(JSON.stringify(event)).not.toContain(token);
});

test("it is its holder, without a session, and what they are at that moment", async () => {
  const { token } = await add();
  expect(await open(token)).toMatchObject({
    kind: "user",
    id: own.caller.id,
    actor: { type: "user", id: own.caller.id, name: "Anne Wilson" },
    user: { isOperator: true },
    session: undefined,
    memberships: [],
  });
  const { userId } = own.caller.user;
  const { organizationId } = await services.store.organization("daybook").then((found) => found!);
  await services.store.write((tx) => tx.insertMember({ organizationId, userId, role: "AUDITOR" }), anywhere);
  expect((await open(token)).memberships).toMatchObject([{ organizationId, role: "AUDITOR" }]);
  await services.store.write((tx) => tx.deleteMember(organizationId, userId), anywhere);
  expect((await open(token)).memberships).toEqual([]);
});

test.each(["", "dbk_pat_", `dbk_pat_${"0".repeat(49)}`])("%j is refused", async (token) => {
  await expect(open(token)).rejects.toThrow(refused);
});

test.each<[object, Record<string, string>]>([
  [{ name: " " }, { "/name": "Enter a token name" }],
  [{ name: 7 }, { "/name": "Enter a token name" }],
  [{ name: "a".repeat(101) }, { "/name": "Token name must be 100 characters or fewer" }],
  [{ name: "a\u0007" }, { "/name": "Token name must not include control characters" }],
  [{ expiresOn: "" }, { "/expiresOn": "Enter an expiry date" }],
  [{ expiresOn: "2027-02-30" }, { "/expiresOn": "Expiry date must be a real date" }],
  [{ expiresOn: inDays(0) }, { "/expiresOn": expect.stringMatching(/^Expiry date must be between /) }],
  [{ expiresOn: inDays(367) }, { "/expiresOn": expect.stringMatching(/^Expiry date must be between /) }],
  [
    { name: "", expiresOn: undefined },
    { "/name": "Enter a token name", "/expiresOn": "Enter an expiry date" },
  ],
])("%j is refused, with what to enter", async (wanted, expected) => {
  const failed = await services.signIn.tokens
    .add({ ...own, name: "Export", expiresOn: inDays(1), ...wanted })
    .catch((error) => error as DaybookError);
  expect(failed).toBeInstanceOf(DaybookError);
  const { code, issues } = failed as DaybookError;
  expect(code).toBe("request-invalid");
  expect(Object.fromEntries(issues.map(({ pointer, detail }) => [pointer, detail]))).toEqual(expected);
});

test("a token that stands in its name is hidden", async () => {
  const { token } = await add();
  expect((await add(`like ${token}`)).name).toMatch(/^like \[token [0-9a-f]{12}\]$/);
});

test("one person has twenty at most, however many are asked for at once", async () => {
  const answers = await Promise.allSettled(Array.from({ length: 22 }, (_, n) => add(`Token ${n}`)));
  const failed = answers.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
  expect(failed).toEqual(["not-allowed", "not-allowed"]);
  expect(await list()).toHaveLength(20);
});

test("its holder ends it, once, and nobody else's", async () => {
  const { id, token } = await add();
  const remove = (which = id) => services.signIn.tokens.remove({ ...own, id: which });
  expect(await since(() => remove())).toEqual(["PERSONAL_TOKEN_REMOVED"]);
  await expect(open(token)).rejects.toThrow(refused);
  const notFound = expect.objectContaining({ code: "personal-token-not-found" });
  for (const which of [id, "token_x", "no id", ""]) await expect(remove(which)).rejects.toThrow(notFound);
  expect(await since(() => remove().catch(() => {}))).toEqual([]);
  const other = await services.signIn.addOperator({
    name: "Bob",
    email: "bob@acme.example",
    initiator: own.initiator,
  });
  const { id: kept } = await add();
  const user = (await services.store.user({ id: other.user.id }))!;
  const bob = { ...own, caller: { ...own.caller, user }, id: kept };
  await expect(services.signIn.tokens.remove(bob)).rejects.toThrow(notFound);
  expect(await services.signIn.tokens.list(bob.caller)).toEqual([]);
  expect(await list()).toHaveLength(1);
});

test("the day of its last use is noted, once a day", async () => {
  const { token } = await add();
  await open(token);
  await services.signIn.tokens.noteUsed();
  expect(await list()).toMatchObject([{ lastUsedOn: inDays(0) }]);
});

test("a change of the password leaves it, signing out everywhere ends it", async () => {
  const { token } = await add();
  const password = "another horse battery";
  await services.signIn.changePassword({ ...own, current: anne.password, password });
  expect(await open(token)).toMatchObject({ id: own.caller.id });
  expect(await since(() => services.signIn.signOutEverywhere(own))).toEqual([
    "PERSONAL_TOKEN_REMOVED",
    "SESSIONS_ENDED",
  ]);
  await expect(open(token)).rejects.toThrow(refused);
  own = await services.own(whole(await services.signIn.signIn({ ...anne, password }, { context })));
});

test("a reset ends it, and ends the session that made it", async () => {
  const { token } = await add();
  const types = await since(() => services.signIn.resetUser({ email: anne.email, initiator: own.initiator }));
  expect(types).toContain("PERSONAL_TOKEN_REMOVED");
  await expect(open(token)).rejects.toThrow(refused);
  const { link } = await services.signIn.resetUser({ email: anne.email, initiator: own.initiator });
  const chosen = { code: link!.code, password: anne.password };
  own = await services.own(whole(await services.signIn.choosePassword(chosen, { context })));
});

test("it works until the end of its day, and is listed no more then", async () => {
  const { token, expiresOn } = await add("Short", inDays(1));
  const end = BigInt(Date.parse(`${expiresOn}T00:00:00Z`)) * 1000n + day;
  const now = BigInt(Date.now()) * 1000n;
  services.later(end - now - 10_000_000n);
  expect(await open(token)).toMatchObject({ kind: "user" });
  services.later(10_000_000n);
  ahead = end - now;
  await expect(open(token)).rejects.toThrow(refused);
  expect(await list()).toEqual([]);
});
