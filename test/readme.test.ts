/** README's commands work as written: every `bash` block in order in one shell, and the `js` block as a program. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-readme-"));
  server = await startServer({
    dataFolder: join(folder, "data"),
    databaseUrl: await freshDatabase("embedded"),
  });
  // the token was given to the server, so it wrote no file: this stands where a first start would have put it
  writeFileSync(join(folder, "operator-token"), operatorToken);
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The block with this run's address and token file in place of the default ones. */
const here = (block: string): string =>
  block
    .replaceAll("http://127.0.0.1:4400", server.url)
    .replaceAll("data/operator-token", join(folder, "operator-token"))
    .replaceAll("acme.csv", join(folder, "acme.csv"));

test("the bash blocks run in order, and show what the text says", () => {
  const script = blocks("bash").map((block) => `${here(block)}\necho; echo "--- end of block"`);
  const run = spawnSync("bash", ["-eu", "-o", "pipefail", "-c", script.join("\n")], {
    cwd: root,
    encoding: "utf8",
  });
  expect(run.stderr.replace(/^.*(?:events|rows|bytes).*$/gm, "").trim(), run.stdout).not.toMatch(/error/i);
  expect(run.status, run.stdout + run.stderr).toBe(0);
  const [, organization, receipt, search, csv, refusal, terminal] = run.stdout.split("--- end of block");
  expect(organization).toContain('"slug":"acme"');
  expect(JSON.parse(receipt as string).receipts[0]).toMatchObject({ seq: 1, leafHash: expect.any(String) });
  const [event] = JSON.parse(search as string).events;
  expect(event.changes).toEqual([
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
  ]);
  expect(csv).toContain("AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n");
  expect(csv).toContain("Anne Wilson,Acme,API_CLIENT_UPDATED,");
  expect(JSON.parse(refusal as string)).toMatchObject({ code: "data-invalid", status: 422 });
  expect(terminal).toContain("Platform");
  expect(readFileSync(join(folder, "acme.csv"), "utf8")).toContain("NEW_TEAM");
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
