/**
 * Two versions on one database during an upgrade: the old one records while the new one migrates, and after it. The new version is a copy
 * of this build with one more migration. `BUILD_BEFORE=FOLDER` names a checkout of the release before, built, as the old version; without
 * it the old version is this build.
 */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { afterwards } from "./support/afterwards.ts";
import { emptyDatabase } from "./support/database.ts";
import { logLines } from "./support/log-lines.ts";
import { runCommand } from "./support/run-command.ts";
import { call, type ServerOptions, type ServerProcess, startServer } from "./support/server-process.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
const before = process.env.BUILD_BEFORE;
const migrations = "server/src/store/postgres/schema/migrations";
// like every migration: only adds, and locks nothing that requests need
const slowMigration = `ALTER TABLE event_type ADD COLUMN note text COLLATE "C";
SELECT pg_sleep(2);
`;

let folder: string;
let databaseUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-upgrade-"));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  for (const part of ["server/bin", "server/dist", migrations])
    await cp(join(here, part), join(folder, "next", part), { recursive: true });
  await cp(join(here, "server/package.json"), join(folder, "next/server/package.json"));
  for (const modules of ["node_modules", "server/node_modules"])
    await symlink(join(here, modules), join(folder, "next", modules));
  await writeFile(join(folder, "next", migrations, "0002_note.sql"), slowMigration);
  await mkdir(join(folder, "data"));
  databaseUrl = await emptyDatabase("embedded");
});

const withBefore: Partial<ServerOptions> = before === undefined ? {} : { checkout: before };
const start = async (options: Partial<ServerOptions>): Promise<ServerProcess> => {
  const server = await startServer({ dataFolder: join(folder, "data"), databaseUrl, ...options });
  afterwards(async () => void (await server.stop()));
  return server;
};

const team = (id: string): object => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id, name: "Team" }],
  data: { teamId: id, team: "Team" },
});
const events = "/v1/organizations/acme/events";
const record = async ({ url }: ServerProcess, id: string): Promise<number> =>
  (await call(url, "POST", events, { events: [team(id)] })).status;

/** Whether the new migration runs or is applied. */
async function isMigrating(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    "SELECT 1 FROM pg_stat_activity WHERE query ~ '^ALTER TABLE event_type'",
  );
  return rows.length > 0;
}

test("the old version records while the new one migrates, beside it, and refuses to start after it", async () => {
  const old = await start(withBefore);
  await call(old.url, "POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  afterwards(() => client.end());

  let next: ServerProcess | undefined;
  const starting = start({ checkout: join(folder, "next") }).then((server) => (next = server));
  const answers = { before: 0, during: 0 };
  let recorded = 0;
  for (; next === undefined; recorded++) {
    const during = await isMigrating(client);
    expect(await record(old, `old-${recorded}`)).toBe(201);
    answers[during && (await isMigrating(client)) ? "during" : "before"]++;
  }
  await starting;
  expect(answers.during, JSON.stringify(answers)).toBeGreaterThan(0);

  for (const [n, server] of [old, next, old, next].entries()) {
    expect(await record(server, `both-${n}`)).toBe(201);
    recorded++;
    for (const { url } of [old, next]) {
      const newest = await call(url, "GET", `${events}?limit=1`);
      expect(newest.body).toMatchObject({ events: [{ data: { teamId: `both-${n}` } }] });
    }
  }
  expect(await old.stop()).toBe(0);

  const again = await runCommand(["serve"], { databaseUrl, dataFolder: join(folder, "data"), ...withBefore });
  expect(again.code).toBe(1);
  expect(logLines(again.stderr)).toEqual([
    expect.objectContaining({ level: "fatal", msg: expect.stringContaining("made by a newer Daybook") }),
  ]);
  const { rows } = await client.query("SELECT count(*)::int AS count FROM event WHERE type = 'NEW_TEAM'");
  expect(rows).toEqual([{ count: recorded }]);
  const checked = await runCommand(["fsck"], {
    databaseUrl,
    dataFolder: join(folder, "data"),
    checkout: join(folder, "next"),
  });
  expect(checked.code, checked.stdout + checked.stderr).toBe(0);
}, 300_000);
