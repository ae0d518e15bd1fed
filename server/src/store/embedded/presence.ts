/**
 * A Daybook process's presence at the embedded PostgreSQL: one connection that holds a shared advisory lock for as long as
 * the process lives. Whoever gets the same lock alone is the last one, and may stop the server; who can't get it shared has
 * come while the server is being stopped. The lock of a killed process goes with its connection. The connection's end is
 * also how a process notices that the server is gone.
 */
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";

/** `daybook\0` as a number. */
const lock = "7232613313553035008";

/** One process's presence. */
export interface Presence {
  /** Gives the presence up: true if no other process is present, and then none can come any more. */
  leave(): Promise<boolean>;
  /** Closes the connection, without `lost` being called. */
  close(): Promise<void>;
}

/** Where the server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Why no presence was had: `stopping` and `starting` pass by themselves, `silent` is a server that does not answer, or not
 * as the one of this cluster.
 */
export type Absent = "stopping" | "starting" | "silent";

/** Becomes present at the server of `clusterFolder`; `lost` is called once if the connection ends by itself. */
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
  client.on("error", () => {});
  const close = async (): Promise<void> => {
    leaving = true;
    await client.end().catch(() => {});
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ cluster: string; present: boolean }>(
      "SELECT system_identifier AS cluster, pg_try_advisory_lock_shared($1) AS present FROM pg_control_system()",
      [lock],
    );
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
  // a process whose work is done may end without saying so; the lock goes with it
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.unref();
  return {
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

/** What initdb drew for the cluster; it begins `pg_control`, as 8 bytes in the machine's own order. */
const identifierOf = (clusterFolder: string): string => {
  const control = readFileSync(join(clusterFolder, "global", "pg_control"));
  return String(new BigUint64Array(Uint8Array.from(control.subarray(0, 8)).buffer)[0]);
};

/** Throws what does not pass: refused by pg_hba.conf, for example. */
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
    case undefined: // ended or timed out before an answer came
      return "silent";
    default:
      throw error;
  }
};
