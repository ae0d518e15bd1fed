/**
 * No secret remains anywhere: after every operation of the list and many failing requests, with the most detailed logging, no password,
 * token, code, cookie or link is in the database, a backup, a log line, an event, a file or an error response.
 */
import { expect, test } from "vitest";
import { token as operatorToken, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { databaseKinds } from "../support/database.ts";
import { operations } from "./operations.ts";
import { placesOf } from "./places.ts";
import { provoke } from "./provoked.ts";
import { Secrets } from "./secrets.ts";
import { type OperationsWorld, openWorld, type WorldOptions } from "./world.ts";

const secrets = new Secrets();
secrets.note(operatorToken);
let errors = "";

/** Collects every secret in requests and responses, and keeps error responses. */
const watch = (server: TestServer): TestServer => ({
  ...server,
  call: async (...request) => {
    const [, path, body, headers] = request;
    secrets.noteIn(JSON.stringify([path, body, headers]));
    noteOpenId(path, headers?.cookie ?? "");
    const answer = await server.call(...request);
    secrets.noteIn(answer.text + answer.headers.getSetCookie().join("\n"));
    if (answer.status >= 400) errors += `${answer.text}\n`;
    return answer;
  },
});

/** The values that a browser brings back from the identity provider. */
function noteOpenId(path: string, cookie: string): void {
  const code = /[?&]code=([^&]+)/.exec(path)?.[1];
  if (code !== undefined) secrets.note(decodeURIComponent(code));
  const flow = /daybook_openid=([^;]+)/.exec(cookie)?.[1];
  if (flow === undefined) return;
  for (const part of Object.values(JSON.parse(decodeURIComponent(flow)))) secrets.note(String(part));
}

const options: WorldOptions = {
  database: databaseKinds().at(-1)!,
  config: { logLevel: "trace" },
  note: (secret) => secrets.note(secret),
  watch,
};
const worlds: OperationsWorld[] = [];

async function opened(...[kind]: Parameters<typeof openWorld>): Promise<OperationsWorld> {
  const world = await openWorld(kind, options);
  worlds.push(world);
  return world;
}

test("no secret stays anywhere, in no form", async () => {
  const people = await opened("people");
  secrets.note(people.fixture.provider!.openid.clientSecret);
  for (const operation of operations) {
    const world = operation.on === undefined ? people : await opened(operation.on);
    const prepared = await operation.prepare(world.fixture);
    expect(await prepared.perform(world.on), operation.name).toBe(operation.answers);
  }
  const wrong = await provoke(people);
  let [count, bytes] = [1, errors.length];
  const places = new Map([["answers of errors", errors]]);
  for (const world of worlds) {
    const found = await placesOf(world);
    for (const [name, text] of found) places.set(`${worlds.indexOf(world)}: ${name}`, text);
    count += found.size;
  }
  for (const text of places.values()) bytes += text.length;
  console.info(
    `${secrets.size} secrets, ${operations.length} operations, ${wrong} wrong requests; ${count} places, ${bytes} characters`,
  );
  if (!places.has("0: pg_dump")) console.warn("*** No pg_dump that fits was found; it is not looked at. ***");
  expect(secrets.find(places)).toEqual([]);
  expect(secrets.size).toBeGreaterThan(100);
  expect(count).toBeGreaterThan(200);
}, 300_000);

test("one that is planted is found, in each form", async () => {
  const [people] = worlds;
  const planted = new Secrets();
  const token = `dbk_live_${"abcdef"}${"Zq9".repeat(14)}x`;
  planted.note(token);
  const rest = token.slice(15);
  const forms: readonly (readonly [string, string])[] = [
    ["as it is", token],
    ["hex", `\\x${Buffer.from(token).toString("hex")}`],
    ["HEX", Buffer.from(token).toString("hex").toUpperCase()],
    ...["", "a", "ab"].map(
      (before) => ["base64", Buffer.from(`${before}${rest}, and more`).toString("base64")] as const,
    ),
  ];
  for (const [form, text] of forms) {
    const found = planted.find(new Map([["here", `before ${text} after`]]));
    expect(
      found.map((leak) => leak.form),
      text,
    ).toContain(form);
  }
  expect(planted.find(new Map([["here", token.slice(0, 15)]]))).toEqual([]);
  await people!.sql.query("UPDATE organization SET description = $1 WHERE slug = 'daybook'", [token]);
  const places = new Set(planted.find(await placesOf(people!)).map(({ place }) => place));
  expect([...places]).toEqual(expect.arrayContaining(["table organization", "backup"]));
  const password = new Secrets();
  password.note('pass wörd/1234567890"\\+');
  for (const text of [
    "pass%20w%C3%B6rd%2F1234567890%22%5C%2B",
    'pass wörd/1234567890\\"\\\\+',
    'pass wörd/1234567890""\\+',
  ])
    expect(password.find(new Map([["here", text]])), text).not.toEqual([]);
}, 300_000);
