/**
 * The connections of a store: three small pools, so that a long read never holds up a change, and neither holds up events.
 * A connection that broke is dropped; the next use makes a new one. It refuses to know what runs on them.
 */
import pg from "pg";
import { type Connection, clientConfig, setUp } from "./connection.ts";
import { storeError } from "./errors.ts";
import { Session } from "./session.ts";

type Lane = "events" | "changes" | "reads";

/** How many connections a lane may have, and how long one of its statements may take, in milliseconds. */
interface LaneLimits {
  readonly connections: number;
  readonly statementTimeout: number;
}

const laneLimits: Readonly<Record<Lane, LaneLimits>> = {
  events: { connections: 3, statementTimeout: 30_000 },
  changes: { connections: 3, statementTimeout: 10_000 },
  reads: { connections: 6, statementTimeout: 30_000 },
};

/** The client waits this much longer than the server may take: past it the network is gone, not the statement slow. */
const networkGrace = 5_000;

export interface Pools {
  /** Runs a reading on a connection of its own. One that broke while it lay idle doesn't count: the reading runs again. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Begins a transaction on a connection of its own, and runs `work` in it; `work` commits or rolls back. */
  begin<T>(lane: Lane, work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** With `pipeline` statements leave as they come, without waiting for the answer to the one before: a round trip for many. */
function openPool(
  connection: Connection,
  { connections, statementTimeout }: LaneLimits,
  pipeline: boolean,
): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(connection),
    max: connections,
    pipeline,
    idleTimeoutMillis: 60_000,
    query_timeout: statementTimeout + networkGrace,
    onConnect: (client) => setUp(client, statementTimeout),
  });
  // a broken connection tells the statement that is under way; an idle one is replaced when it is needed
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** A connection from a pool, and whether it is a new one. */
async function take(
  pool: pg.Pool,
  known: WeakSet<pg.PoolClient>,
): Promise<{ client: pg.PoolClient; fresh: boolean }> {
  try {
    const client = await pool.connect();
    const fresh = !known.has(client);
    known.add(client);
    return { client, fresh };
  } catch (error) {
    throw storeError(error);
  }
}

export function openPools(connection: Connection): Pools {
  const pools: Record<Lane, pg.Pool> = {
    events: openPool(connection, laneLimits.events, true),
    changes: openPool(connection, laneLimits.changes, true),
    reads: openPool(connection, laneLimits.reads, false),
  };
  const known = new WeakSet<pg.PoolClient>();

  /** Runs `work`; if its connection turns out to have been dead before `isUnderWay`, runs it on the next. */
  async function use<T>(
    lane: Lane,
    work: (session: Session) => Promise<T>,
    isUnderWay: () => boolean,
  ): Promise<T> {
    for (;;) {
      const { client, fresh } = await take(pools[lane], known);
      const session = new Session(client);
      try {
        return await work(session);
      } catch (error) {
        if (!session.broken || fresh || isUnderWay()) throw error;
      } finally {
        client.release(session.broken);
      }
    }
  }

  return {
    read: (work) => use("reads", work, () => false),
    begin: (lane, work) => {
      let begun = false;
      const beginAndWork = async <T>(
        session: Session,
        rest: (session: Session) => Promise<T>,
      ): Promise<T> => {
        await session.command("BEGIN");
        begun = true;
        return rest(session);
      };
      return use(
        lane,
        (session) => beginAndWork(session, work),
        () => begun,
      );
    },
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
