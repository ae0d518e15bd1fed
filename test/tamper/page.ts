/** Generates docs/integrity-coverage.md. */
import type { TamperedTable } from "./tables.ts";
import { reasonOf, refused, unseen } from "./unseen.ts";

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** What is found of the changes of a table's values. */
function valuesOf({ name: table, columns }: TamperedTable): string {
  const missed = columns
    .map(({ name }) => name)
    .filter((name) => reasonOf({ table, name: `${table}.${name}` }));
  if (missed.length === 0) return "all";
  return missed.length === columns.length ? "none" : `all but ${code(missed)}`;
}

const rowOf = ({ name: table }: TamperedTable, what: "insert" | "delete"): string => {
  const name = `${table}: ${what}`;
  if (refused.includes(name)) return "refused";
  return reasonOf({ table, name }) === undefined ? "found" : "not found";
};

const row = (table: TamperedTable): string =>
  `| \`${table.name}\` | ${valuesOf(table)} | ${rowOf(table, "insert")} | ${rowOf(table, "delete")} |`;

export const coveragePage = (
  tables: readonly TamperedTable[],
): string => `# What fsck finds in a changed database

A superuser of the database can change every row without Daybook.
This page shows what \`daybook-server fsck\` finds after that: for each table, one value changed, one row inserted, one row deleted.
Generated columns are left out, because they can't be changed.

\`npm run tamper\` makes every one of these changes in a database with rows of every kind, and runs fsck after each; the tests make a sample.
The changes come from the schema, so a new column or table is tried too.

| table | one value changed | a row inserted | a row deleted |
|---|---|---|---|
${tables.map(row).join("\n")}

## Not found, and why

| change | why |
|---|---|
${Object.entries(unseen)
  .map(([change, why]) => `| \`${change}\` | ${why} |`)
  .join("\n")}

fsck can't see that the whole database was replaced by an older or another one that agrees with itself.
For example, it can't see that the newest event of a log was deleted together with its targets, its words and its part of the head, unless that event changed Daybook's own rows.
An organization that was deleted with everything, including its events in the log of \`daybook\`, leaves gaps there, which fsck finds.
Only a checkpoint kept outside the database shows the rest.

## Refused by PostgreSQL

The checks of the schema refuse these changes of one value, or no row can have it.
A superuser can remove a check.
The checks refuse values that contradict others in the row, so fsck finds such a row, or stops with an error that names it.

${code(refused)}
`;
