/** Changes of rows in a fold: put, set, removed. `fold.ts` and `fold-log.ts` define what each event does. */
import type { RecordedEvent } from "daybook/internal";
import type { Rows, TableRow } from "./rows.ts";

// biome-ignore lint/suspicious/noExplicitAny: which members there are the type of the event says
export type EventData = Record<string, any>;
export type FoldStep = (rows: Rows, event: RecordedEvent, data: EventData) => void;

export const put = (rows: Rows, table: string, key: string, row: TableRow): void => {
  rows[table] = { ...rows[table], [key]: row };
};
export const set = (rows: Rows, table: string, key: string, change: TableRow): void => {
  const row = rows[table]?.[key];
  if (row === undefined) throw new Error(`An event tells of ${table} ${key}, which no event made.`);
  put(rows, table, key, { ...row, ...change });
};
export const remove = (rows: Rows, table: string, which: (row: TableRow, key: string) => boolean): void => {
  rows[table] = Object.fromEntries(
    Object.entries(rows[table] ?? {}).filter(([key, row]) => !which(row, key)),
  );
};
export const counted = (rows: Rows, table: string, key: string): TableRow => ({
  version: (rows[table]?.[key]?.version as number) + 1,
});
export const of = ({ organization }: RecordedEvent): TableRow => ({ organization_id: organization.id });

/** An organization as it begins. */
export const newOrganization = (
  rows: Rows,
  created_at: string,
  { organizationId: id, slug, name }: EventData,
): void =>
  put(rows, "organization", id, {
    ...{ id, slug, name, created_at, closed_at: null, version: 1 },
    ...{ description: null, email: null, location: null, website: null },
  });
