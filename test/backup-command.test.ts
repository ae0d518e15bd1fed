/** The commands `backup` and `restore` as a nightly job and an operator meet them: exit codes, signals, kills, metrics, and what stays behind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import { configOf, serveConfig } from "../server/src/api/testing/open-server.ts";
import { isAlive } from "../server/src/store/embedded/process.ts";
import { afterwards } from "./support/afterwards.ts";
import { asSuperuser, emptyDatabase, freshDatabase } from "./support/database.ts";
import { copyPrepared } from "./support/prepared.ts";
import { operatorToken } from "./support/server-process.ts";
import { openSilentProxy } from "./support/silent-proxy.ts";

const entry = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "daybook-backup-command-"));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Ran {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<[code: number | null, output: string]>;
}

/** Starts a command of the built server. */
function run(args: readonly string[], env: Readonly<Record<string, string>>): Ran {
  const { DATABASE_URL: _, ...others } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...others, DAYBOOK_OPERATOR_TOKEN: operatorToken, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (output += piece));
  const ended = once(child, "close").then(([code]): [number | null, string] => [code, output]);
  return { child, output: () => output, ended };
}

describe("a backup", () => {
  test("as a nightly job is silent, rotates, and shows in the metrics of a server", async () => {
    const databaseUrl = await freshDatabase("embedded");
    const server = await serveConfig(configOf(databaseUrl));
    const folder = await temporary();
    const env = { DATABASE_URL: databaseUrl, DAYBOOK_DATA: await temporary() };
    expect((await server.call("GET", "/metrics")).text).not.toMatch(/^daybook_backup/m);
    writeFileSync(join(folder, "daybook-20200101T000000Z.backup"), "old");
    writeFileSync(join(folder, "notes"), "mine");
    expect(await run(["backup", folder, "--keep", "1", "--quiet"], env).ended).toEqual([0, ""]);
    const [made, notes] = readdirSync(folder).sort();
    expect([made, notes]).toEqual([expect.stringMatching(/^daybook-\d{8}T\d{6}Z\.backup$/), "notes"]);
    expect(made).not.toContain("2020");
    const { text } = await server.call("GET", "/metrics");
    expect(Number(/^daybook_backup_age_seconds (.+)$/m.exec(text)?.[1])).toBeLessThan(300);
    expect(Number(/^daybook_backup_bytes (.+)$/m.exec(text)?.[1])).toBeGreaterThan(1_000);
    expect(text).toMatch(/^daybook_backup_failed 0$/m);
    // one that fails while it reads
    const client = new pg.Client(asSuperuser(databaseUrl));
    await client.connect();
    await client.query("DROP TABLE schema_migration");
    const [code, output] = await run(["backup", join(folder, "x"), "--quiet"], env).ended;
    await client.end();
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/^daybook-server: The database has no data of Daybook\./),
    ]);
    expect(readdirSync(folder)).toHaveLength(2);
    expect((await server.call("GET", "/metrics")).text).toMatch(/^daybook_backup_failed 1$/m);
    await server.close();
  }, 180_000);

  test("says in a sentence where it can't write, and starts no database for that", async () => {
    const dataFolder = await temporary();
    const [code, output] = await run(["backup", join(dataFolder, "none", "x")], { DAYBOOK_DATA: dataFolder })
      .ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      /^daybook-server: The backup can't be written to .*: there is no such file or folder\.\n/,
    );
    expect(output).not.toContain("    at ");
    expect(readdirSync(dataFolder)).toEqual([]);
  });

  test("that another one forestalls ends with 3", async () => {
    const folder = await temporary();
    writeFileSync(join(folder, "x.part-7@elsewhere"), "");
    const [code, output] = await run(["backup", join(folder, "x")], { DAYBOOK_DATA: folder }).ended;
    expect([code, output]).toEqual([3, expect.stringContaining("Another backup to this place is running")]);
  });

  test.each<[NodeJS.Signals, number | null, string[]]>([
    ["SIGINT", 130, []],
    ["SIGTERM", 143, []],
    ["SIGKILL", null, [expect.stringContaining("x.part-") as unknown as string]],
  ])(
    "that %s ends in the middle leaves what it must, and the next one works",
    async (signal, code, left) => {
      const databaseUrl = await freshDatabase("embedded");
      await (await serveConfig(configOf(databaseUrl))).close();
      const proxy = await openSilentProxy(databaseUrl);
      afterwards(() => proxy.close());
      const folder = await temporary();
      const env = { DATABASE_URL: proxy.url, DAYBOOK_DATA: await temporary() };
      proxy.silence();
      const { child, ended } = run(["backup", join(folder, "x")], env);
      await expect
        .poll(() => readdirSync(folder), { timeout: 60_000 })
        .toEqual([expect.stringContaining("x.part-")]);
      child.kill(signal);
      expect((await ended)[0]).toBe(code);
      expect(readdirSync(folder)).toEqual(left);
      proxy.resume();
      const [again, output] = await run(["backup", join(folder, "x")], env).ended;
      expect([again, readdirSync(folder)], output).toEqual([0, ["x"]]);
    },
    180_000,
  );

  test("and any command that a signal ends leaves no PostgreSQL that it started", async () => {
    const dataFolder = await temporary();
    copyPrepared(inject("prepared"), dataFolder);
    const pidOf = (output: string): number => Number(/started server (\d+)/.exec(output)?.[1]);
    const { child, output, ended } = run(["fsck"], { DAYBOOK_DATA: dataFolder });
    await expect.poll(() => pidOf(output()), { timeout: 60_000 }).toBeGreaterThan(0);
    child.kill("SIGTERM");
    await ended;
    expect(isAlive(pidOf(output()))).toBe(false);
  }, 180_000);
});

describe("a restore", () => {
  test("that is complete is not repeated, and the second one says how to check it", async () => {
    const from = await freshDatabase("embedded");
    await (await serveConfig(configOf(from))).close();
    const file = join(await temporary(), "x");
    const dataFolder = await temporary();
    expect((await run(["backup", file], { DATABASE_URL: from, DAYBOOK_DATA: dataFolder }).ended)[0]).toBe(0);
    const env = { DATABASE_URL: await emptyDatabase("embedded"), DAYBOOK_DATA: dataFolder };
    const first = await run(["restore", file], env).ended;
    expect(first, first[1]).toEqual([0, expect.stringContaining("Restored and checked")]);
    const [code, output] = await run(["restore", file], env).ended;
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/is complete since 20\d\d-.* UTC\.\n.*'daybook-server fsck'/),
    ]);
    const missing = await run(["restore", `${file}.none`], env).ended;
    expect(missing).toEqual([1, expect.stringContaining("there is no such file")]);
    expect(missing[1]).not.toContain("    at ");
  }, 180_000);
});

test("a folder whose database is gone is refused by every command but restore", async () => {
  const dataFolder = await temporary();
  writeFileSync(join(dataFolder, "signing-key.pem"), "x");
  for (const args of [["serve"], ["fsck"], ["backup", join(dataFolder, "x")], ["migrate"]]) {
    const [code, output] = await run(args, { DAYBOOK_DATA: dataFolder, PORT: "0" }).ended;
    // fsck has a code of its own for a check that was not made
    expect([code === 0, output], args.join(" ")).toEqual([
      false,
      expect.stringContaining("The database is missing"),
    ]);
  }
  expect(existsSync(join(dataFolder, "postgres"))).toBe(false);
}, 120_000);

test.each([
  ["a reader that ends", "| head -c 10 > /dev/null", "what reads it has ended"],
  ["a full disk", "> /dev/full", "the disk is full"],
])(
  "a backup to standard output with %s says that it is not complete",
  async (_, to, why) => {
    const databaseUrl = await freshDatabase("embedded");
    await (await serveConfig(configOf(databaseUrl))).close();
    const shell = spawn("bash", ["-c", `set -o pipefail; "$0" "${entry}" backup - ${to}`, process.execPath], {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        DAYBOOK_DATA: await temporary(),
        DAYBOOK_OPERATOR_TOKEN: operatorToken,
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let output = "";
    shell.stderr.on("data", (piece) => (output += piece));
    const [code] = await once(shell, "close");
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`daybook-server: The output is not complete: ${why}.\n`),
    ]);
    expect(output).not.toMatch(/bug| {4}at /);
  },
  60_000,
);

test("a migration that fails is named, and undone", async () => {
  const databaseUrl = await emptyDatabase("embedded");
  const superuser = new pg.Client(asSuperuser(databaseUrl));
  await superuser.connect();
  await superuser.query(`CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no indexes today'; END $$;
    CREATE EVENT TRIGGER refusing ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION refuse()`);
  await superuser.end();
  const [code, output] = await run(["migrate"], {
    DATABASE_URL: databaseUrl,
    DAYBOOK_DATA: await temporary(),
  }).ended;
  expect([code, output]).toEqual([
    1,
    expect.stringContaining(
      "Migration 1 (schema) fails: no indexes today. The database is as it was before.",
    ),
  ]);
}, 60_000);
