/** Puts the PostgreSQL driver together: the contract of `store.ts` over the pools. Nothing is decided here. */

import type { Deployment, Organization, Store } from "../store.ts";
import { checkDerived } from "./check-derived.ts";
import type { Connection } from "./connection.ts";
import { eventsFrom, findEvents, tiles } from "./event-rows.ts";
import { heads, logs } from "./heads.ts";
import { migrate } from "./migrate.ts";
import {
  eventTypeColumns,
  organizationColumns,
  readEventType,
  readOrganization,
} from "./organization-rows.ts";
import { openPools, type Pools } from "./pools.ts";
import type { Row, Session, Statement } from "./session.ts";
import { clock, transaction } from "./transaction.ts";
import { openWalks } from "./walks.ts";

const selectDeployment: Statement = {
  text: "SELECT log_name, public_key, operator_token_hash FROM deployment",
};
const selectOrganization: Statement = {
  name: "organization",
  text: `SELECT ${organizationColumns} FROM organization WHERE slug = $1
    UNION ALL SELECT ${organizationColumns} FROM organization WHERE id = $1 LIMIT 1`,
};
const selectOrganizations: Statement = {
  text: `SELECT ${organizationColumns} FROM organization WHERE organization_id = ANY ($1)`,
};
const listOrganizations: Statement = {
  text: `SELECT ${organizationColumns} FROM organization
    WHERE slug > $1 AND organization_id <> 0 ORDER BY slug LIMIT $2`,
};
const selectEventTypes: Statement = {
  text: `SELECT ${eventTypeColumns} FROM event_type WHERE organization_id = $1 ORDER BY name, version`,
};
const countByType: Statement = {
  text: "SELECT type, count(*) FROM event WHERE organization_id = $1 GROUP BY type ORDER BY type",
};
const countAllByType: Statement = { text: "SELECT type, count(*) FROM event GROUP BY type ORDER BY type" };
// commits a record of its own to the write-ahead log, and touches no table
const writeNothing: Statement = { text: "SELECT pg_logical_emit_message(true, 'daybook', 'ready')" };

const readDeployment = (row: Row | undefined): Deployment | undefined =>
  row && {
    logName: row[0] as string,
    publicKey: row[1] as Buffer,
    operatorTokenHash: row[2] as Buffer,
  };

const readCount = (row: Row): { type: string; count: bigint } => ({
  type: row[0] as string,
  count: row[1] as bigint,
});

type Organizations = Pick<
  Store,
  "deployment" | "organization" | "organizationsById" | "organizations" | "eventTypes"
>;

function organizationReads(read: <T>(work: (session: Session) => Promise<T>) => Promise<T>): Organizations {
  const readOrganizations = async (statement: Statement, values: unknown[]): Promise<Organization[]> =>
    (await read((session) => session.rows(statement, values))).map(readOrganization);
  return {
    deployment: async () => readDeployment((await read((session) => session.rows(selectDeployment)))[0]),
    organization: async (slugOrId) => (await readOrganizations(selectOrganization, [slugOrId]))[0],
    organizationsById: (organizationIds) => readOrganizations(selectOrganizations, [organizationIds]),
    organizations: (afterSlug, limit) => readOrganizations(listOrganizations, [afterSlug ?? "", limit]),
    eventTypes: async (organizationId) =>
      (await read((session) => session.rows(selectEventTypes, [organizationId]))).map(readEventType),
  };
}

function storeOver(pools: Pools): Store {
  const read = <T>(work: (session: Session) => Promise<T>): Promise<T> => pools.read(work);
  return {
    write: (work, lane = "changes") => pools.begin(lane, (session) => transaction(session, work)),
    ...organizationReads(read),
    ...openWalks(pools),
    event: (organizationId, id) =>
      read(async (session) => (await findEvents(session, [{ organizationId, id }]))[0]),
    clock: () => read(clock),
    findEvents: (ids) => read((session) => findEvents(session, ids)),
    events: (...from) => read((session) => eventsFrom(session, from)),
    heads: (organizationIds) => read((session) => heads(session, organizationIds)),
    logs: (organizationId) => read((session) => logs(session, organizationId)),
    tiles: (...from) => read((session) => tiles(session, from)),
    countByType: async (organizationId) =>
      (
        await read((session) =>
          organizationId === undefined
            ? session.rows(countAllByType)
            : session.rows(countByType, [organizationId]),
        )
      ).map(readCount),
    checkDerived: (organizationId) => checkDerived(pools, organizationId),
    ready: () =>
      read(async (session) => {
        await session.rows(writeNothing);
      }),
    close: () => pools.close(),
  };
}

/**
 * Opens the store in a PostgreSQL database (15 or newer), after bringing it to the schema of this version. Throws DaybookError
 * `config-invalid` with one sentence if the database can't be used.
 */
export async function openPostgres(connection: Connection): Promise<Store> {
  await migrate(connection);
  return storeOver(openPools(connection));
}
