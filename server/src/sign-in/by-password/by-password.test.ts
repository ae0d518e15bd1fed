/** Signing in with a password, choosing and changing it, and the events in each log. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Organization } from "../../store/contract/organizations.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import type { Entered } from "../base/entered.ts";
import { openPasswords } from "../passwords/passwords.ts";
import {
  anne,
  context,
  day,
  minute,
  type OpenedSignIn,
  openTestSignIn,
  password,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

let services: OpenedSignIn;
let acme: Organization;
let globex: Organization;
let closed: Organization;
const bob = { email: "bob@acme.example", password: "another horse battery" };
let entered: Entered;

beforeAll(async () => {
  services = await openTestSignIn();
  await setUpAnne(services);
  [acme, globex, closed] = [
    await services.newOrganization("acme"),
    await services.newOrganization("globex"),
    await services.newOrganization("closed"),
  ];
  const initiator = {
    actor: { type: "user", id: "operator" },
    recordedBy: { type: "operator", id: "operator" },
  } as const;
  const { user } = await services.signIn.addOperator({ email: bob.email, name: "Bob Marsh", initiator });
  await services.signIn.removeOperator({ id: user.id, initiator });
  await services.store.write(async (tx) => {
    for (const { organizationId } of [acme, globex, closed])
      await tx.insertMember({ organizationId, userId: user.userId, role: "CONSUMER" });
    await tx.closeOrganization(closed.organizationId);
  }, anywhere);
  const { link } = await services.signIn.resetUser({ email: bob.email, initiator });
  entered = whole(
    await services.signIn.choosePassword({ code: link?.code ?? "", password: bob.password }, { context }),
  );
});
afterAll(() => services.close());

const newest = async (
  { organizationId }: Pick<Organization, "organizationId">,
  count: number,
): Promise<string[]> => (await services.types(organizationId)).slice(-count);

test("choosing a password by a code signs in, and every open organization that one is a member of is told, and the operators", async () => {
  for (const organization of [acme, globex])
    expect(await newest(organization, 3)).toEqual(["SIGN_IN_LINK_ISSUED", "PASSWORD_CHANGED", "SIGN_IN"]);
  expect(await newest(closed, 1)).toEqual(["LOG_OPENED"]);
  const [changed, signedIn] = (await services.events(acme.organizationId)).slice(-2);
  expect(changed).toMatchObject({ data: { userId: entered.user.id, how: "SET_UP" } });
  expect(signedIn).toMatchObject({
    actor: { type: "user", id: entered.user.id, name: "Bob Marsh", email: bob.email },
    targets: [{ type: "user", id: entered.user.id, name: "Bob Marsh" }],
    context: { ip: context.ip, userAgent: context.userAgent, requestId: context.requestId },
    recordedBy: { type: "server", id: "daybook" },
    data: { userId: entered.user.id, method: "SETUP_LINK" },
  });
  // the reserved log has a copy of each
  const copies = (await services.events()).slice(-2);
  expect(copies.map(({ type, data }) => ({ type, data }))).toEqual(
    [changed, signedIn].map((event) => ({ type: event!.type, data: event!.data })),
  );
});

test("a sign-in is a session of 14 days, told to the same logs", async () => {
  const again = await services.signIn.signIn({ ...bob, email: " BOB@acme.example" }, { context });
  expect(await newest(acme, 1)).toEqual(["SIGN_IN"]);
  const caller = await services.caller(again.token);
  expect(caller.memberships.map(({ slug }) => slug).sort()).toEqual(["acme", "closed", "globex"]);
  expect(caller.session.method).toBe("PASSWORD");
  const { expiresAt, createdAt } = caller.session;
  expect(Number(expiresAt - createdAt) / Number(14n * day)).toBeCloseTo(1, 4);
});

test("an operator's sign-in is told to the reserved log", async () => {
  const from = (await services.types()).length;
  await services.signIn.signIn(anne, { context });
  const events = (await services.events()).slice(from);
  expect(events).toMatchObject([{ type: "SIGN_IN", recordedBy: { type: "operator" } }]);
});

test("a refused sign-in of an account is noted for its logs after the answer, and one of nobody's is not", async () => {
  services.noted.length = 0;
  const refused = { code: "sign-in-refused" };
  await expect(
    services.signIn.signIn({ ...bob, password: "wrong horse" }, { context }),
  ).rejects.toMatchObject(refused);
  await expect(services.signIn.signIn({ email: "x@y", password }, { context })).rejects.toMatchObject(
    refused,
  );
  await services.signIn.close();
  expect(services.noted).toEqual([
    {
      organizationIds: [0, acme.organizationId, globex.organizationId],
      subject: `sign-in ${entered.user.id}`,
      event: {
        type: "SIGN_IN_REFUSED",
        actor: { type: "anonymous" },
        targets: [{ type: "user", id: entered.user.id, name: "Bob Marsh" }],
        data: { userId: entered.user.id, email: bob.email, method: "PASSWORD", why: "Wrong password" },
        context,
      },
    },
  ]);
  expect(JSON.stringify(services.noted)).not.toContain("wrong horse");
  // and the log accepts it as an event
  const { event } = services.noted[0]!;
  const data = { ...event.data, count: 3 };
  await services.log.change(
    (tx) => tx.record(acme, { ...event, outcome: "denied", data }, { type: "server", id: "daybook" }),
    anywhere,
  );
});

test("after ten failures even the right password is refused for a while, whoever asks", async () => {
  const own = await openTestSignIn();
  await setUpAnne(own);
  for (let i = 0; i < 10; i++)
    await expect(own.signIn.signIn({ ...anne, password: `wrong ${i}` })).rejects.toMatchObject({
      code: "sign-in-refused",
    });
  await expect(own.signIn.signIn(anne)).rejects.toMatchObject({ code: "too-many-requests" });
  own.later(15n * minute);
  await own.signIn.signIn(anne);
  await own.close();
});

test("a password that is kept by older parameters is kept by today's from the next sign-in on", async () => {
  const old = await openPasswords({ ln: 3 }).hash(bob.password);
  const { userId } = entered.user;
  await services.store.write((tx) => tx.updateUser(userId, { password: old }), anywhere);
  await services.signIn.signIn(bob);
  const kept = (await services.store.user({ userId }))?.password ?? "";
  expect(kept).toContain("$ln=4,");
  await services.signIn.signIn(bob);
  expect((await services.store.user({ userId }))?.password).toBe(kept);
});

test("a new password needs the current one, ends all other sessions, and is one act", async () => {
  const [own, other] = [await services.signIn.signIn(bob), await services.signIn.signIn(bob)];
  const answers = await services.own(own);
  const change = (current: string, next: string): Promise<void> =>
    services.signIn.changePassword({ ...answers, current, password: next });
  await expect(change("wrong horse battery", "third horse battery")).rejects.toMatchObject({
    issues: [{ pointer: "/current" }],
  });
  for (const wrong of ["elevenchars", "x".repeat(1025), "BOB@acme.example", "short"])
    await expect(change(bob.password, wrong), wrong).rejects.toMatchObject({
      issues: [{ pointer: "/password" }],
    });
  await change(bob.password, "third horse battery");
  await services.caller(own.token);
  await expect(services.caller(other.token)).rejects.toMatchObject({ code: "not-authenticated" });
  await expect(services.caller(entered.token)).rejects.toMatchObject({ code: "not-authenticated" });
  const act = (await services.events(acme.organizationId)).slice(-2);
  expect(act).toMatchObject([
    { type: "PASSWORD_CHANGED", data: { how: "CHANGED" } },
    { type: "SESSIONS_ENDED", data: { why: "Password changed" } },
  ]);
  expect(new Set(act.map((event) => event.context?.correlationId)).size).toBe(1);
  await expect(services.signIn.signIn(bob)).rejects.toMatchObject({ code: "sign-in-refused" });
  bob.password = "third horse battery";
});

test("a password that was taken away while it was compared lets nobody in", async () => {
  const { userId } = entered.user;
  const kept = (await services.store.user({ userId }))?.password ?? null;
  const slow = await openPasswords({ ln: 15 }).hash(bob.password);
  await services.store.write((tx) => tx.updateUser(userId, { password: slow }), anywhere);
  const trying = services.signIn.signIn(bob);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await services.store.write((tx) => tx.updateUser(userId, { password: null }), anywhere);
  await expect(trying).rejects.toMatchObject({ code: "sign-in-refused" });
  await services.store.write((tx) => tx.updateUser(userId, { password: kept }), anywhere);
});

test("a session ends by its holder, by time, and is found in no other form", async () => {
  const own = await services.signIn.signIn(bob);
  await services.signIn.signOut(await services.own(own));
  expect((await services.events(acme.organizationId)).at(-1)).toMatchObject({
    type: "SESSIONS_ENDED",
    data: { why: "Signed out", sessions: 1 },
  });
  await expect(services.caller(own.token)).rejects.toMatchObject({ code: "not-authenticated" });
  const other = await services.signIn.signIn(bob);
  const { token } = other;
  const flipped = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
  for (const wrong of [token.slice(0, -1), `${token}0`, flipped, "dbk_session_"])
    await expect(services.caller(wrong), wrong).rejects.toMatchObject({ code: "not-authenticated" });
  services.later(14n * day);
  await expect(services.caller(token)).rejects.toMatchObject({ code: "not-authenticated" });
});

test("signing out twice at once is one event, and a change of nothing is none", async () => {
  const own = await services.signIn.signIn(bob);
  const answers = await services.own(own);
  const before = (await services.types(acme.organizationId)).length;
  await Promise.all([services.signIn.signOut(answers), services.signIn.signOut(answers)]);
  await services.signIn.renameUser({ ...answers, name: " Bob Marsh " });
  expect(await services.types(acme.organizationId)).toHaveLength(before + 1);
  await services.signIn.renameUser({ ...answers, name: "Robert" });
  expect((await services.events(acme.organizationId)).at(-1)).toMatchObject({
    type: "USER_CHANGED",
    changes: [{ path: "/name", label: "Name", from: "Bob Marsh", to: "Robert" }],
  });
  expect(await services.signIn.sessionsOf(answers.caller)).toEqual([]);
});

test("after all this the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
