/**
 * The place of the demo, as processes: beside the real data folder, never in it, and in the database of DATABASE_URL only with the flag.
 */
import { spawn } from "node:child_process";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { emptyDatabase } from "./support/database.ts";
import { logLines } from "./support/log-lines.ts";
import { copyPrepared } from "./support/prepared.ts";
import { call, freePort, type ServerProcess, startServer } from "./support/server-process.ts";

const bin = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-demo-place-"));
  // the user who runs PostgreSQL passes through it
  await chmod(folder, 0o711);
  data = join(folder, "data");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command until it ends; returns what it printed, line by line, and its exit code. */
function run(args: readonly string[], env: Record<string, string>): Promise<[number | null, string[]]> {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH, DAYBOOK_DATA: data, ...env },
  });
  let printed = "";
  child.stderr.on("data", (chunk) => (printed += chunk));
  return new Promise((resolve) =>
    child.on("close", (code) => resolve([code, printed.trimEnd().split("\n")])),
  );
}

const slugs = async ({ url }: ServerProcess): Promise<string[]> => {
  const { body } = await call(url, "GET", "/v1/organizations");
  return (body as { organizations: { slug: string }[] }).organizations.map(({ slug }) => slug);
};

/** Every file of a folder with its size and when it was written. */
const contents = (of: string): string[] =>
  readdirSync(of, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path) => {
      const { size, mtimeMs } = lstatSync(join(of, path));
      return `${path} ${size} ${mtimeMs}`;
    });

test("beside the real data folder, one after the other", async () => {
  copyPrepared(inject("prepared"), data);
  const real = await startServer({ dataFolder: data });
  await call(real.url, "POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  expect(await real.stop()).toBe(0);
  const untouched = contents(data);

  const port = await freePort();
  const page = `  http://127.0.0.1:${port}/activity`;
  const [code, lines] = await run(["demo"], { PORT: String(port) });
  expect(code, lines.join("\n")).toBe(0);
  expect(lines.at(-2)).toBe("Start the server with 'daybook-server serve --demo', then open:");
  expect(lines.at(-1)).toBe(page);

  const demo = await startServer({ dataFolder: data, port, arguments: ["--demo"] });
  // what the demo says is one entry
  const last = (): readonly string[] => logLines(demo.output()).at(-1)?.more?.slice(-2) ?? [];
  await expect
    .poll(last, { timeout: 30_000 })
    .toEqual([`Create the first account with the link in ${data}-demo/set-up-link, then open:`, page.trim()]);
  expect(demo.output()).toContain(" 0 of them recorded now, ");
  const signIn = await fetch(page.trim(), { headers: { accept: "text/html" }, redirect: "manual" });
  expect([signIn.status, signIn.headers.get("location")]).toEqual([303, "/sign-in?next=%2Factivity"]);
  expect(await slugs(demo)).toContain("demo-register");
  expect(await slugs(demo)).not.toContain("acme");
  expect(readFileSync(`${data}-demo/set-up-link`, "utf8")).toContain(`http://127.0.0.1:${port}/set-up#`);
  expect(await demo.stop()).toBe(0);
  expect(contents(data)).toEqual(untouched);

  const again = await startServer({ dataFolder: data });
  expect(await slugs(again)).toEqual(["acme"]);
  expect(await again.stop()).toBe(0);
}, 300_000);

test("the database of DATABASE_URL is left alone, unless it is asked for", async () => {
  const url = await emptyDatabase("embedded");
  const env = { DATABASE_URL: url, PORT: String(await freePort()) };
  const tables = async (): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      "SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    await client.end();
    return rows.length;
  };
  const sentence =
    "DATABASE_URL is set, and its database may contain a real log. The demo is loaded there only if you ask for it.";
  const remedy =
    "Unset DATABASE_URL, and the demo starts its own PostgreSQL. Or add --into-database to load the demo there.";
  expect(await run(["demo"], env)).toEqual([1, [`daybook-server: ${sentence}`, remedy]]);
  const [refused, logged] = await run(["serve", "--demo"], env);
  expect([refused, logged.map((line) => JSON.parse(line) as unknown)]).toEqual([
    1,
    [expect.objectContaining({ level: "fatal", msg: sentence, remedy })],
  ]);
  expect(await tables()).toBe(0);
  const [code, lines] = await run(["demo", "--into-database"], env);
  expect(code, lines.join("\n")).toBe(0);
  expect(lines.at(-1)).toBe(`  http://127.0.0.1:${env.PORT}/activity`);
  expect(await tables()).toBeGreaterThan(0);
}, 300_000);

test("asking for the database without one, and a data folder that is set but empty, are told", async () => {
  const [code, lines] = await run(["demo", "--into-database"], {});
  expect([code, lines[0]]).toEqual([
    1,
    "daybook-server: --into-database loads the demo into the database of DATABASE_URL, which is not set.",
  ]);
  const [empty, message] = await run(["demo"], { DAYBOOK_DATA: "" });
  expect([empty, message[0]]).toEqual([1, expect.stringContaining("DAYBOOK_DATA is set but empty")]);
});
