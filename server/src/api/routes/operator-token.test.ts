/** Replacing the operator token over HTTP: who may, what ends, what is recorded, and what stays in the data folder. */
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Daybook } from "daybook";
import pg from "pg";
import { expect, test } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import { operatorTokenIn } from "../../secrets/index.ts";
import { configOf, openServer, serveConfig, type TestServer } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

const route = "/v1/operator-token/replace";
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

interface WithFile {
  readonly server: TestServer;
  readonly path: string;
  readonly old: string;
  status(token: string): Promise<number>;
  close(): Promise<void>;
}

/** A server whose operator token is in its file, over a database with the matching hash. */
async function withFile(): Promise<WithFile> {
  const config = { ...configOf(await freshDatabase("embedded")), operatorToken: undefined };
  const path = join(config.dataFolder, "operator-token");
  const { value: old } = operatorTokenIn(config.dataFolder, () => {});
  // the tests' own token made the database
  await (await serveConfig({ ...config, operatorToken: old })).close();
  const server = await serveConfig(config);
  const status = async (token: string): Promise<number> =>
    (await server.call("GET", "/v1/organizations", undefined, bearer(token))).status;
  return { server, path, old, status, close: async () => void (await server.close()) };
}

async function growStale({ databaseUrl }: TestServer): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query("UPDATE session SET authenticated_at = authenticated_at - interval '15 minutes'");
  await client.end();
}

const eventsOf = async (server: TestServer, token: string): Promise<Record<string, unknown>[]> =>
  (
    await server.call(
      "GET",
      "/v1/organizations/daybook/events?type=OPERATOR_TOKEN_REPLACED",
      undefined,
      bearer(token),
    )
  ).body.events;

test("the new one is shown once and in the file, and the old one is refused from the next request on", async () => {
  const { server, path, old, status, close } = await withFile();
  const { status: done, body, headers } = await server.call("POST", route, undefined, bearer(old));
  expect([done, body]).toEqual([200, { token: expect.stringMatching(/^dbk_operator_/) }]);
  expect(headers.get("cache-control")).toContain("no-store");
  expect([await status(old), await status(body.token)]).toEqual([401, 200]);
  expect(readFileSync(path, "utf8")).toBe(`${body.token}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const [event] = await eventsOf(server, body.token);
  expect(event).toMatchObject({
    actor: { type: "user", id: "operator" },
    data: { how: "REPLACED" },
    context: { interface: "api" },
  });
  expect(`${server.lines()}${JSON.stringify(event)}`).not.toContain(body.token);
  await close();
});

test("the client replaces it, and its own token stops working", async () => {
  const { server, old, status, close } = await withFile();
  const client = new Daybook({ url: server.url, token: old, organization: "daybook" });
  const { token } = await client.replaceOperatorToken();
  expect([await status(old), await status(token)]).toEqual([401, 200]);
  await expect(client.replaceOperatorToken()).rejects.toMatchObject({ code: "not-authenticated" });
  await close();
});

test("a data folder without the file gets none, and the token works", async () => {
  const { server, path, old, status, close } = await withFile();
  rmSync(path);
  const { body } = await server.call("POST", route, undefined, bearer(old));
  expect(await status(body.token)).toBe(200);
  expect(existsSync(path)).toBe(false);
  await close();
});

test("of three at once by the same token one is done and the others are refused, and the file holds the one that works", async () => {
  const { server, path, old, status, close } = await withFile();
  const answers = await Promise.all([1, 2, 3].map(() => server.call("POST", route, undefined, bearer(old))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  const { token } = answers.find((answer) => answer.status === 200)!.body;
  expect(readFileSync(path, "utf8").trim()).toBe(token);
  expect(await status(token)).toBe(200);
  await close();
});

test("operators do it who showed lately who they are; members, API clients and personal tokens don't", async () => {
  const { server, old, status, close } = await withFile();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" }, bearer(old));
  const olga = await signedIn(server, { email: "olga@acme.example", operator: true });
  const anne = await signedIn(server, { email: "anne@acme.example", organization: "acme" });
  const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const { body: personal } = await callAs(server, olga, "POST", "/v1/account/tokens", {
    name: "x",
    expiresOn,
  });
  expect(await server.call("POST", route, undefined, bearer(personal.token))).toMatchObject({
    status: 403,
    body: { code: "not-allowed" },
  });
  expect(await callAs(server, anne, "POST", route)).toMatchObject({
    status: 403,
    body: { code: "not-allowed" },
  });
  expect(await server.call("POST", route, undefined, bearer("x".repeat(40)))).toMatchObject({ status: 401 });
  await growStale(server);
  expect(await callAs(server, olga, "POST", route)).toMatchObject({
    status: 403,
    body: { code: "reauthentication-needed" },
  });
  expect(await status(old)).toBe(200);
  const fresh = await signedIn(server, { email: "olga@acme.example", operator: true });
  const { status: done, body } = await callAs(server, fresh, "POST", route);
  expect(done).toBe(200);
  expect([await status(old), await status(body.token)]).toEqual([401, 200]);
  const [event] = await eventsOf(server, body.token);
  expect(event).toMatchObject({ actor: { type: "user", id: fresh.user.id } });
  await close();
});

test("where DAYBOOK_OPERATOR_TOKEN sets it, it is refused with the remedy", async () => {
  const server = await openServer();
  const { status, body } = await server.call("POST", route);
  expect([status, body.code]).toEqual([409, "operator-token-fixed"]);
  expect(body.detail).toContain("DAYBOOK_OPERATOR_TOKEN");
  expect(body.remedy).toContain("restart");
  expect((await server.call("GET", "/v1/organizations")).status).toBe(200);
});
