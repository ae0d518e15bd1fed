/** `daybook-server users`, as an operator runs it: a process with its exit code, stdout and stderr. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configOf, serveConfig, type TestServer } from "../server/src/api/testing/open-server.ts";
import { callAs, signedIn } from "../server/src/api/testing/people.ts";
import { freshDatabase } from "./support/database.ts";
import { type CommandResult, runCommand } from "./support/run-command.ts";

let databaseUrl: string;
let folder: string;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-users-"));
  databaseUrl = await freshDatabase("embedded");
  server = await serveConfig(configOf(databaseUrl));
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<CommandResult> =>
  runCommand(["users", ...args], { dataFolder: folder, databaseUrl });

/** By the code after the `#` of a link. */
const choose = (link: string, password: string): ReturnType<TestServer["call"]> =>
  server.call("POST", "/v1/password", { code: link.trim().split("#")[1], password }, { cookie: "" });
const signIn = (password: string): ReturnType<TestServer["call"]> =>
  server.call("POST", "/v1/sign-in", { email: "anne@acme.example", password }, { cookie: "" });
const types = async (): Promise<string[]> => {
  const { events } = (await server.call("GET", "/v1/organizations/daybook/events")).body;
  return events.map(({ type, actor, context }: { type: string; actor: { id: string }; context?: object }) =>
    [type, actor.id, (context as { interface?: string })?.interface].join(" "),
  );
};

test("an operator is made, chooses a password by the code, is listed, and is reset", async () => {
  const added = await run("add-operator", "anne@acme.example", "--name", "Anne Wilson");
  expect(added.code, added.stderr).toBe(0);
  expect(added.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/password#dbk_code_\w{49}\n$/);
  expect(added.stderr).toContain("Anne Wilson (user_");
  expect(added.stderr).toContain("choose a password");
  expect((await types()).slice(0, 2)).toEqual([
    "SIGN_IN_LINK_ISSUED operator cli",
    "OPERATOR_ADDED operator cli",
  ]);

  const password = "correct horse battery";
  const entered = await choose(added.stdout, password);
  expect(entered.status, entered.text).toBe(200);
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect((await callAs(server, { cookie }, "GET", "/v1/operators")).status).toBe(200);
  // the code worked once
  expect((await choose(added.stdout, password)).body.code).toBe("code-refused");

  const listed = await run("list");
  expect(
    listed.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({
      email: "anne@acme.example",
      isOperator: true,
      hasPassword: true,
      issuer: null,
    }),
  ]);
  expect(listed.stdout).not.toContain("scrypt");

  const reset = await run("reset", " Anne@acme.example");
  expect(reset.code, reset.stderr).toBe(0);
  expect((await callAs(server, { cookie }, "GET", "/v1/account")).status).toBe(401);
  expect((await signIn(password)).body.code).toBe("sign-in-refused");
  expect((await types()).slice(0, 3)).toEqual([
    "SIGN_IN_LINK_ISSUED operator cli",
    "SESSIONS_ENDED operator cli",
    "PASSWORD_CHANGED operator cli",
  ]);
  expect((await choose(reset.stdout, "another horse battery")).status).toBe(200);
  expect((await signIn("another horse battery")).status).toBe(200);
});

test("who can sign in already gets no code, and what can't be done is said in a sentence", async () => {
  await signedIn(server, { email: "bob@acme.example" });
  const twice = await run("add-operator", "anne@acme.example");
  expect([twice.code, twice.stdout]).toEqual([0, ""]);
  expect(twice.stderr).toContain("They sign in as before.");
  const nobody = await run("reset", "nobody@acme.example");
  expect([nobody.code, nobody.stdout]).toEqual([1, ""]);
  expect(nobody.stderr).toContain("There is no such user.");
  const wrong = await run("add-operator", "no address");
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain("Enter an email address");
});
