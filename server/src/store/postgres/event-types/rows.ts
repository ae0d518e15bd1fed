/** The rows of custom event types: those of organizations in one table, those of the service in another without an organization column. */
import type { CustomEventType, EventTypeReads, EventTypeRows } from "../../contract/event-types.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Row, StatementSession } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";

/** The place of an organization's types: the table, its leading columns, and the condition for the organization. */
interface VersionTable {
  readonly table: string;
  readonly columns: string;
  readonly where: string;
}
const ofOrganization: VersionTable = {
  table: "event_type",
  columns: "organization_id",
  where: "organization_id = $1",
};
// the parameter stays, so that both statements have the same ones
const ofService: VersionTable = {
  table: "service_event_type",
  columns: "$1::integer",
  where: "$1::integer = 0",
};
const placeOf = (organizationId: number): VersionTable => (organizationId === 0 ? ofService : ofOrganization);

const selected = ({ columns }: VersionTable): string =>
  `${columns}, name, version, registration, definition, created_at`;

const readEventType = (row: Row): CustomEventType => ({
  organizationId: row[0] as number,
  name: row[1] as string,
  version: row[2] as number,
  registration: row[3] as number,
  definition: row[4] as string,
  createdAt: row[5] as bigint,
});

async function eventTypes(
  session: StatementSession,
  key: [organizationId: number, after: number],
): Promise<CustomEventType[]> {
  const place = placeOf(key[0]);
  const text = `SELECT DISTINCT ON (name) ${selected(place)} FROM ${place.table}
    WHERE ${place.where} AND registration > $2 ORDER BY name, version DESC`;
  return (await session.rows({ text }, key)).map(readEventType);
}

async function eventType(
  session: StatementSession,
  [organizationId, name, version]: [organizationId: number, name: string, version: number | undefined],
): Promise<CustomEventType | undefined> {
  const place = placeOf(organizationId);
  const text = `SELECT ${selected(place)} FROM ${place.table} WHERE ${place.where} AND name = $2
    AND ($3::integer IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`;
  return (await session.rows({ text }, [organizationId, name, version ?? null])).map(readEventType)[0];
}

export const eventTypeReads = (read: Run): EventTypeReads => ({
  eventTypes: (...key) => read((session) => eventTypes(session, key)),
  eventType: (...key) => read((session) => eventType(session, key)),
});

export function eventTypeRows(changing: ChangeSession): EventTypeRows {
  const { session } = changing;
  return {
    eventType: (organizationId, name, version) => eventType(session, [organizationId, name, version]),
    eventTypeNames: async (organizationId, folded) => {
      const { table, where } = placeOf(organizationId);
      const ofPlace = `FROM ${table} WHERE ${where} AND version = 1`;
      const isAlike = "lower(translate(name, '._:/-', '')) = $2";
      const [counted, alike] = await Promise.all([
        session.rows({ text: `SELECT count(*)::integer ${ofPlace}` }, [organizationId]),
        session.rows({ text: `SELECT name ${ofPlace} AND ${isAlike}` }, [organizationId, folded]),
      ]);
      return { count: counted[0]![0] as number, alike: alike.map((row) => row[0] as string) };
    },
    takeEventTypeName: async (organizationId, name) => {
      const isService = organizationId === 0;
      await session.rows(
        { text: "INSERT INTO event_type_name (name, of_service) VALUES ($1, $2) ON CONFLICT DO NOTHING" },
        [name, isService],
      );
      const text = "SELECT of_service FROM event_type_name WHERE name = $1";
      return (await session.rows({ text }, [name]))[0]?.[0] === isService;
    },
    insertEventType: async ({ organizationId, name, version, definition }) => {
      const { table, where } = placeOf(organizationId);
      const column = organizationId === 0 ? "" : "organization_id, ";
      const value = organizationId === 0 ? "" : "$1, ";
      const text = `INSERT INTO ${table} (${column}name, version, definition, created_at, registration)
        VALUES (${value}$2, $3, $4, $5, (SELECT coalesce(max(registration), 0) + 1 FROM ${table} WHERE ${where}))`;
      await session.rows({ text }, [
        organizationId,
        name,
        version,
        definition,
        await changedAtText(changing),
      ]);
    },
  };
}
