/** spec/operations.md: the list for people to read. */
import type { LogName, Operation } from "./operation.ts";
import { operationsOf, untold } from "./operations.ts";

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
