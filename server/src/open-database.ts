/** Opens the database of a configuration: starts the embedded PostgreSQL, or uses the server of DATABASE_URL. */
import type { Config } from "./config/index.ts";
import { startEmbedded } from "./store/embedded/index.ts";
import type { Connection } from "./store/postgres/index.ts";

/** Called with a line about each step, and those that belong to it, for the person who started the process. */
export interface StartLog {
  readonly notice: (...lines: readonly [string, ...string[]]) => void;
}

/** The database before its services: `isRestoring` if a new one may be made beside the keys of an earlier one. */
export interface DatabaseOptions extends StartLog {
  readonly isRestoring?: boolean;
}

/** A database that answers, until it is stopped. */
export interface OpenDatabase {
  readonly connection: Connection;
  readonly stop: () => Promise<void>;
}

/** Starts the embedded PostgreSQL, or uses the server of DATABASE_URL. */
export async function openDatabase(
  { databaseUrl, dataFolder }: Pick<Config, "databaseUrl" | "dataFolder">,
  { notice, isRestoring = false }: DatabaseOptions,
): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) return { connection: databaseUrl, stop: async () => {} };
  const starting = startEmbedded({ dataFolder, log: notice, besideKeys: isRestoring });
  // also while it starts
  const stop = async (): Promise<void> => (await starting.catch(() => undefined))?.stop();
  running.add(stop);
  const { connection } = await starting.catch((error: unknown) => {
    running.delete(stop);
    throw error;
  });
  return { connection, stop: () => stop().finally(() => running.delete(stop)) };
}

/** Stops each embedded PostgreSQL that this process has started or adopted. */
const running = new Set<() => Promise<void>>();

/** Stops what this process would leave behind, if a command ends in the middle: the embedded PostgreSQL, unless another process uses it. */
export async function stopDatabases(): Promise<void> {
  await Promise.allSettled([...running].map((stop) => stop()));
}
