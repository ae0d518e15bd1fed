/** The table of settings as text: option names, the text of `--help`, docs/configuration.md. */
import { type ConfigRow, configTable } from "./table.ts";

/** The name of an option: `--log-level`. */
export const flagName = (flag: string): string =>
  `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The table as text for a terminal. */
export const describeConfig = (): string => {
  const width = Math.max(...configTable.map(({ name }) => name.length)) + 2;
  const indent = " ".repeat(width + 2);
  return configTable
    .map((row) => `  ${row.name.padEnd(width)}${row.sentence}\n${indent}Default: ${row.default}.\n`)
    .join("");
};

/** docs/configuration.md. */
export const configurationPage = (): string => `# Configuration

Environment variables configure a server process.
Some have an option of \`daybook-server serve\`, which overrides the variable.
Daybook checks all of them at the start, and reports everything that is wrong at once.
A variable that is set but empty is an error.
Secrets have no option, because everyone on the machine can see the command line of a process.

| variable | option | default | what it is |
|---|---|---|---|
${configTable.map(tableLine).join("\n")}

This page is generated from \`server/src/config/table.ts\`; to update it, run \`UPDATE_SPEC=1 npx vitest run server/src/config\`.
`;

const tableLine = ({ name, flag, default: otherwise, sentence }: ConfigRow): string =>
  `| \`${name}\` | ${flag === undefined ? "" : `\`${flagName(flag)}\``} | ${otherwise} | ${sentence} |`;
