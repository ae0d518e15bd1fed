/** Reads the options of a command, and the variables for the server's address, the token and the organization. */
import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { Daybook } from "../client/index.ts";
import { DaybookError, either } from "../error/index.ts";
import type { Io } from "./io.ts";

/** The options of a command, for parseArgs. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

/** The options of every command. */
const everywhere: OptionTable = {
  url: { type: "string" },
  org: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};

/** The values of options: a text, texts of a repeated option, or true. */
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The parsed arguments. */
export interface ReadOptions {
  readonly values: Values;
  readonly positionals: readonly string[];
}

export const usage = (detail: string): DaybookError => new DaybookError("usage-invalid", { detail });

/**
 * Joins `-q` and `--query` with the search after them, which may begin with a minus: parseArgs refuses that as ambiguous. After `--` there are
 * no options.
 */
function withSearch(args: readonly string[], { query }: OptionTable): string[] {
  if (query === undefined) return [...args];
  const end = args.indexOf("--");
  const joined: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [arg = "", next] = [args[at], args[at + 1]];
    const isQuery = (arg === "-q" || arg === "--query") && (end === -1 || at < end - 1);
    if (!isQuery || next === undefined) joined.push(arg);
    else {
      joined.push(`--query=${next}`);
      at++;
    }
  }
  return joined;
}

/** Parses arguments. Throws `usage-invalid`. */
export function readArguments(args: readonly string[], options: OptionTable): ReadOptions {
  try {
    const { values, positionals } = parseArgs({
      args: withSearch(args, options),
      options: { ...everywhere, ...options },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    // parseArgs adds a hint about positional arguments, which doesn't apply here
    const message = error instanceof Error ? error.message : String(error);
    throw usage(`${message.split(". To specify a positional")[0]?.replace(/\.$/, "")}.`);
  }
}

/** The positional arguments: exactly as many as there are names. Throws `usage-invalid`. */
export function argumentsOf<const N extends readonly string[]>(
  positionals: readonly string[],
  ...names: N
): { [I in keyof N]: string } {
  if (positionals.length === names.length && !positionals.includes("")) return positionals as never;
  throw usage(`Give ${names.join(" and ") || "options only"}, and nothing else.`);
}

/** The text of an option, or undefined. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** The texts of a repeatable option, or undefined. */
export function textsOf(values: Values, name: string): string[] | undefined {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** A whole number from `min` to `max`. Throws `usage-invalid`. */
export function wholeOf(
  values: Values,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  const text = textOf(values, name);
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usage(`--${name} takes a whole number from ${min} to ${max}.`);
}

/** One of the allowed words. Throws `usage-invalid`. */
export function wordOf<const W extends string>(
  values: Values,
  name: string,
  words: readonly W[],
): W | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw usage(`--${name} takes ${either(words)}.`);
  return word;
}

/** A day (UTC) for the server; `180d` is relative to today. */
export function dayOf(values: Values, name: string, now: number = Date.now()): string | undefined {
  const text = textOf(values, name);
  const days = /^(\d{1,4})d$/.exec(text ?? "")?.[1];
  return days === undefined ? text : new Date(now + Number(days) * 86_400_000).toISOString().slice(0, 10);
}

function tokenOf(values: Values, io: Io): string {
  const file = textOf(values, "token-file");
  if (file === undefined) {
    const token = io.env.DAYBOOK_TOKEN?.trim();
    if (token) return token;
    throw usage("No token: set DAYBOOK_TOKEN, or give --token-file FILE.");
  }
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new DaybookError("config-invalid", {
      detail: `--token-file: ${cause instanceof Error ? cause.message : cause}`,
      remedy: "Name a file that holds the token and can be read.",
      cause,
    });
  }
}

/** A client from the options and the environment. Throws `usage-invalid` or `config-invalid`. */
export function clientOf(values: Values, io: Io): Daybook {
  const organization = textOf(values, "org") ?? io.env.DAYBOOK_ORG?.trim();
  if (!organization) throw usage("No organization: set DAYBOOK_ORG, or give --org SLUG.");
  const url = textOf(values, "url") ?? (io.env.DAYBOOK_URL?.trim() || "http://127.0.0.1:4400");
  return new Daybook({ url, organization, token: tokenOf(values, io) });
}
