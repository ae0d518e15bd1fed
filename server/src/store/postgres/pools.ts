/**
 * The connections of a store: three small pools, so that a long read never holds up a change, and neither holds up events.
 * A connection that broke is dropped; the next use makes a new one. It refuses to know what runs on them.
 */
import pg from "pg";
import { type Connection, clientConfig, setUp } from "./connection.ts";
import { storeError } from "./errors.ts";
import { Session } from "./session.ts";

export type Lane = "events" | "changes" | "reads";

/** How many connections a lane may have, and how long one of its statements may take, in milliseconds. */
export interface LaneLimits {
  readonly connections: number;
  readonly statementTimeout: number;
}

export const laneLimits: Readonly<Record<Lane, LaneLimits>> = {
  events: { connections: 3, statementTimeout: 30_000 },
  changes: { connections: 3, statementTimeout: 10_000 },
  reads: { connections: 6, statementTimeout: 30_000 },
};

/** The client waits this much longer than the server may take: past it the network is gone, not the statement slow. */
const networkGrace = 5_000;

export interface Pools {
  /** Runs `work` on a connection of a lane; a connection that failed is not used again. */
  use<T>(lane: Lane, work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function openPool(connection: Connection, { connections, statementTimeout }: LaneLimits): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(connection),
    max: connections,
    idleTimeoutMillis: 60_000,
    query_timeout: statementTimeout + networkGrace,
    onConnect: (client) => setUp(client, statementTimeout),
  });
  // a broken connection tells the statement that is under way; an idle one is replaced when it is needed
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

export function openPools(connection: Connection): Pools {
  const pools: Record<Lane, pg.Pool> = {
    events: openPool(connection, laneLimits.events),
    changes: openPool(connection, laneLimits.changes),
    reads: openPool(connection, laneLimits.reads),
  };

  async function use<T>(lane: Lane, work: (session: Session) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await pools[lane].connect();
    } catch (error) {
      throw storeError(error);
    }
    const session = new Session(client);
    try {
      return await work(session);
    } finally {
      client.release(session.broken);
    }
  }

  return {
    use,
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
