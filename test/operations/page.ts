/** spec/operations.md and docs/not-in-the-log.md: the lists for people to read. */
import type { LogName, Operation } from "./operation.ts";
import { operationsOf, untold } from "./operations.ts";
import { tables, untoldTables } from "./rows.ts";

const logs: Readonly<Record<LogName, string>> = {
  organization: "",
  another: "each other organization of theirs: ",
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

Every operation of the server that changes something, or that has to be told, and the events that it records, in order: in the
log of the organization that it is about unless another log is named. Change and events are one transaction: neither is there
without the other, whatever breaks. Events of one act share their \`context.correlationId\`, or their \`context.requestId\` where
they are in several logs.

This page is made from the list that the tests perform (\`test/operations/\`); \`npm run docs\` makes it anew.
${Object.entries(operationsOf)
  .map(
    ([about, list]) => `
## ${about}

| operation | by | records | the same again records |
|---|---|---|---|
${list.map(row).join("\n")}
`,
  )
  .join("")}
## What records nothing

| what changes | why it isn't told |
|---|---|
${untold.map(({ what, why }) => `| ${what} | ${why} |`).join("\n")}
`;

const untoldColumns = Object.entries(tables).flatMap(([table, { untold: columns = {} }]) =>
  Object.entries(columns).map(([column, why]) => `| \`${table}.${column}\` | ${why} |`),
);

/** What the log doesn't hold, table by table and column by column. */
export const untoldPage = (): string => `# What the log does not hold

The log is a complete source of what Daybook keeps: its own events, those with \`recordedBy.own\`, folded from event 0 on, give
the rows of organizations, accounts, members, teams, API clients, event types, sessions and the rest. The tests fold them after
every operation and once more from nothing (\`test/operations/\`), and compare each column.

Secrets stay out. An event that issues a token or a code holds its \`credential\`: base64url of
SHA-256("daybook credential\\n" || the hash that the database keeps). It opens nothing, and a hash that was swapped in the
database shows. Expired sessions, viewer sessions, personal tokens and codes are removed without an event: the events that
began them say when they end.

These columns and tables are left out on purpose. This page is made from the list that the tests read; \`npm run docs\` makes it
anew. A column that is in neither fails a test.

## Columns

| column | why |
|---|---|
${untoldColumns.join("\n")}

## Tables

| table | why |
|---|---|
${Object.entries(untoldTables)
  .map(([table, why]) => `| \`${table}\` | ${why} |`)
  .join("\n")}
`;
