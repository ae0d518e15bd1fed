/**
 * Follows the recipe "An export format" of CONTRIBUTING in a copy of the checkout: one file and one entry, the documented commands, and the
 * built server over HTTP. Route, description, event, command line, client types and pages then have the format.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { call, operatorToken, type ServerProcess, startServer } from "../support/server-process.ts";
import { type Copy, copyCheckout } from "./copy.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

/** The one file: lines of three values between tabs, with an option of its own. */
const file = `/** Three values of each event, between tabs. */
import { formatTime } from "daybook/internal";
import type { ExportFormat } from "./format.ts";

export const tabs: ExportFormat = {
  name: "tabs",
  title: "Tabs",
  mediaType: "text/tab-separated-values",
  contentType: "text/tab-separated-values; charset=utf-8",
  extension: "tsv",
  description: "TIME, SEQ and TYPE between tabs.",
  options: [{ name: "clock", values: ["utc", "unix"], fallback: "utc", description: "How TIME is written." }],
  choices: [{ value: "tabs", text: "Tab-separated values", hint: "For awk and cut.", options: { clock: "unix" } }],
  lines: { header: 1, quoted: false },
  slots: [],
  header: () => "TIME\\tSEQ\\tTYPE\\n",
  row:
    ({ options }) =>
    ({ occurredAt, seq, type }) =>
      \`\${options.clock === "unix" ? occurredAt : formatTime(occurredAt)}\\t\${seq}\\t\${type}\\n\`,
  footer: () => "",
};
`;
const formats = "server/src/export/formats";
const list = `${formats}/formats.ts`;
const made = "library/src/catalogue/export-formats.ts";

let copy: Copy;
let changed: string[];
let server: ServerProcess;
/** An owner's session, for the pages. */
let cookie: string;

beforeAll(async () => {
  copy = copyCheckout();
  addFormat();
  const { scripts } = JSON.parse(readFileSync(join(copy.folder, "package.json"), "utf8"));
  const [write, compare] = scripts.docs.split(" && ");
  expect(write).toBe(`UPDATE_SPEC=1 vitest run ${formats} generated-files`);
  expect(compare).toMatch(/^UPDATE_SPEC=1 vitest run /);
  await copy.run("npx", ["vitest", "run", formats], { UPDATE_SPEC: "1" });
  changed = copy.changed();
  await copy.run("npm", ["run", "--silent", "build"]);
  const dataFolder = join(copy.folder, "data");
  const databaseUrl = await freshDatabase("embedded");
  server = await startServer({ dataFolder, databaseUrl, checkout: copy.folder });
  await call(server.url, "POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  cookie = await setUp(join(dataFolder, "set-up-link"));
});
afterAll(async () => {
  await server?.stop();
  copy?.remove();
});

/** What the recipe says to write: the file, and its entry in the list. */
function addFormat(): void {
  writeFileSync(join(copy.folder, `${formats}/tabs.ts`), file);
  const path = join(copy.folder, list);
  const text = readFileSync(path, "utf8");
  const withEntry = text
    .replace(/^(import type)/m, 'import { tabs } from "./tabs.ts";\n$1')
    .replace(/= \[([^\]]*)\];/, "= [$1, tabs];");
  expect(withEntry).toContain("ndjson, tabs];");
  writeFileSync(path, withEntry);
}

async function setUp(path: string): Promise<string> {
  const code = readFileSync(path, "utf8").trim().split("#")[1];
  const answer = await fetch(`${server.url}/v1/set-up`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      code,
      name: "Anne Wilson",
      email: "anne@acme.example",
      password: "correct horse battery staple",
    }),
  });
  expect(answer.status).toBe(201);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
}

const pageAt = async (path: string): Promise<string> => {
  const answer = await fetch(server.url + path, { headers: { cookie, accept: "text/html,*/*;q=0.8" } });
  expect(answer.status).toBe(200);
  return answer.text();
};

test("one file and one entry, and what the command writes from them; nothing else changed", () => {
  expect(changed).toEqual([made, list, `${formats}/tabs.ts`].sort());
});

test("the route gives the file with its options, and the log says in which format", async () => {
  const answer = await call(server.url, "GET", "/v1/organizations/acme/audit-log.tabs?clock=unix");
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/^TIME\tSEQ\tTYPE\n\d{16}\t0\tLOG_OPENED\n/);
  expect(answer.headers.get("content-type")).toBe("text/tab-separated-values; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toMatch(/audit-log-acme-[\d-]{10}\.tsv/);
  const { body } = await call(server.url, "GET", "/v1/organizations/acme/events?type=AUDIT_LOG_DOWNLOADED");
  expect(body).toMatchObject({ events: [{ data: { format: "tabs" } }] });
  expect((await call(server.url, "GET", "/v1/organizations/acme/audit-log.tabs?clock=x")).status).toBe(400);
  expect((await call(server.url, "GET", "/v1/organizations/acme/audit-log.csv?clock=unix")).status).toBe(400);
});

test("the API's description has the route and the option", async () => {
  const { body } = await call(server.url, "GET", "/openapi.json");
  const { paths } = body as { paths: Record<string, { get: unknown }> };
  expect(paths["/v1/organizations/{org}/audit-log.tabs"]?.get).toMatchObject({
    operationId: "downloadAuditLogTabs",
    parameters: expect.arrayContaining([
      expect.objectContaining({ name: "clock", schema: expect.objectContaining({ enum: ["utc", "unix"] }) }),
    ]),
  });
});

test("the command line has the format and a flag of its option", async () => {
  const daybook = (...args: string[]): Promise<string> =>
    copy.run(process.execPath, ["library/bin/daybook.js", ...args], {
      DAYBOOK_URL: server.url,
      DAYBOOK_ORG: "acme",
      DAYBOOK_TOKEN: operatorToken,
    });
  expect(await daybook("export", "--help")).toMatch(/--clock utc\|unix +tabs only\. How TIME is written\./);
  const text = await daybook("export", "--format", "tabs", "--clock", "unix");
  expect(text).toMatch(/^TIME\tSEQ\tTYPE\n\d{16}\t0\tLOG_OPENED\n/);
  await expect(daybook("export", "--clock", "unix")).rejects.toThrow(/--format tabs only/);
});

test("the client takes the format with its option, and TypeScript refuses another's", async () => {
  const program = `import { Daybook } from "daybook";
const log = new Daybook({ url: "http://127.0.0.1:1", token: "t", organization: "acme" });
export const bytes: ReadableStream<Uint8Array> = await log.export({ format: "tabs", clock: "unix" });
// @ts-expect-error
log.export({ format: "tabs", safe: "spreadsheet" });
// @ts-expect-error
log.export({ clock: "unix" });
`;
  writeFileSync(join(copy.folder, "program.mts"), program);
  const flags = ["--noEmit", "--strict", "--ignoreConfig", "--module", "nodenext", "--target", "es2023"];
  expect(await copy.run("npx", ["tsc", ...flags, "--types", "node", "program.mts"])).toBe("");
});

test("the pages offer the file: a choice of the form, which leads to it, and a link below the events", async () => {
  const settings = await pageAt("/orgs/acme/settings");
  expect(settings).toMatch(/<input [^>]*name="format" type="radio" value="tabs"/);
  expect(settings).toContain("Tab-separated values");
  expect(settings).toContain("For awk and cut.");
  expect(settings).toContain("&quot;extension&quot;:&quot;tsv&quot;");
  const text = await pageAt("/orgs/acme/settings/download?range=all&format=tabs");
  expect(text).toMatch(/^TIME\tSEQ\tTYPE\n\d{16}\t0\tLOG_OPENED\n/);
  expect(await pageAt("/orgs/acme/activity")).toMatch(
    /audit-log\.tabs\?[^"]*">Download these events as Tabs</,
  );
});
