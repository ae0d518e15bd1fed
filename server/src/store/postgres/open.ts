/** Builds the PostgreSQL store: the contract of `store.ts` over the pools. */

import type { Deployment } from "../contract/deployment.ts";
import { checkNames, heldToNames, turnOf } from "../named-writes.ts";
import type { Reads, Store } from "../store.ts";
import { apiClientAuthReads } from "./api-clients/auth.ts";
import { lastBackup, times } from "./backup/maintenance.ts";
import { type Connection, databaseOf } from "./connection/database.ts";
import { isPooled, type PoolerMode } from "./connection/pooler.ts";
import { openPools, type Pools } from "./connection/pools.ts";
import { findEvents } from "./events/by-key.ts";
import { followable, followerLag } from "./followers/positions.ts";
import { outdatedSegment } from "./full-text/segments.ts";
import { integrityChecks } from "./integrity/checks.ts";
import { integrityReads } from "./integrity/reads.ts";
import { type Namer, openNamer } from "./pages/walks.ts";
import { tryWriting } from "./readiness/try-writing.ts";
import { readsOver } from "./reads.ts";
import type { RoleNames } from "./rights/roles.ts";
import { migrateDatabase } from "./schema/migrate.ts";
import { personalTokenReads } from "./sign-in/personal-tokens.ts";
import { authReads } from "./sign-in/reads.ts";
import { secondFactorReads } from "./sign-in/second-factors.ts";
import { sweep } from "./sign-in/sweep.ts";
import { clock } from "./statements/change-time.ts";
import { column, rowShape } from "./statements/row-shape.ts";
import type { Statement } from "./statements/session.ts";
import { committed, transaction } from "./transaction.ts";

const deployment = rowShape<Deployment>({
  logName: column("log_name"),
  publicKey: column("public_key"),
  operatorTokenHash: column("operator_token_hash"),
  operatorTokenSince: column("operator_token_since"),
  secretsKeyId: column("secrets_key_id"),
});
const selectDeployment: Statement = {
  name: "deployment",
  text: `SELECT ${deployment.columns} FROM deployment`,
};
const typeCount = rowShape({ type: column<string>("type"), count: column<bigint>("count(*)") });
const countByType: Statement = {
  text: `SELECT ${typeCount.columns} FROM event WHERE organization_id = $1 GROUP BY type ORDER BY type`,
};
const countAllByType: Statement = {
  text: `SELECT ${typeCount.columns} FROM event GROUP BY type ORDER BY type`,
};

/** The number of row scopes whose reads are cached: every request needs one. */
const mostRowScopes = 1_000;

function openReads(pools: Pools, named: Namer): (organizationId: number) => Reads {
  const kept = new Map<number, Reads>();
  return (organizationId) => {
    let reads = kept.get(organizationId);
    if (reads === undefined) {
      reads = readsOver((work) => pools.readWithin(organizationId, work), named);
      if (kept.size >= mostRowScopes) kept.clear();
      kept.set(organizationId, reads);
    }
    return reads;
  };
}

/** One database: every organization commits with every other. */
const placementOf = (): string => "postgres";

function storeOver(pools: Pools): Store {
  const { read, readAuth, readSlowly, write } = pools;
  const named = openNamer();
  const own = readsOver(read, named);
  const within = openReads(pools, named);
  return {
    ...own,
    ...authReads(readAuth, write),
    ...secondFactorReads(readAuth),
    ...personalTokenReads(readAuth, write),
    ...apiClientAuthReads(readAuth, write),
    within: (rowScope) => (rowScope === "everything" ? own : within(rowScope)),
    write: async (work, names) => {
      checkNames(names, placementOf);
      const turn = { lane: names.lane, organizationId: turnOf(names) };
      return pools.begin(turn, (session) => transaction(session, (tx) => work(heldToNames(tx, names))));
    },
    placementOf,
    deployment: async () => (await read((session) => session.rows(selectDeployment))).map(deployment.read)[0],
    clock: () => read(clock),
    findEvents: (ids) => read((session) => findEvents(session, ids)),
    countByType: async (organizationId) =>
      (
        await readSlowly((session) =>
          organizationId === undefined
            ? session.rows(countAllByType)
            : session.rows(countByType, [organizationId]),
        )
      ).map(typeCount.read),
    sweep: (now, keysBefore) => pools.writeJob((session) => sweep(session, now, keysBefore)),
    followable: (name, query) => read((session) => followable(session, name, query)),
    outdatedSegment: (version) => read((session) => outdatedSegment(session, version)),
    followerLag: (name) => read((session) => followerLag(session, name)),
    ...integrityReads(readSlowly),
    ...integrityChecks(read, pools.writeJob),
    lastBackup: () => read(lastBackup),
    times: () => read(times),
    tryWriting: (options) =>
      pools.begin({ lane: "events", organizationId: 0 }, (session) =>
        committed(session, () => tryWriting(session, options)),
      ),
    close: () => pools.close(),
    abandon: () => pools.abandon(),
  };
}

/** How to use a database, if not as usual. */
export interface StoreOptions {
  readonly roles?: RoleNames;
  readonly pooler?: PoolerMode;
  /** Whether to prepare statements with names; undefined: unless a pooler may not know them. */
  readonly preparedStatements?: boolean | undefined;
}

/**
 * Opens the store in a PostgreSQL database (15 or newer), after migrating it to the schema of this version. Throws DaybookError
 * `config-invalid` with one sentence if the database can't be used.
 */
export async function openPostgres(connection: Connection, options: StoreOptions = {}): Promise<Store> {
  const { roles: names = {}, pooler = "auto", preparedStatements } = options;
  const database = databaseOf(connection);
  const { roles, isBehindPooler } = await migrateDatabase(database, names);
  const pooled = await isPooled(database, pooler, isBehindPooler);
  const prepares = preparedStatements ?? !pooled;
  return storeOver(openPools(database, { roles, isPooled: pooled, prepares }));
}
