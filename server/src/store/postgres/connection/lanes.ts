/**
 * The lanes of a store's connections: how many each has, what they may do, and how they are set up: once, or in each transaction where a
 * pooler is between.
 */
import pg from "pg";
import type { WriteLane } from "../../contract/placement.ts";
import { becomeReader, becomeRuntime, readerPlace, runtimePlace } from "../rights/become.ts";
import type { Roles } from "../rights/roles.ts";
import type { PooledConnection } from "../statements/session.ts";
import type { ResolvedDatabase } from "./database.ts";
import { localSettings, modeOf, setUp } from "./settings.ts";

/** The lanes of writes; `reads` is the reader's, within one organization; `own`, `auth` and `checks` read everything. */
export type Lane = WriteLane | "reads" | "own" | "auth" | "checks";

/** The settings of a lane: the number of connections, the maximum time of a statement in milliseconds, and what they may do. */
export interface LaneOptions {
  readonly connections: number;
  readonly statementTimeout: number;
  /** Statements are sent without waiting for the result of the one before: one round trip for several. */
  readonly pipeline?: boolean;
  readonly readOnly?: boolean;
  readonly asReader?: boolean;
  /** Whether one organization leaves a connection to others. */
  readonly leavesOne?: boolean;
}

/**
 * At most sixteen connections of a server: five processes can share an embedded PostgreSQL, which allows eighty. Statements of requests are
 * index walks that take milliseconds. Their limits leave each request time to answer within 10 seconds, also if the database is silent.
 */
const laneOptions: Readonly<Record<Lane, LaneOptions>> = {
  // one for each group in flight
  events: { connections: 2, statementTimeout: 8_000, pipeline: true },
  changes: { connections: 3, statementTimeout: 8_000, pipeline: true, leavesOne: true },
  jobs: { connections: 2, statementTimeout: 8_000, pipeline: true },
  reads: {
    connections: 4,
    statementTimeout: 8_000,
    pipeline: true,
    readOnly: true,
    asReader: true,
    leavesOne: true,
  },
  own: { connections: 2, statementTimeout: 8_000, readOnly: true },
  // every request waits for it first
  auth: { connections: 2, statementTimeout: 5_000, readOnly: true },
  // for fsck, which reads whole tables
  checks: { connections: 1, statementTimeout: 600_000, readOnly: true },
};

/** The connections of a store, at most. */
export const mostConnections: number = Object.values(laneOptions).reduce(
  (sum, { connections }) => sum + connections,
  0,
);

/** How much longer the client waits than the server's limit. If nothing has come by then, the network or the server has failed. */
const networkGrace = 1_000;

/** How connections are used. */
export interface PoolUse {
  readonly roles: Roles;
  /** Whether a pooler gives the connections to other clients between transactions, so that no setting may stay on them. */
  readonly isPooled: boolean;
  /** Whether statements with a name are prepared. */
  readonly prepares: boolean;
}

/** The connections of a lane. */
export function openPool({ config, Client }: ResolvedDatabase, use: PoolUse, options: LaneOptions): pg.Pool {
  const { connections, statementTimeout, pipeline = false, asReader = false } = options;
  const onConnect = async (client: pg.ClientBase): Promise<void> => {
    await setUp(client, options);
    await (asReader ? becomeReader : becomeRuntime)(client, use.roles);
  };
  const pool = new pg.Pool({
    ...config,
    Client,
    max: connections,
    // in a shared connection, each statement is sent with the beginning and the end of its transaction
    pipeline: pipeline || use.isPooled,
    idleTimeoutMillis: 60_000,
    query_timeout: statementTimeout + networkGrace,
    ...(use.isPooled ? {} : { onConnect }),
  });
  // an idle connection that breaks is replaced at its next use
  pool.on("error", () => {});
  return pool;
}

/** One thing for each lane. */
export const ofLanes = <T>(make: (options: LaneOptions) => T): Record<Lane, T> => {
  const entries = Object.entries(laneOptions).map(([lane, options]) => [lane, make(options)]);
  return Object.fromEntries(entries) as Record<Lane, T>;
};

/** The sessions of a lane on connections of a pooler; undefined for connections of its own. */
type PooledLane = (organizationId: number) => PooledConnection;

/** How a lane uses connections of a pooler; undefined if there is none. */
export function pooledLane(
  { roles, isPooled, prepares }: PoolUse,
  options: LaneOptions,
): PooledLane | undefined {
  if (!isPooled) return undefined;
  const { asReader = false } = options;
  const mode = modeOf(options);
  const settings = localSettings((asReader ? readerPlace : runtimePlace)(roles), options);
  return (organizationId) => ({ mode, settings: settings(asReader ? organizationId : undefined), prepares });
}
