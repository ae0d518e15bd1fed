/** The end of sessions: fourteen days after they began, earlier without activity, and sooner for operators. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { anywhere } from "../../store/testing/anywhere.ts";
import type { Entered } from "../base/entered.ts";
import {
  anne,
  day,
  minute,
  type OpenedSignIn,
  openTestSignIn,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

const idle = { members: 60n * minute, operators: 10n * minute };
const bob = { email: "bob@acme.example", password: "another horse battery" };

let services: OpenedSignIn;
beforeAll(async () => {
  services = await openTestSignIn({ idle });
  const { initiator } = await services.own(await setUpAnne(services));
  const { user, link } = await services.signIn.addOperator({ email: bob.email, initiator });
  await services.signIn.choosePassword({ code: link?.code ?? "", password: bob.password });
  await services.signIn.removeOperator({ id: user.id, initiator });
});
afterAll(() => services.close());

const asBob = async (): Promise<Entered> => whole(await services.signIn.signIn(bob));
const asAnne = async (): Promise<Entered> => whole(await services.signIn.signIn(anne));
const authenticate = (token: string, isAgain?: boolean) =>
  services.signIn.authenticators.dbk_session_!(token, isAgain);
/** The noted activity of the sessions is stored. */
const noted = (): Promise<void> => services.signIn.close();
const ended = (why: string) => ({ code: "not-authenticated", why });

test("a confirmation of identity from a time to come, by a clock that ran ahead, is not fresh", async () => {
  const isFresh = async (token: string): Promise<boolean | undefined> => {
    const caller = await authenticate(token);
    return caller.kind === "user" ? caller.session?.isFresh : undefined;
  };
  services.later(-50n * minute);
  const { token } = await asBob();
  expect(await isFresh(token)).toBe(false);
  services.later(50n * minute);
  expect(await isFresh(token)).toBe(true);
});

test("nothing done for as long as one may ends a session; an operator's ends sooner", async () => {
  const [member, operator] = [await asBob(), await asAnne()];
  services.later(9n * minute);
  await authenticate(operator.token, true);
  services.later(2n * minute);
  await expect(authenticate(operator.token)).rejects.toMatchObject(ended("IDLE"));
  await authenticate(member.token, true);
  services.later(50n * minute);
  await expect(authenticate(member.token)).rejects.toMatchObject(ended("IDLE"));
});

test("what is done keeps it going, up to its fourteen days", async () => {
  const { token } = await asBob();
  for (let gone = 0n; gone < 14n * day - 50n * minute; gone += 50n * minute) {
    await authenticate(token);
    await noted();
    services.later(50n * minute);
  }
  await authenticate(token);
  await noted();
  services.later(50n * minute);
  await expect(authenticate(token)).rejects.toMatchObject(ended("OVER"));
});

test("what only goes on or waits keeps nothing going", async () => {
  const { token } = await asBob();
  for (let i = 0; i < 6; i++) {
    services.later(10n * minute);
    if (i < 5) await authenticate(token, true);
    await noted();
  }
  services.later(1n);
  await expect(authenticate(token)).rejects.toMatchObject(ended("IDLE"));
});

test("it is written once a tenth of that time, and not for each request", async () => {
  const { token, user } = await asBob();
  const seen = async (): Promise<bigint> => {
    await noted();
    const all = await services.store.sessionsOf(user.userId);
    return all.reduce((latest, { lastSeenAt }) => (lastSeenAt > latest ? lastSeenAt : latest), 0n);
  };
  const before = await seen();
  services.later(5n * minute);
  await authenticate(token);
  expect(await seen()).toBe(before);
  services.later(2n * minute);
  await authenticate(token);
  expect((await seen()) - before).toBeGreaterThan(6n * minute);
});

test("who becomes an operator is idle as soon as one", async () => {
  const { token } = await asBob();
  services.later(20n * minute);
  await authenticate(token, true);
  const { initiator } = await services.own(await asAnne());
  const userId = (await services.store.user({ email: bob.email }))!.userId;
  await services.store.write((tx) => tx.updateUser(userId, { isOperator: true }), anywhere);
  await expect(authenticate(token)).rejects.toMatchObject(ended("IDLE"));
  await services.store.write((tx) => tx.updateUser(userId, { isOperator: false }), anywhere);
  expect(initiator.recordedBy.type).toBe("operator");
});

test("what an idle operator opened for a viewer ends too, whatever the viewer does", async () => {
  const entered = await asAnne();
  const organization = await services.newOrganization("acme");
  const { caller, initiator } = await services.own(entered);
  const viewer = { id: "customer-7" };
  const wanted = { organization, role: "CONSUMER" as const, minutes: 720, viewer, caller, initiator };
  const { id, token } = await services.signIn.openViewerSession(wanted);
  const look = (): Promise<unknown> => services.signIn.authenticators.dbk_viewer_!(token);
  const page = { organization, rowScope: "everything" as const, caller, after: undefined, limit: 10 };
  const listed = async (): Promise<string[]> =>
    (await services.signIn.viewerSessions(page)).map((session) => session.id);
  services.later(9n * minute);
  await authenticate(entered.token);
  await noted();
  services.later(9n * minute);
  await look();
  expect(await listed()).toEqual([id]);
  services.later(2n * minute);
  await expect(look()).rejects.toMatchObject({ code: "not-authenticated" });
  expect(await listed()).toEqual([]);
  await expect(authenticate(entered.token)).rejects.toMatchObject(ended("IDLE"));
});

test("one that is idle is listed no more, and one that somebody ended says so", async () => {
  const [one, other] = [await asBob(), await asBob()];
  const caller = await services.caller(one.token);
  const open = async (): Promise<number> =>
    (await services.signIn.sessionsOf(await services.caller(one.token))).length;
  const before = await open();
  const { id } = (await services.caller(other.token)).session;
  await services.signIn.endSession({ ...(await services.own(one)), id });
  expect(await open()).toBe(before - 1);
  await expect(authenticate(other.token)).rejects.toMatchObject(ended("ENDED"));
  const idler = await asBob();
  services.later(40n * minute);
  await authenticate(one.token);
  await noted();
  services.later(40n * minute);
  expect((await services.signIn.sessionsOf(caller)).map(({ id: each }) => each)).toEqual([caller.session.id]);
  await expect(authenticate(idler.token)).rejects.toMatchObject(ended("IDLE"));
});

test("a text that is no token of a session is told nothing of sessions", async () => {
  for (const token of ["dbk_session_", "dbk_session_x", `dbk_session_${"0".repeat(49)}`])
    await expect(authenticate(token)).rejects.not.toHaveProperty("why");
});
