/** README's commands work as written: every `bash` block in order in one shell, and the `js` block as a program. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "./database.ts";
import { operatorToken, type ServerProcess, startServer } from "./server-process.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] as string,
  );

let server: ServerProcess;
/** Over the same database. */
let second: ServerProcess;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-readme-"));
  const options = { dataFolder: join(folder, "data"), databaseUrl: await freshDatabase("embedded") };
  server = await startServer(options);
  second = await startServer(options);
  // the token was given to the server, so it wrote no file: this stands where a first start would have put it
  writeFileSync(join(folder, "operator-token"), operatorToken);
});

afterAll(async () => {
  await server?.stop();
  await second?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What lies at the top of the checkout. */
const filesHere = (): string[] => readdirSync(root).sort();

/** The block with this run's addresses, code and files in place of the default ones. */
const here = (block: string): string =>
  block
    .replaceAll("http://127.0.0.1:4400", server.url)
    .replaceAll("http://127.0.0.1:4401", second.url)
    .replaceAll("data/set-up-link", join(folder, "data", "set-up-link"))
    .replaceAll(/\b(cookies\.txt|client\.json|before\.json)/g, (file) => join(folder, file))
    .replaceAll("data/operator-token", join(folder, "operator-token"))
    .replaceAll("acme.csv", join(folder, "acme.csv"));

test("the bash blocks run in order, and show what the text says", () => {
  const script = blocks("bash").map((block) => `${here(block)}\necho; echo "--- end of block"`);
  const before = filesHere();
  const run = spawnSync("bash", ["-eu", "-o", "pipefail", "-c", script.join("\n")], {
    cwd: root,
    encoding: "utf8",
  });
  expect(run.stderr.replace(/^.*(?:events|rows|bytes).*$/gm, "").trim(), run.stdout).not.toMatch(/error/i);
  expect(run.status, run.stdout + run.stderr).toBe(0);
  // no token and no cookie is left in the checkout
  expect(filesHere()).toEqual(before);
  const [, organization, receipt, search, csv, refusal, , , recorded, ended, history, terminal] =
    run.stdout.split("--- end of block");
  expect(organization).toContain('"slug":"acme"');
  expect(JSON.parse(receipt as string).receipts[0]).toMatchObject({ seq: 1, leafHash: expect.any(String) });
  const [event] = JSON.parse(search as string).events;
  expect(event.changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
  expect(csv).toContain("AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
  expect(csv).toContain("Anne Wilson,Acme,API_CLIENT_UPDATED,");
  expect(JSON.parse(refusal as string)).toMatchObject({ code: "data-invalid", status: 422 });
  expect(JSON.parse(recorded as string).receipts).toHaveLength(1);
  expect(ended).toContain('"status":"revoked"');
  expect(ended).toContain('"code":"not-authenticated"');
  // the refusal is told in its own time
  const events = JSON.parse(history as string).events.filter(
    ({ type }: { type: string }) => type !== "API_CLIENT_REFUSED",
  );
  expect(events.map(({ type }: { type: string }) => type)).toEqual([
    "API_CLIENT_DELETED",
    "API_CLIENT_REVOKED",
    "API_CLIENT_TOKEN_ROTATED",
    "API_CLIENT_UPDATED",
    "API_CLIENT_ADDED",
  ]);
  for (const { data, actor } of events) {
    expect(data).toMatchObject({
      name: expect.stringMatching(/sandbox/i),
      expiresOn: expect.stringMatching(/^\d{4}-/),
    });
    expect(actor.name).toBe("Anne Wilson");
  }
  expect(events[1].reason).toBe("Ticket 43");
  expect(events[3].changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
  expect(terminal).toContain("Platform");
  expect(readFileSync(join(folder, "acme.csv"), "utf8")).toContain("NEW_TEAM");
}, 120_000);

test("the js block runs as a program", () => {
  const [program] = blocks("js");
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", program as string], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, DAYBOOK_URL: server.url, DAYBOOK_TOKEN: operatorToken },
  });
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("Anne Wilson");
});
