/** `daybook export`: the audit log in one of its formats, to stdout or to a file that is complete or absent. */
import { open, rename, rm } from "node:fs/promises";
import { exportFormats } from "../catalogue/index.ts";
import type { ExportOptions } from "../client/index.ts";
import { DaybookError, either } from "../error/index.ts";
import { forTerminal } from "../shown/index.ts";
import type { Command } from "./command.ts";
import { filterHelp, filterOf, filterOptions } from "./filter.ts";
import type { Output } from "./io.ts";
import { clientOf, type OptionTable, textOf, usage, type Values, wordOf } from "./options.ts";
import { languageHelp } from "./search-options.ts";

/** The interval of progress output, in ms. */
const progressEvery = 200;

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

async function toStdout(stream: ReadableStream<Uint8Array>, out: Output): Promise<void> {
  if (!out.isTerminal) {
    for await (const piece of stream) await out.data(piece);
    return;
  }
  const decoder = new TextDecoder();
  for await (const piece of stream) await out.data(forTerminal(decoder.decode(piece, { stream: true })));
}

/** Writes to a file beside the target, and renames it after everything is on the disk. Returns the number of bytes. */
async function toFile(stream: ReadableStream<Uint8Array>, path: string, out: Output): Promise<number> {
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, "wx").catch((cause) => {
    throw new DaybookError("config-invalid", {
      detail: `--output: ${cause.message}`,
      remedy: "Name a file that can be written.",
      cause,
    });
  });
  let bytes = 0;
  let reported = Number.NEGATIVE_INFINITY;
  try {
    for await (const piece of stream) {
      await file.writeFile(piece);
      bytes += piece.length;
      if (performance.now() - reported < progressEvery) continue;
      reported = performance.now();
      out.progress(`${size(bytes)} downloaded`);
    }
    await file.sync();
    await file.close();
    await rename(part, path);
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  } finally {
    out.endProgress();
  }
}

const names = exportFormats.map(({ name }) => name);
const [usual] = exportFormats;

interface Flag {
  readonly name: string;
  readonly values: readonly string[];
  readonly description: string;
  /** The formats that have the option. */
  readonly of: readonly string[];
}

/** The options of all formats, each once. */
const flags: readonly Flag[] = [
  ...new Map(exportFormats.flatMap(({ options }) => options.map((option) => [option.name, option]))).values(),
].map((option) => ({
  ...option,
  of: exportFormats
    .filter(({ options }) => options.some(({ name }) => name === option.name))
    .map(({ name }) => name),
}));

const isSwitch = ({ values }: Flag): boolean => values.length === 1;

/** An option and its description, in the columns of the help. */
function helpOf(option: string, words: string): string {
  const lines = [""];
  for (const word of words.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length > 92) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return [
    `  ${option.padEnd(24)} ${lines[0]}`,
    ...lines.slice(1).map((line) => `${" ".repeat(27)}${line}`),
  ].join("\n");
}

const flagHelp = flags.map((flag) =>
  helpOf(
    `--${flag.name}${isSwitch(flag) ? "" : ` ${flag.values.join("|")}`}`,
    flag.of.length === names.length ? flag.description : `${flag.of.join(", ")} only. ${flag.description}`,
  ),
);

/** The format and its options. Throws `usage-invalid` for an option of another format. */
function formatOf(values: Values): Readonly<Record<string, string>> {
  const format = wordOf(values, "format", names) ?? usual.name;
  const chosen: Record<string, string> = { format };
  for (const flag of flags) {
    if (values[flag.name] === undefined) continue;
    if (!flag.of.includes(format)) throw usage(`--${flag.name} is for --format ${either(flag.of)} only.`);
    const value = isSwitch(flag) ? flag.values[0] : wordOf(values, flag.name, flag.values);
    if (value !== undefined) chosen[flag.name] = value;
  }
  return chosen;
}

const flagOptions: OptionTable = Object.fromEntries(
  flags.map((flag) => [flag.name, { type: isSwitch(flag) ? "boolean" : "string" }]),
);

const endings = names.map((name) => `.${name}`);

/** A word that ends as a file would be a search that finds nothing. Throws `usage-invalid`. */
function refuseFiles(words: readonly string[]): void {
  const file = words.find((word) => endings.some((ending) => word.endsWith(ending)));
  if (file !== undefined) throw usage(`Name the file by --output, or search for '${file}' by --query.`);
}

/** `export` is a keyword of the language. */
export const exportCommand: Command = {
  name: "export",
  summary: `download the audit log as ${either(exportFormats.map(({ title }) => title))}`,
  help: `Usage: daybook export [options] [WORD...]

Downloads the organization's audit log, oldest event first, with all times in UTC. The default period is the last 90 days.
The download is itself recorded in the log. With a search, the file has only the events that it finds.
${languageHelp}

  -o, --output FILE    write to this file, which appears only when it is complete (default: stdout)
${filterHelp}
  --by occurred|recorded   the time that --from and --to apply to (default occurred)
${helpOf(`--format ${names.join("|")}`, `the format of the file (default ${usual.name})`)}
${flagHelp.join("\n")}
  --context                add where each event came from (IP address, browser, request)

Without --safe a CSV file is exact: it contains every value as stored. Use --safe for a file that people open in a
spreadsheet, and leave it out for a file that programs read. In ndjson each line is one event, as JSON.

Examples:
  daybook export --safe -o audit-log.csv
  daybook export --from 2026-01-01 --to 2026-06-30 -o first-half.csv
  daybook export -o clients.csv type:API_CLIENT_* sandbox
  daybook export -q 'actor:"Grace Hopper" -outcome:success' -o refused.csv
  daybook export --format ndjson --context --type API_CLIENT_REVOKED | jq .actor.id`,
  options: {
    ...filterOptions,
    output: { type: "string", short: "o" },
    by: { type: "string" },
    format: { type: "string" },
    ...flagOptions,
    context: { type: "boolean" },
  },
  async run(running) {
    const { values, positionals, io, out } = running;
    refuseFiles(positionals);
    const by = wordOf(values, "by", ["occurred", "recorded"]);
    const request = {
      ...filterOf(running),
      ...(by === undefined ? {} : { by }),
      ...(values.context ? { context: true } : {}),
      ...formatOf(values),
      signal: out.signal,
    };
    const stream = await clientOf(values, io).export(request as ExportOptions);
    const path = textOf(values, "output");
    if (path === undefined || path === "-") await toStdout(stream, out);
    else out.notice(`${path}: ${size(await toFile(stream, path, out))}`);
    return 0;
  },
};
