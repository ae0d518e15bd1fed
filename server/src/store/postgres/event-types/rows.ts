/** The rows of custom event types: those of organizations in one table, those of the service in another without an organization column. */
import type {
  CustomEventType,
  EventTypeReads,
  EventTypeRows,
  EventTypesSince,
} from "../../contract/event-types.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { StatementSession } from "../statements/session.ts";
import { onlyRow, type Run } from "../statements/statements.ts";

/** The place of an organization's types: the table, the shape of its rows, and the condition for the organization. */
interface VersionTable {
  readonly table: string;
  readonly shape: RowShape<CustomEventType>;
  readonly where: string;
}
const shapeOf = (organizationId: string): RowShape<CustomEventType> =>
  rowShape<CustomEventType>({
    organizationId: column(organizationId),
    name: column("name"),
    version: column("version"),
    registration: column("registration"),
    definition: column("definition"),
    createdAt: column("created_at"),
  });
const ofOrganization: VersionTable = {
  table: "event_type",
  shape: shapeOf("organization_id"),
  where: "organization_id = $1",
};
// the parameter stays, so that both statements have the same ones
const ofService: VersionTable = {
  table: "service_event_type",
  shape: shapeOf("$1::integer"),
  where: "$1::integer = 0",
};
const placeOf = (organizationId: number): VersionTable => (organizationId === 0 ? ofService : ofOrganization);

const nameCount = column<number>("count(*)::integer");
const nameColumn = column<string>("name");
const isOfService = column<boolean>("of_service");

async function eventTypes(
  session: StatementSession,
  key: [organizationId: number, after: number],
): Promise<CustomEventType[]> {
  const { table, shape, where } = placeOf(key[0]);
  const text = `SELECT DISTINCT ON (name) ${shape.columns} FROM ${table}
    WHERE ${where} AND registration > $2 ORDER BY name, version DESC`;
  return (await session.rows({ text }, key)).map(shape.read);
}

const newType = rowShape({
  place: column<number>("s.place::integer"),
  type: shapeOf("t.organization_id"),
});

async function newEventTypes(
  session: StatementSession,
  since: readonly EventTypesSince[],
): Promise<CustomEventType[][]> {
  const text = `SELECT DISTINCT ON (s.place, name) ${newType.columns}
    FROM unnest($1::integer[], $2::integer[]) WITH ORDINALITY AS s (organization_id, after, place)
    JOIN event_type t ON t.organization_id = s.organization_id AND registration > s.after
    ORDER BY s.place, name, version DESC`;
  const known = [since.map(({ organizationId }) => organizationId), since.map(({ after }) => after)];
  const found: CustomEventType[][] = since.map(() => []);
  for (const row of await session.rows({ text, name: "new_event_types" }, known)) {
    const { place, type } = newType.read(row);
    found[place - 1]!.push(type);
  }
  return found;
}

async function eventType(
  session: StatementSession,
  [organizationId, name, version]: [organizationId: number, name: string, version: number | undefined],
): Promise<CustomEventType | undefined> {
  const { table, shape, where } = placeOf(organizationId);
  const text = `SELECT ${shape.columns} FROM ${table} WHERE ${where} AND name = $2
    AND ($3::integer IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`;
  return (await session.rows({ text }, [organizationId, name, version ?? null])).map(shape.read)[0];
}

export const eventTypeReads = (read: Run): EventTypeReads => ({
  eventTypes: (...key) => read((session) => eventTypes(session, key)),
  newEventTypes: (since) => read((session) => newEventTypes(session, since)),
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
        session.rows({ text: `SELECT ${nameCount.columns} ${ofPlace}` }, [organizationId]),
        session.rows({ text: `SELECT ${nameColumn.columns} ${ofPlace} AND ${isAlike}` }, [
          organizationId,
          folded,
        ]),
      ]);
      return { count: nameCount.read(onlyRow(counted, "count")), alike: alike.map(nameColumn.read) };
    },
    takeEventTypeName: async (organizationId, name) => {
      const isService = organizationId === 0;
      await session.rows(
        { text: "INSERT INTO event_type_name (name, of_service) VALUES ($1, $2) ON CONFLICT DO NOTHING" },
        [name, isService],
      );
      const text = `SELECT ${isOfService.columns} FROM event_type_name WHERE name = $1`;
      return (await session.rows({ text }, [name])).map(isOfService.read)[0] === isService;
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
