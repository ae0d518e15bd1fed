/**
 * The presence of a Daybook process at the embedded PostgreSQL: one connection that holds a shared advisory lock as long as the process
 * lives. A process that gets the same lock exclusively is the last one, and may stop the server; a process that can't get it shared has
 * arrived while the server is being stopped. The lock of a killed process ends with its connection. The end of the connection is also how a
 * process notices that the server is gone.
 */
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { roleNames } from "./settings.ts";

/** `daybook\0` as a number. */
const lock = "7232613313553035008";

/** One process's presence. */
export interface Presence {
  /** Whether the roles with which Daybook works existed when it began. */
  readonly hasRoles: boolean;
  /** Gives up the presence: true if no other process is present; then no other can become present any more. */
  leave(): Promise<boolean>;
  /** Closes the connection, without calling `lost`. */
  close(): Promise<void>;
}

/** Where the server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Why there is no presence: `stopping` and `starting` are temporary; `silent` means that no server responds, or another cluster's. */
export type Absent = "stopping" | "starting" | "silent";

/** Becomes present at the server of `clusterFolder`; `lost` is called once if the connection ends unexpectedly. */
export const becomePresent = async (
  address: Address,
  clusterFolder: string,
  lost: () => void,
): Promise<Presence | Absent> => {
  const client = new pg.Client({
    ...address,
    user: "postgres",
    database: "postgres",
    application_name: "daybook",
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  let leaving = false;
  let hasRoles = false;
  client.on("error", () => {});
  const close = async (): Promise<void> => {
    leaving = true;
    await client.end().catch(() => {});
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster: string; present: boolean; roles: number }>(
      `SELECT system_identifier AS cluster, pg_try_advisory_lock_shared($1) AS present,
         (SELECT count(*)::integer FROM pg_roles WHERE rolname = ANY ($2)) AS roles FROM pg_control_system()`,
      [lock, roleNames],
    );
    hasRoles = rows[0]?.roles === roleNames.length;
    const refused =
      rows[0]?.cluster !== identifierOf(clusterFolder) ? "silent" : rows[0].present ? undefined : "stopping";
    if (refused) {
      await close();
      return refused;
    }
  } catch (error) {
    await close();
    return whyAbsent(error as { code?: string });
  }
  client.once("end", () => {
    if (!leaving) lost();
  });
  // the process can end without closing it; the lock then ends too
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.unref();
  return {
    hasRoles,
    close() {
      stream.ref();
      return close();
    },
    async leave() {
      leaving = true;
      stream.ref();
      await client.query("SELECT pg_advisory_unlock_shared($1)", [lock]);
      const { rows } = await client.query<{ last: boolean }>("SELECT pg_try_advisory_lock($1) AS last", [
        lock,
      ]);
      return rows[0]?.last === true;
    },
  };
};

/** The cluster's random identifier from initdb, the first 8 bytes of `pg_control`, in the machine's byte order. */
const identifierOf = (clusterFolder: string): string => {
  const control = readFileSync(join(clusterFolder, "global", "pg_control"));
  return String(new BigUint64Array(Uint8Array.from(control.subarray(0, 8)).buffer)[0]);
};

/** Throws permanent failures, such as a refusal by pg_hba.conf. */
const whyAbsent = (error: { code?: string }): Absent => {
  switch (error.code) {
    case "57P03": // cannot_connect_now: starting, recovering or stopping
      return "starting";
    case "57P01": // admin_shutdown
    case "57P02": // crash_shutdown
      return "stopping";
    case "ENOENT":
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EPIPE":
    case "53300": // too_many_connections
    case undefined: // ended or timed out before a response
      return "silent";
    default:
      throw error;
  }
};
