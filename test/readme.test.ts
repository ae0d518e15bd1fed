/**
 * README's commands work as written, after the set-up link was used: every `bash` block in order in one shell, and the `js` block as
 * a program. They leave nothing in the checkout.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventTypes } from "daybook/catalogue";
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
  await setUp();
});

/** The first account, made by the page to which the link of the first start leads, as README says before its blocks. */
async function setUp(): Promise<void> {
  const link = new URL(readFileSync(join(folder, "data", "set-up-link"), "utf8").trim());
  const answer = await fetch(link, {
    method: "POST",
    // both servers of the folder keep it, each with its own address
    headers: { origin: link.origin },
    body: new URLSearchParams({
      code: link.hash.slice(1),
      name: "Anne Wilson",
      email: "anne@acme.example",
      password: "correct horse battery staple",
    }),
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  expect(existsSync(join(folder, "data", "set-up-link"))).toBe(false);
}

afterAll(async () => {
  await server?.stop();
  await second?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** All that git sees in the checkout, and what it is told to ignore. */
function checkout(): string {
  const { status, stdout, stderr } = spawnSync("git", ["status", "--porcelain", "--ignored"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** The block with this run's addresses, code and files in place of the default ones. */
const here = (block: string): string =>
  block
    .replaceAll("http://127.0.0.1:4400", server.url)
    .replaceAll("http://127.0.0.1:4401", second.url)
    .replaceAll("data/operator-token", join(folder, "operator-token"));

test("the bash blocks run in order, and show what the text says", () => {
  const script = blocks("bash").map((block) => `${here(block)}\necho; echo "--- end of block"`);
  const before = checkout();
  const run = spawnSync("bash", ["-eu", "-o", "pipefail", "-c", script.join("\n")], {
    cwd: root,
    encoding: "utf8",
    // for mktemp: it is read below, and removed with the rest
    env: { ...process.env, TMPDIR: folder },
  });
  expect(run.stderr.replace(/^.*(?:events|rows|bytes).*$/gm, "").trim(), run.stdout).not.toMatch(/error/i);
  expect(run.status, run.stdout + run.stderr).toBe(0);
  expect(checkout()).toBe(before);
  const [, organization, receipt, search, csv, refusal, , recorded, ended, history, terminal] =
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
    expect(actor).toEqual({ type: "user", id: "operator" });
  }
  expect(events[1].reason).toBe("Ticket 43");
  expect(events[3].changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
  expect(terminal).toContain("Platform");
  const [work = ""] = readdirSync(folder).filter((name) => name.startsWith("tmp."));
  expect(readFileSync(join(folder, work, "acme.csv"), "utf8")).toContain("NEW_TEAM");
}, 120_000);

test("what it counts is counted right", () => {
  const producers = eventTypes.filter(({ writer }) => writer === "producer").length;
  const own = eventTypes.length - producers;
  expect(readme).toContain(
    `**${eventTypes.length} event types**, ${producers} of them of API platforms and ${own} of Daybook itself`,
  );
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  expect(changelog).toContain(
    `**${producers} event types** of API platforms and API clients, ${own} of Daybook's own`,
  );
});

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
