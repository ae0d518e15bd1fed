/** Generates spec/operations.md and docs/not-in-the-log.md. */
import type { LogName, Operation } from "./operation.ts";
import { operationsOf, untold } from "./operations.ts";
import { untoldColumns, untoldTables } from "./rows.ts";

const logs: Readonly<Record<LogName, string>> = {
  organization: "",
  another: "each of their other organizations: ",
  daybook: "`daybook`: ",
};

const recordsOf = ({ records }: Operation): string =>
  (Object.keys(logs) as LogName[])
    .filter((name) => records[name] !== undefined)
    .map((name) => logs[name] + records[name]!.map((type) => `\`${type}\``).join(", "))
    .join("; ") || "nothing";

const row = (operation: Operation): string =>
  `| ${operation.name} | \`${operation.how}\` | ${recordsOf(operation)} | ${operation.again} |`;

/** The page. */
export const operationsPage = (): string => `# Operations and their events

This page lists every operation of the server that changes something or must be recorded, with its events in order.
The events are in the log of the organization that the operation is about, unless the table names another log.
The change and its events are one transaction: neither is stored without the other, whatever fails.
Events of one act in one log share their \`context.correlationId\`; in several logs, they share their \`context.requestId\`.

\`npm run docs\` generates this page from the list of operations that the tests run (\`test/operations/\`).
${Object.entries(operationsOf)
  .map(
    ([about, list]) => `
## ${about}

| operation | trigger | events | events when repeated |
|---|---|---|---|
${list.map(row).join("\n")}
`,
  )
  .join("")}
## What records nothing

| what changes | why it has no event |
|---|---|
${untold.map(({ what, why }) => `| ${what} | ${why} |`).join("\n")}
`;

const columnRows = Object.entries(untoldColumns).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, why]) => `| \`${table}.${column}\` | ${why} |`),
);

/** What the log leaves out, by column and by table. */
export const untoldPage = (): string => `# What the log does not hold

The log is a complete source of what Daybook stores.
If you fold its own events (those with \`recordedBy.own\`) from event 0, you get the rows of organizations, accounts, members, teams, API clients, event types, sessions and the rest.
\`daybook-server fsck\` does so and compares each column ([integrity coverage](integrity-coverage.md)); the tests do so after every operation (\`test/operations/\`).

Secrets stay out of the log.
An event that issues a token or a code has its \`credential\`: base64url of SHA-256("daybook credential\\n" || the hash in the database).
The credential gives no access, but it reveals a hash that someone swapped in the database.
Daybook removes expired sessions, viewer sessions, personal tokens and codes without an event: the event that issued them has their end.

The log leaves out these columns and tables on purpose.
\`npm run docs\` generates this page from the list that the tests read.
A test fails for a column that is neither in an event nor in this list.

## Columns

| column | why |
|---|---|
${columnRows.join("\n")}

## Tables

| table | why |
|---|---|
${Object.entries(untoldTables)
  .map(([table, why]) => `| \`${table}\` | ${why} |`)
  .join("\n")}
`;
