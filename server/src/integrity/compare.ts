/** Compares the rows of a table with those that the events fold into, in both directions. Sentences name tables, keys and columns, never values. */
import { canonicalize } from "daybook/internal";
import { type OwnRow, type OwnTable, type OwnValue, ownTables } from "../store/contract/integrity.ts";
import { keyOf } from "./folds/index.ts";

/** Columns with a JSON text, whose members can be in any order. */
const jsonColumns: ReadonlySet<string> = new Set(["created_by", "invited_by"]);

/** After so many findings in a table, the others are only counted. */
const mostFindings = 100;

/** The compared table. */
export interface ComparedRows {
  readonly table: OwnTable;
  /** What the events fold into, by key. */
  readonly expected: ReadonlyMap<string, OwnRow>;
  /** What is stored. */
  readonly stored: AsyncIterable<readonly OwnRow[]>;
  /** Rows that expired until then (RFC 3339, UTC) may be gone. */
  readonly now: string;
  /** Rows without an event are no difference if they expired before then: their events count no longer. */
  readonly forgottenBefore: string;
}

function comparable(column: string, value: OwnValue | undefined): OwnValue | undefined {
  if (!jsonColumns.has(column) || typeof value !== "string") return value;
  try {
    return canonicalize(JSON.parse(value));
  } catch {
    return value;
  }
}

const expiredBefore = (table: OwnTable, row: OwnRow, time: string): boolean =>
  ownTables[table].expires === true && typeof row.expires_at === "string" && row.expires_at <= time;

/** The columns of a row that differ. */
const differing = (expected: OwnRow, stored: OwnRow): string[] =>
  Object.keys(stored).filter((column) => comparable(column, stored[column]) !== expected[column]);

const differs = (table: OwnTable, key: string, columns: readonly string[]): string =>
  `${table} ${key}: ${columns.join(", ")} ${columns.length === 1 ? "is" : "are"} not what the events say.`;

async function* sentences({ table, expected, stored, ...times }: ComparedRows): AsyncGenerator<string> {
  const seen = new Set<string>();
  for await (const rows of stored) {
    for (const row of rows) {
      const key = keyOf(table, row);
      const wanted = seen.has(key) ? undefined : expected.get(key);
      seen.add(key);
      if (wanted === undefined) {
        if (!expiredBefore(table, row, times.forgottenBefore))
          yield `${table} ${key} is there, but no event made it.`;
        continue;
      }
      const columns = differing(wanted, row);
      if (columns.length > 0) yield differs(table, key, columns);
    }
  }
  for (const [key, row] of expected) {
    if (!seen.has(key) && !expiredBefore(table, row, times.now))
      yield `${table} ${key} is missing, but the events made it.`;
  }
}

/** A sentence for each difference, up to a hundred for a table. */
export async function* compareRows(compared: ComparedRows): AsyncGenerator<string> {
  let found = 0;
  for await (const sentence of sentences(compared)) if (++found <= mostFindings) yield sentence;
  if (found > mostFindings) yield `${compared.table}: ${found - mostFindings} more differences.`;
}
