/** `daybook export`: the audit log as CSV, to stdout or into a file that is there whole or not at all. */
import { open, rename, rm } from "node:fs/promises";
import { DaybookError } from "../error/index.ts";
import { forTerminal } from "../shown/index.ts";
import type { Command } from "./command.ts";
import { filterHelp, filterOf, filterOptions } from "./filter.ts";
import type { Output } from "./io.ts";
import { clientOf, textOf, usage, wordOf } from "./options.ts";

/** How often progress is written, in ms. */
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

/** Writes beside the file, and renames once all of it is on the disk. Gives back the number of bytes. */
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
  let told = 0;
  try {
    for await (const piece of stream) {
      await file.writeFile(piece);
      bytes += piece.length;
      if (Date.now() - told < progressEvery) continue;
      told = Date.now();
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

/** `export` is a word of the language. */
export const exportCommand: Command = {
  name: "export",
  summary: "download the audit log as CSV",
  help: `Usage: daybook export [options]

Downloads the organization's audit log as CSV, oldest event first, with all times in UTC. The default period is the last
90 days. The download is itself recorded in the log.

  -o, --output FILE    write to this file, which appears only when it is complete (default: stdout)
${filterHelp}
  --by occurred|recorded   the time that --from and --to apply to (default occurred)
  --data json          write the DATA column as plain JSON, without single quotes
  --safe               make the file safe for spreadsheets: no cell runs as a formula or is too long
  --context            add where each event came from (IP address, browser, request)

Without --safe the file is exact: it contains every value as stored. Use --safe for a file that people open in a
spreadsheet, and leave it out for a file that programs read.

Examples:
  daybook export --safe -o audit-log.csv
  daybook export --from 2026-01-01 --to 2026-07-01 -o first-half.csv
  daybook export --data json --type API_CLIENT_REVOKED | head -2`,
  options: {
    ...filterOptions,
    output: { type: "string", short: "o" },
    by: { type: "string" },
    data: { type: "string" },
    safe: { type: "boolean" },
    context: { type: "boolean" },
  },
  async run({ values, positionals, io, out }) {
    if (positionals.length > 0) throw usage("Name the file by --output.");
    const all = {
      by: wordOf(values, "by", ["occurred", "recorded"]),
      data: wordOf(values, "data", ["json"]),
      safe: values.safe ? "spreadsheet" : undefined,
      context: values.context ? true : undefined,
    };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const stream = await clientOf(values, io).export({ ...filterOf(values), ...given, signal: out.signal });
    const path = textOf(values, "output");
    if (path === undefined || path === "-") await toStdout(stream, out);
    else out.say(`${path}: ${size(await toFile(stream, path, out))}`);
    return 0;
  },
};
