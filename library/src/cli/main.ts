/** The command line: finds the command, runs it, and turns the result into sentences on stderr and an exit code. */
import { type Code, DaybookError } from "../error/index.ts";
import { apiClientCommands } from "./api-clients.ts";
import type { Command } from "./command.ts";
import { eventTypeCommands } from "./event-types.ts";
import { exportCommand } from "./export.ts";
import { importGithub } from "./import-github.ts";
import { Interrupted, type Io, Output, ReaderGone } from "./io.ts";
import { readArguments, usage } from "./options.ts";
import { printable } from "./paint.ts";
import { record } from "./record.ts";
import { search } from "./search.ts";
import { caretOf, searchText } from "./search-options.ts";
import { tail } from "./tail.ts";

const commands: readonly Command[] = [
  record,
  tail,
  search,
  exportCommand,
  importGithub,
  ...apiClientCommands,
  ...eventTypeCommands,
];

const everywhereHelp = `Everywhere:
  --url URL            the server (DAYBOOK_URL; default http://127.0.0.1:4400)
  --org SLUG           the organization, by slug or id (DAYBOOK_ORG)
  --token-file FILE    a file with the token of an API client, a person or the operator (DAYBOOK_TOKEN); there is no
                       option for the token itself, because everyone on the machine can see the command line
  -h, --help           print this help

Data goes to stdout, progress to stderr. NO_COLOR turns colours off. Exit codes: 0 success, 1 failure, 2 wrong usage,
130 stopped by Ctrl-C.`;

const listed = (some: readonly Command[]): string =>
  some.map(({ name, summary }) => `  ${name.padEnd(20)} ${summary}`).join("\n");

const help = `Usage: daybook COMMAND [options]

Records to, reads and downloads the audit log of one organization, and manages its API clients and event types.

${listed(commands)}

Run 'daybook COMMAND --help' for the options and examples of a command.

${everywhereHelp}

Example:
  export DAYBOOK_TOKEN="$(cat data/operator-token)" DAYBOOK_ORG=acme
  daybook tail`;

/** The command whose words the arguments begin with, and the remaining arguments. */
function find(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const command of commands) {
    const words = command.name.split(" ");
    if (words.every((word, i) => args[i] === word)) return { command, rest: args.slice(words.length) };
  }
  return undefined;
}

/** The commands of two words that begin with this one. */
const beginningWith = (word: string): Command[] => commands.filter(({ name }) => name.startsWith(`${word} `));

function refusal(args: readonly string[]): DaybookError {
  const [first, second] = args;
  if (first === undefined) return usage("No command was given.");
  const words = beginningWith(first).map(({ name }) => name.slice(first.length + 1));
  if (words.length === 0) return usage(`There is no command '${first}'.`);
  return usage(`After '${first}' comes: ${words.join(", ")}${second ? `; not '${second}'` : ""}.`);
}

const isHelp = (word: string | undefined): boolean => word === "--help" || word === "-h" || word === "help";

/** The help for arguments that aren't a command: all commands, or those that begin with the first word. */
function generalHelp([first = "", second]: readonly string[]): string | undefined {
  if (isHelp(first)) return help;
  const some = beginningWith(first);
  if (some.length === 0 || !isHelp(second)) return undefined;
  const usages = `Usage: daybook ${first} COMMAND [options]\n\n${listed(some)}`;
  return `${usages}\n\nRun 'daybook ${first} COMMAND --help' for the options and examples of a command.\n\n${everywhereHelp}`;
}

/** Remedies for the command line, for errors whose own remedy is about HTTP. */
const remedies: { readonly [code in Code]?: string } = {
  "not-authenticated":
    "Check DAYBOOK_TOKEN or --token-file. The token is wrong, or its API client was revoked, has expired or has a new token.",
};

/** A remedy with commands in place of the addresses of the API. */
const inCommands = (remedy: string): string =>
  remedy
    .replace("/v1/organizations/{org}/event-types?type=…", "'daybook event-types show NAME'")
    .replace(/\/v1\/(organizations\/\{org\}\/)?event-types\b/, "'daybook event-types list'");

/** The command that ran, and its search. */
interface Ran {
  name: string;
  search: string | undefined;
}

/** Writes what went wrong, where, and what to do. */
function explain(error: DaybookError, { name, search }: Ran, out: Output): void {
  out.notice(`daybook: ${printable(error.message)}`);
  for (const issue of error.issues) {
    const { pointer, detail, remedy } = issue;
    const caret = search === undefined ? undefined : caretOf(search, issue);
    if (caret !== undefined) out.notice(caret);
    const words = [
      ...(detail === error.message ? [] : [detail]),
      ...(remedy === undefined ? [] : [inCommands(remedy)]),
    ];
    const place = pointer === "" ? "the event itself" : pointer;
    out.notice(printable(`  at ${place}${words.length > 0 ? `: ${words.join(" ")}` : ""}`));
  }
  if (error.code === "usage-invalid") out.notice(`See 'daybook${name ? ` ${name}` : ""} --help'.`);
  else if (!error.issues.some(({ remedy }) => remedy === error.remedy))
    out.notice(printable(remedies[error.code] ?? inCommands(error.remedy)));
}

/** The exit code for a command's result. Throws errors that are faults of Daybook. */
function codeOf(error: unknown, ran: Ran, out: Output): number {
  if (error instanceof ReaderGone) return 0;
  if (error instanceof Interrupted) return 130;
  if (!(error instanceof DaybookError)) throw error;
  explain(error, ran, out);
  return error.code === "usage-invalid" ? 2 : 1;
}

/** Runs a command line; resolves with its exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const out = new Output(io);
  const ran: Ran = { name: "", search: undefined };
  try {
    const found = find(args);
    if (!found) {
      const text = generalHelp(args);
      if (text === undefined) throw refusal(args);
      await out.line(text);
      return 0;
    }
    const { command, rest } = found;
    ran.name = command.name;
    if (rest.includes("--help") || rest.includes("-h")) {
      await out.line(`${command.help}\n\n${everywhereHelp}`);
      return 0;
    }
    const read = readArguments(rest, command.options);
    if (command.options.query !== undefined) ran.search = searchText(read);
    return await command.run({ ...read, io, out });
  } catch (error) {
    return codeOf(out.signal.aborted ? out.signal.reason : error, ran, out);
  }
}
