/** The first account, and the code for making it. */
import { afterAll, expect, test } from "vitest";
import { anne, context, day, type OpenedSignIn, openTestSignIn, setUpAnne } from "../testing/open-sign-in.ts";

const opened: OpenedSignIn[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));
const open = async (...options: Parameters<typeof openTestSignIn>): Promise<OpenedSignIn> => {
  const services = await openTestSignIn(...options);
  opened.push(services);
  return services;
};

const flip = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

test("the first person is an operator who is signed in, and one act of four events says so", async () => {
  const services = await open();
  const entered = await setUpAnne(services);
  expect(entered.user).toMatchObject({ name: anne.name, email: anne.email, isOperator: true });
  const caller = await services.caller(entered.token);
  expect(caller).toMatchObject({
    kind: "user",
    actor: { type: "user", id: entered.user.id, name: anne.name, email: anne.email },
    recordedBy: { type: "operator", id: entered.user.id },
    session: { method: "SETUP_LINK" },
    memberships: [],
  });
  const [issued, ...act] = (await services.events()).slice(-5);
  expect(issued).toMatchObject({
    type: "SIGN_IN_LINK_ISSUED",
    actor: { type: "system", id: "daybook" },
    recordedBy: { type: "server", id: "daybook" },
    data: { purpose: "SET_UP" },
  });
  expect(act.map(({ type }) => type)).toEqual([
    "USER_ADDED",
    "OPERATOR_ADDED",
    "PASSWORD_CHANGED",
    "SIGN_IN",
  ]);
  for (const event of act) {
    expect(event).toMatchObject({
      actor: { id: entered.user.id, name: anne.name },
      recordedBy: { type: "operator", id: entered.user.id },
      targets: [{ type: "user", id: entered.user.id, name: anne.name }],
      context: { ...context, correlationId: "r-1" },
    });
  }
  expect(act[3]!.data).toMatchObject({ userId: entered.user.id, method: "SETUP_LINK" });
  expect(JSON.stringify(await services.events())).not.toContain("dbk_");
});

test("once there is somebody, no code is issued, and those that were don't work", async () => {
  const services = await open();
  const codes = [await services.setUpCode(), await services.setUpCode()];
  await services.signIn.setUp({ ...anne, code: codes[0]! });
  expect(await services.signIn.offerSetUp()).toBeUndefined();
  for (const code of codes)
    await expect(services.signIn.setUp({ ...anne, email: "eve@acme.example", code })).rejects.toMatchObject({
      code: "set-up-done",
      status: 409,
    });
  // nor are they codes for a password
  await expect(
    services.signIn.choosePassword({ code: codes[1]!, password: anne.password }),
  ).rejects.toMatchObject({ code: "code-refused" });
});

test("of two who set it up at once one wins", async () => {
  const services = await open();
  const code = await services.setUpCode();
  const other = await services.setUpCode();
  const tries = [code, code, other].map((each, i) =>
    services.signIn.setUp({ ...anne, email: `anne${i}@acme.example`, code: each }),
  );
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of results)
    if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "set-up-done" });
  expect((await services.types()).filter((type) => type === "OPERATOR_ADDED")).toHaveLength(1);
  expect(await services.findings()).toEqual([]);
});

test("a code that is cut short, changed, made up or too old is refused, in the same words", async () => {
  const services = await open();
  const code = await services.setUpCode();
  const wrong = [
    "",
    "x",
    code.slice(0, -1),
    `${code}0`,
    flip(code, 12),
    flip(code, code.length - 1),
    ` ${code}`,
  ];
  for (const each of wrong) {
    await expect(services.signIn.setUp({ ...anne, code: each }), each).rejects.toMatchObject({
      code: "code-refused",
      message: "This link does not work: it has been used, has expired, or is incomplete.",
    });
  }
  services.later(day);
  await expect(services.signIn.setUp({ ...anne, code })).rejects.toMatchObject({ code: "code-refused" });
  expect(await services.store.anyUser()).toBe(false);
});

test("what is wrong about the person uses no code up", async () => {
  const services = await open();
  const code = await services.setUpCode();
  for (const [wrong, pointer] of [
    [{ name: " " }, "/name"],
    [{ name: "a\u0000b" }, "/name"],
    [{ email: "anne" }, "/email"],
    [{ email: "anne@acme.example\n@x" }, "/email"],
    [{ password: "elevenchars" }, "/password"],
  ] as const) {
    await expect(services.signIn.setUp({ ...anne, ...wrong, code })).rejects.toMatchObject({
      code: "request-invalid",
      issues: [{ pointer }],
    });
  }
  await services.signIn.setUp({ ...anne, code });
});

test("where nobody has a password there is nothing to set up", async () => {
  const services = await open({ passwords: false });
  expect(await services.signIn.offerSetUp()).toBeUndefined();
  await expect(services.signIn.setUp({ ...anne, code: "x" })).rejects.toMatchObject({ code: "not-allowed" });
});
