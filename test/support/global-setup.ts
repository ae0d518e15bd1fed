/**
 * Runs once before and after all tests: one embedded PostgreSQL, started by Daybook's own supervisor, and one of the machine's, each with a
 * migrated template database. If the machine has none, the tests that need it are skipped, loudly; with CI=true that is a failure.
 */
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../server/src/store/embedded/index.ts";
import { migrate } from "../../server/src/store/postgres/schema/migrate.ts";
import { copyPrepared } from "./prepared.ts";
import { makeFolder, removeLeftovers } from "./server-folder.ts";
import { startSystemPostgres, systemBinaries } from "./system-postgres.ts";
import { copyOf, onServer, type TestServer, template } from "./test-server.ts";

const inServer = (path: string): string => fileURLToPath(new URL(`../../server/${path}`, import.meta.url));

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  // what the pages, the demo and processes of the server load; it is made anew only where its sources changed
  for (const name of [
    "build-assets.js",
    "build-demo.js",
    ...(existsSync(inServer("dist/cli")) ? ["build-bundle.js"] : []),
  ])
    execFileSync(process.execPath, [inServer(name)]);
  const folder = makeFolder();
  const prepared = join(folder, "prepared");
  const started = await Promise.allSettled([startOwn(folder, prepared), startSystem(folder)]);
  const stop = async (): Promise<void> => {
    for (const one of started) if (one.status === "fulfilled") await one.value?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const [embedded, server] = await valuesOf(started).catch(async (error) => {
    await stop();
    throw error;
  });
  project.provide("embedded", { superuser: embedded.superuser, owner: embedded.owner });
  project.provide("prepared", prepared);
  project.provide("server", server && { superuser: server.superuser, owner: server.owner });
  return stop;
}

/** The values, or the first reason for which there is none. */
const valuesOf = async <A, B>(
  results: [PromiseSettledResult<A>, PromiseSettledResult<B>],
): Promise<[A, B]> => {
  for (const one of results) if (one.status === "rejected") throw one.reason;
  return results.map((one) => (one.status === "fulfilled" ? one.value : undefined)) as [A, B];
};

type Stoppable = TestServer & { stop: () => Promise<void> };

/** Makes a database in the folder `prepared`, which tests copy (prepared.ts), and starts a server on a copy of it. */
const startOwn = async (folder: string, prepared: string): Promise<Stoppable> => {
  const first = await startEmbedded({ dataFolder: prepared, log: () => {} });
  await first.stop();
  const dataFolder = join(folder, "embedded");
  copyPrepared(prepared, dataFolder);
  const { connection, stop } = await startEmbedded({ dataFolder, log: () => {} });
  const as = (user: string): string =>
    `postgresql:///%?host=${encodeURIComponent(connection.host)}&port=${connection.port}&user=${user}`;
  const server = { superuser: as("postgres"), owner: as("daybook"), stop };
  await makeTemplate(server);
  return server;
};

const startSystem = async (folder: string): Promise<Stoppable | undefined> => {
  const bin = systemBinaries();
  if (bin === undefined) {
    const message =
      "No PostgreSQL server >= 15 of the machine was found (/usr/lib/postgresql, pg_config): 'apt-get install postgresql'.";
    if (process.env.CI === "true") throw new Error(message);
    console.warn(`\n*** ${message} The tests of DATABASE_URL are skipped. ***\n`);
    return undefined;
  }
  const server = await startSystemPostgres(bin, folder);
  await makeTemplate(server);
  return server;
};

const makeTemplate = async ({ superuser, owner }: TestServer): Promise<void> => {
  await onServer(superuser, copyOf(template, "template0"));
  await migrate(owner.replace("%", template));
};
