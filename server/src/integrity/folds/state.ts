/** The rows that events fold into: by table and key, with the groups that one event changes together. */
import { type OwnRow, type OwnTable, type OwnValue, ownTables } from "../../store/contract/integrity.ts";

/** An event changes a row that no event has made. */
export class NoSuchRow extends Error {
  constructor(table: OwnTable, key: string) {
    super(`${table} ${key}, which no earlier event made`);
  }
}

/** The key of a row in its table. */
export const keyOf = (table: OwnTable, row: OwnRow): string =>
  ownTables[table].key.map((name) => row[name]).join(" ");

/** The rows so far. Each is a new object after a change. */
export class FoldedRows {
  readonly #rows = new Map<OwnTable, Map<string, OwnRow>>();
  /** Keys by table and value of the group's column. */
  readonly #groups = new Map<string, Set<string>>();
  /** When a row was last changed, for rows whose version counts changes that several events record. */
  readonly #changed = new Map<string, string>();

  /** The rows of a table, by key. */
  of(table: OwnTable): ReadonlyMap<string, OwnRow> {
    return this.#table(table);
  }

  get(table: OwnTable, key: string): OwnRow | undefined {
    return this.#table(table).get(key);
  }

  put(table: OwnTable, row: OwnRow): void {
    const key = keyOf(table, row);
    this.#table(table).set(key, row);
    const group = this.#groupOf(table, row);
    if (group === undefined) return;
    const keys = this.#groups.get(group);
    if (keys === undefined) this.#groups.set(group, new Set([key]));
    else keys.add(key);
  }

  /** @throws NoSuchRow */
  change(table: OwnTable, key: string, change: OwnRow): void {
    this.#table(table).set(key, { ...this.#existing(table, key), ...change });
  }

  /** Changes a row and counts the change in its version. */
  count(table: OwnTable, key: string, change: OwnRow = {}): void {
    this.change(table, key, { version: Number(this.#existing(table, key).version) + 1, ...change });
  }

  /** The same for a change that several events of one time record: they count once, and not at all at the time when the row was made. */
  countOnce(table: OwnTable, key: string, { at, ...change }: OwnRow & { readonly at: string }): void {
    const name = `${table} ${key}`;
    const isCounted = this.#changed.get(name) === at || this.#existing(table, key).created_at === at;
    this.#changed.set(name, at);
    if (isCounted) this.change(table, key, change);
    else this.count(table, key, change);
  }

  remove(table: OwnTable, key: string): void {
    const row = this.get(table, key);
    if (row === undefined) return;
    this.#table(table).delete(key);
    this.#changed.delete(`${table} ${key}`);
    const group = this.#groupOf(table, row);
    if (group === undefined) return;
    const keys = this.#groups.get(group);
    keys?.delete(key);
    if (keys?.size === 0) this.#groups.delete(group);
  }

  /** The keys of the rows with that value in the table's group column. */
  group(table: OwnTable, value: OwnValue): readonly string[] {
    return [...(this.#groups.get(groupName(table, value)) ?? [])];
  }

  removeGroup(table: OwnTable, value: OwnValue): void {
    for (const key of this.group(table, value)) this.remove(table, key);
  }

  #table(table: OwnTable): Map<string, OwnRow> {
    let rows = this.#rows.get(table);
    if (rows === undefined) {
      rows = new Map();
      this.#rows.set(table, rows);
    }
    return rows;
  }

  #existing(table: OwnTable, key: string): OwnRow {
    const row = this.get(table, key);
    if (row === undefined) throw new NoSuchRow(table, key);
    return row;
  }

  #groupOf(table: OwnTable, row: OwnRow): string | undefined {
    const { group } = ownTables[table];
    return group === undefined ? undefined : groupName(table, row[group] ?? null);
  }
}

const groupName = (table: OwnTable, value: OwnValue): string => `${table} ${value}`;
