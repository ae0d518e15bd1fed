/** Operators, and that there is always one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Initiator } from "../../log/index.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import type { Entered } from "../base/entered.ts";
import {
  day,
  type OpenedSignIn,
  openTestSignIn,
  password,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

let services: OpenedSignIn;
let anne: Entered;
let initiator: Initiator;
beforeAll(async () => {
  services = await openTestSignIn();
  anne = await setUpAnne(services);
  ({ initiator } = await services.own(anne));
});
afterAll(() => services.close());

const add = (email: string, name?: string): ReturnType<OpenedSignIn["signIn"]["addOperator"]> =>
  services.signIn.addOperator({ email, name, initiator });
const count = async (): Promise<number> => (await services.types()).length;

test("a new one gets an account and a code; the event says who made them one", async () => {
  const { user, link } = await add(" bob@acme.example", "Bob Marsh");
  expect(user).toEqual({
    userId: expect.any(Number),
    id: user.id,
    email: "bob@acme.example",
    name: "Bob Marsh",
  });
  const [added, issued] = (await services.events()).slice(-2);
  expect(added).toMatchObject({
    type: "OPERATOR_ADDED",
    actor: { id: anne.user.id },
    recordedBy: { type: "operator", id: anne.user.id },
    targets: [{ type: "user", id: user.id, name: "Bob Marsh" }],
    data: { userId: user.id, email: "bob@acme.example" },
  });
  expect(issued).toMatchObject({
    type: "SIGN_IN_LINK_ISSUED",
    data: { userId: user.id, purpose: "PASSWORD" },
  });
  // a code for a password doesn't set up an account, and the newest one counts
  const again = await add("BOB@acme.example");
  expect(again.user).toEqual(user);
  const choose = async (code = ""): Promise<Entered> =>
    whole(await services.signIn.choosePassword({ code, password }));
  await expect(choose(link?.code)).rejects.toMatchObject({ code: "code-refused" });
  const bob = await choose(again.link?.code);
  expect((await services.caller(bob.token)).user.isOperator).toBe(true);
  const before = await count();
  expect((await add("bob@acme.example")).link).toBeUndefined();
  expect(await count()).toBe(before);
});

test("a code is for a day", async () => {
  const { link } = await add("carol@acme.example");
  services.later(day);
  const choosing = services.signIn.choosePassword({ code: link?.code ?? "", password });
  await expect(choosing).rejects.toMatchObject({ code: "code-refused" });
});

test("of two who use a code at once one gets in", async () => {
  const { link } = await add("dave@acme.example");
  const choose = async (): Promise<Entered> =>
    whole(await services.signIn.choosePassword({ code: link?.code ?? "", password }));
  const results = await Promise.allSettled([choose(), choose(), choose()]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  for (const each of results)
    if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "code-refused" });
});

test("added by several at once they are one account", async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => add("eve@acme.example")));
  expect(new Set(all.map(({ user }) => user.id)).size).toBe(1);
  expect((await services.types()).filter((type) => type === "OPERATOR_ADDED").length).toBe(5);
});

test("a code ends with its issuer's right to issue it, and says so", async () => {
  const { user } = await add("ivan@acme.example");
  await services.store.write((tx) => tx.updateUser(user.userId, { password: "$scrypt$none" }), anywhere);
  const ivan: Initiator = {
    actor: { type: "user", id: user.id, name: user.name },
    recordedBy: { type: "operator", id: user.id },
  };
  const { link } = await services.signIn.addOperator({ email: "judy@acme.example", initiator: ivan });
  await services.signIn.removeOperator({ id: user.id, initiator });
  const before = await count();
  const choose = (code = ""): Promise<unknown> => services.signIn.choosePassword({ code, password });
  await expect(choose(link?.code)).rejects.toMatchObject({
    code: "code-refused",
    message: "The person who created this link is no longer an operator, so the link does not work.",
    remedy: "Ask an operator for a new link.",
  });
  expect(await count()).toBe(before);
  const again = await add("judy@acme.example");
  await expect(choose(again.link?.code)).resolves.toBeDefined();
});

test("a code issued with the operator token ends when another token replaces it", async () => {
  const token = { type: "user", id: "operator" } as const;
  const { link } = await services.signIn.addOperator({
    email: "ken@acme.example",
    initiator: { actor: token, recordedBy: { type: "operator", id: "operator" } },
  });
  await services.store.write((tx) => tx.setOperatorTokenHash(new Uint8Array(32).fill(9)), anywhere);
  const choosing = services.signIn.choosePassword({ code: link?.code ?? "", password });
  await expect(choosing).rejects.toMatchObject({ code: "code-refused" });
});

test("an account with a password is taken from whoever has it: they may not be whose address it is", async () => {
  const { link: first } = await add("mallory@acme.example");
  const mallory = whole(await services.signIn.choosePassword({ code: first?.code ?? "", password }));
  await services.store.write((tx) => tx.updateUser(mallory.user.userId, { isOperator: false }), anywhere);
  const { user, link } = await add("mallory@acme.example");
  expect(user.id).toBe(mallory.user.id);
  await expect(services.caller(mallory.token)).rejects.toMatchObject({ code: "not-authenticated" });
  const signIn = services.signIn.signIn({ email: "mallory@acme.example", password });
  await expect(signIn).rejects.toMatchObject({ code: "sign-in-refused" });
  expect((await services.types()).slice(-4)).toEqual([
    "OPERATOR_ADDED",
    "PASSWORD_CHANGED",
    "SESSIONS_ENDED",
    "SIGN_IN_LINK_ISSUED",
  ]);
  const chosen = await services.signIn.choosePassword({ code: link?.code ?? "", password: `${password} 2` });
  expect((await services.caller(chosen.token)).user.isOperator).toBe(true);
});

test("an account that the identity provider vouches for stays as it is", async () => {
  const linked = { name: "Olga", email: "olga@acme.example", issuer: "https://id.example", subject: "olga" };
  await services.store.write(
    (tx) => tx.insertUser({ ...linked, id: "user_olga", password: null, isOperator: false }),
    anywhere,
  );
  expect((await add("olga@acme.example")).link).toBeUndefined();
  expect((await services.types()).at(-1)).toBe("OPERATOR_ADDED");
});

test("what is no address or no name is refused", async () => {
  await expect(add("no address")).rejects.toMatchObject({ issues: [{ pointer: "/email" }] });
  await expect(add("f@acme.example", "\u0007")).rejects.toMatchObject({ issues: [{ pointer: "/name" }] });
});

test("a session goes on without the rights that were taken away, at the next request", async () => {
  const { token, user } = whole(await services.signIn.signIn({ email: "bob@acme.example", password }));
  await services.signIn.removeOperator({ id: user.id, initiator });
  const caller = await services.caller(token);
  expect([caller.user.isOperator, caller.recordedBy]).toEqual([false, { type: "server", id: "daybook" }]);
  expect((await services.types()).at(-1)).toBe("OPERATOR_REMOVED");
  for (const id of [user.id, "user_none", "", "\u0000", "x".repeat(200)])
    await expect(services.signIn.removeOperator({ id, initiator }), id).rejects.toMatchObject({
      code: "user-not-found",
    });
});

test("the last one can't be removed, not even when all are removed at once", async () => {
  const ids = (await services.signIn.operators({ after: undefined, limit: 100 })).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
  const results = await Promise.allSettled(
    ids.map((id) => services.signIn.removeOperator({ id, initiator })),
  );
  const refused = results.filter((each) => each.status === "rejected");
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).toMatchObject({
    code: "not-allowed",
    message: "The last operator can't be removed.",
  });
  expect(await services.signIn.operators({ after: undefined, limit: 100 })).toHaveLength(1);
  expect(await services.findings()).toEqual([]);
});

test("where nobody has a password a new operator gets no code", async () => {
  const own = await openTestSignIn({ passwords: false });
  const { link, user } = await own.signIn.addOperator({ email: "anne@acme.example", initiator });
  expect([link, user.name]).toEqual([undefined, "anne"]);
  await own.close();
});
