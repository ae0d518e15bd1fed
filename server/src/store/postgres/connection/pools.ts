/**
 * The connections of a store: small pools, so that a long read never delays a change, neither of them delays events, jobs delay none of
 * these, and nothing delays authentication. A broken connection is dropped; the next use makes a new one.
 */
import type pg from "pg";
import type { Gate } from "../../../fairness/index.ts";
import type { WriteLane } from "../../contract/placement.ts";
import { storeError } from "../statements/errors.ts";
import { together } from "../statements/send-together.ts";
import { StatementSession } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import type { ResolvedDatabase } from "./database.ts";
import { openGate } from "./gate.ts";
import { type Lane, ofLanes, openPool, type PoolUse, pooledLane } from "./lanes.ts";
import { type Give, openRowScopes } from "./row-scope.ts";
import { type Targets, withSomeTarget } from "./targets.ts";

/** A lane, and the organization whose turn it takes if it has to wait for a connection. */
interface Turn<L extends Lane = Lane> {
  readonly lane: L;
  readonly organizationId: number;
}

/** If the connection of a read broke while it was idle, the read runs again on the next one. */
export interface Pools {
  /** Reads everything, for operators and for the server itself. */
  readonly read: Run;
  /** Reads everything, separately from all other reads. */
  readonly readAuth: Run;
  /** Reads everything, for statements that take minutes. */
  readonly readSlowly: Run;
  /**
   * Reads as one organization: the database returns no other rows. The row scope is sent with the first statement; if it can't be set, nothing
   * of what was read is returned.
   */
  readWithin<T>(organizationId: number, work: (session: StatementSession) => Promise<T>): Promise<T>;
  /** Runs statements that write, each in its own transaction; `work` can run again if its connection was dead. */
  readonly write: Run;
  /** The same on the connections of jobs. */
  readonly writeJob: Run;
  /** Begins a transaction on a separate connection, and runs `work` in it; `work` commits or rolls back. */
  begin<T>(turn: Turn<WriteLane>, work: (session: StatementSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
  /** Breaks every connection. */
  abandon(): void;
}

/** For what belongs to no organization. */
const noOrganization = 0;

/** The connections of a process, with those that have been used. */
interface PoolConnections {
  readonly pools: Readonly<Record<Lane, pg.Pool>>;
  readonly targets: Targets;
  readonly known: WeakSet<pg.PoolClient>;
}

/** A connection of a lane, and whether it is new. */
async function take(
  lane: Lane,
  { pools, targets, known }: PoolConnections,
): Promise<{ client: pg.PoolClient; fresh: boolean }> {
  try {
    const client = await withSomeTarget(targets, () => pools[lane].connect());
    const fresh = !known.has(client);
    known.add(client);
    return { client, fresh };
  } catch (error) {
    throw storeError(error);
  }
}

export function openPools(database: ResolvedDatabase, poolUse: PoolUse): Pools {
  const pools = ofLanes((options) => openPool(database, poolUse, options));
  const pooled = ofLanes((options) => pooledLane(poolUse, options));
  const gates = ofLanes(({ connections, leavesOne = false }): Gate => openGate(connections, leavesOne));
  const taking: PoolConnections = { pools, targets: database.targets, known: new WeakSet() };
  const connected = connectionsOf(Object.values(pools));
  // a pooler's connections get it with each transaction
  const giveRowScope: Give = poolUse.isPooled ? async () => {} : openRowScopes();

  /**
   * Runs `work`; if its connection turns out to be dead before `isUnderWay`, runs it on the next one. A new connection is not dead, but a
   * pooler may pass it on to one that is: once, that is not the database's failure.
   */
  async function useNow<T>(
    { lane, organizationId }: Turn,
    work: (session: StatementSession) => Promise<T>,
    isUnderWay: () => boolean,
  ): Promise<T> {
    let mayBePassedOn = poolUse.isPooled;
    for (;;) {
      const { client, fresh } = await take(lane, taking);
      const session = new StatementSession(client, pooled[lane]?.(organizationId), poolUse.prepares);
      try {
        return await work(session);
      } catch (error) {
        const isAlive = fresh && !mayBePassedOn;
        if (!session.broken || session.timedOut || isAlive || isUnderWay()) throw error;
        if (fresh) mayBePassedOn = false;
      } finally {
        client.release(session.broken);
      }
    }
  }

  /** The same, after waiting for a connection. */
  async function use<T>(
    turn: Turn,
    work: (session: StatementSession) => Promise<T>,
    isUnderWay: () => boolean = () => false,
  ): Promise<T> {
    const gate = gates[turn.lane];
    const waits = gate.enter(turn.organizationId);
    if (waits !== undefined) await waits;
    try {
      return await useNow(turn, work, isUnderWay);
    } finally {
      gate.leave(turn.organizationId);
    }
  }

  const inLane =
    (lane: Lane): Run =>
    (work) =>
      use({ lane, organizationId: noOrganization }, work);

  return {
    read: inLane("own"),
    readAuth: inLane("auth"),
    readSlowly: inLane("checks"),
    readWithin: (organizationId, work) =>
      use({ lane: "reads", organizationId }, async (session) => {
        const [, result] = await together([giveRowScope(session, organizationId), work(session)]);
        return result;
      }),
    write: inLane("changes"),
    writeJob: inLane("jobs"),
    begin: (turn, work) => {
      let begun = false;
      const beginAndWork = async <T>(
        session: StatementSession,
        rest: (session: StatementSession) => Promise<T>,
      ): Promise<T> => {
        await session.begin();
        begun = true;
        return rest(session);
      };
      return use(
        turn,
        (session) => beginAndWork(session, work),
        () => begun,
      );
    },
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
    abandon: () => {
      for (const client of connected) socketOf(client).destroy();
    },
  };
}

/** The open connections of pools. */
function connectionsOf(pools: readonly pg.Pool[]): ReadonlySet<pg.PoolClient> {
  const connected = new Set<pg.PoolClient>();
  for (const pool of pools) {
    pool.on("connect", (client) => connected.add(client));
    pool.on("remove", (client) => connected.delete(client));
  }
  return connected;
}

/** The socket of a connection, which the published types lack. */
const socketOf = (client: pg.PoolClient): { destroy(): void } =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream;
