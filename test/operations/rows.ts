/**
 * Daybook's own rows in the terms of its events, as fsck reads them. Each column of a table is either read there, or listed here as one that
 * no event has, with the reason.
 */
import { canonicalize } from "daybook/internal";
import type { QueryResult } from "pg";
import { keyOf } from "../../server/src/integrity/index.ts";
import { type OwnRow, type OwnTable, ownTables } from "../../server/src/store/contract/integrity.ts";
import { selectOwnRows } from "../../server/src/store/postgres/integrity/own-columns.ts";
import type { OperationsWorld } from "./world.ts";

/** By table, by the row's key. */
export type Rows = Partial<Record<OwnTable, Record<string, OwnRow>>>;

const tables = Object.keys(ownTables) as OwnTable[];
const statements = tables.map(selectOwnRows).join(";\n");

/** All of them as they are now, read in one round trip. */
export async function rowsOf({ sql }: Pick<OperationsWorld, "sql">): Promise<Rows> {
  const results = (await sql.query(statements)) as unknown as readonly QueryResult[];
  return Object.fromEntries(tables.map((table, i) => [table, byKey(table, results[i]!.rows)]));
}

/** Members of stored objects have no order. */
const jsonColumns = ["created_by", "invited_by"];

function byKey(table: OwnTable, rows: readonly Record<string, OwnRow[string]>[]): Record<string, OwnRow> {
  for (const row of rows)
    for (const name of jsonColumns)
      if (typeof row[name] === "string") row[name] = canonicalize(JSON.parse(row[name]));
  return Object.fromEntries(rows.map((row) => [keyOf(table, row), row]));
}

const number = { organization_id: "the store's own number; events have the public id" };
const userNumber = { user_id: "the store's own number; events have the public id" };
const definition = { definition: "it may contain personal data; the log has its digest" };

/** Columns that no event has, with the reason. */
export const untoldColumns: Readonly<Partial<Record<OwnTable, Readonly<Record<string, string>>>>> = {
  deployment: { secrets_key_id: "the name of the key that encrypts secrets; the key is in the data folder" },
  integrity_check: {
    begun_at: "the check that is being made",
    claimed_until: "which process works on it",
    position: "how far it is",
  },
  event_type: definition,
  service_event_type: definition,
  organization: number,
  head: {
    size: "the log itself shows its size",
    frontier: "computed from the log",
    recorded_at: "the log itself shows when it grew",
  },
  user_account: { ...userNumber, password: "the log has no password hashes; it shows who has a password" },
  saved_view: {
    name: "of a view of one's own, which the log would show to others; events have that of a shared view",
    search: "of a view of one's own, likewise",
  },
  session: { authenticated_at: "time of the last confirmation", last_seen_at: "time of the last use" },
  personal_token: {
    name: "its holder's own words, which the logs of several organizations would show",
    last_used_on: "time of the last use",
  },
  api_client: { last_used_on: "time of the last use" },
  second_factor: {
    id: "the context that the secret is encrypted for",
    sealed: "the secret itself, encrypted",
    last_step: "time of the last use",
  },
};

/** Tables without events, with the reason. */
export const untoldTables: Readonly<Record<string, string>> = {
  event: "the log itself",
  event_target: "the log itself",
  tile: "the log itself",
  full_text_block: "computed from the log",
  full_text_changed: "computed from the log",
  full_text_segment: "computed from the log",
  event_type_name: "the names of all event types, whose registration is in the logs",
  follower: "the positions of followers",
  maintenance: "the last backup and restore",
  schema_migration: "the version of the schema; the content of rows stays the same",
  idempotency: "requests of the last week, to detect repeats",
  denial: "counts of denied attempts, until an event has them",
  half_session: "an incomplete sign-in",
  known_browser: "the browsers that signed in before",
  recovery_code: "hashes of recovery codes; events say how many a person has",
};
