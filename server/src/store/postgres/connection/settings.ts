/**
 * The settings of Daybook's connections (spec/recording.md): for a session, where it keeps a connection, or within each transaction, where a
 * pooler gives connections to other clients between transactions.
 */
import type pg from "pg";
import type { QueryConfig } from "pg";
import type { Place } from "../rights/become.ts";

/** What statements and their results mean. */
const meanings: readonly (readonly [string, string])[] = [
  ["client_encoding", "UTF8"],
  ["TimeZone", "UTC"],
  ["DateStyle", "ISO, YMD"],
  ["bytea_output", "hex"],
  ["standard_conforming_strings", "on"],
  ["synchronous_commit", "on"],
  ["row_security", "on"],
  ["lock_timeout", "2s"],
  ["idle_in_transaction_session_timeout", "5s"],
];

/**
 * Every statement for events and pages is an index walk, and these tell the planner so: otherwise it would use statistics, which a new or
 * growing log doesn't have yet.
 */
const planning: readonly (readonly [string, string])[] = [
  ["jit", "off"],
  ["enable_seqscan", "off"],
  ["enable_bitmapscan", "off"],
  ["enable_hashjoin", "off"],
  ["enable_mergejoin", "off"],
  ["enable_sort", "off"],
  ["enable_incremental_sort", "off"],
];

/** How long a new connection waits for an answer, in milliseconds: a frozen server still accepts connections. */
export const answerMs = 5_000;

/** The settings that differ: `statementTimeout` in milliseconds, 0 for none; whether the connection only reads. */
export interface SetUpOptions {
  readonly statementTimeout: number;
  readonly readOnly?: boolean;
}

/** Sets up a new connection, once. */
export async function setUp(
  client: pg.ClientBase,
  { statementTimeout, readOnly = false }: SetUpOptions,
): Promise<void> {
  const own = [
    ["default_transaction_isolation", "read committed"],
    ["default_transaction_read_only", readOnly ? "on" : "off"],
    ["statement_timeout", String(statementTimeout)],
  ] as const;
  const statements = [...meanings, ...planning, ...own].map(([name, value]) => `SET ${name} = '${value}'`);
  await client.query({ text: statements.join("; "), query_timeout: answerMs } as QueryConfig);
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** One statement with all settings, until the end of the transaction. */
const setLocally = (settings: readonly (readonly [string, string])[]): string =>
  `SELECT ${settings.map(([name, value]) => `set_config('${name}', ${literal(value)}, true)`).join(", ")}`;

/** The mode of a lane's transactions. */
export const modeOf = ({ readOnly = false }: SetUpOptions): string =>
  `ISOLATION LEVEL READ COMMITTED, READ ${readOnly ? "ONLY" : "WRITE"}`;

/** The statement that sets everything until the end of the transaction, as a function of the row scope. */
export function localSettings(
  { role, searchPath }: Place,
  { statementTimeout }: SetUpOptions,
): (organizationId?: number) => string {
  const all = setLocally([
    ...meanings,
    ...planning,
    ["statement_timeout", String(statementTimeout)],
    ["search_path", searchPath],
    ["role", role],
  ]);
  return (organizationId) =>
    organizationId === undefined
      ? all
      : `${all}, set_config('daybook.organization', '${organizationId}', true)`;
}

/** Begins a transaction for work that isn't a request: migrations, backups. It leaves no setting behind. */
export async function beginSeparately(
  client: pg.ClientBase,
  how = "ISOLATION LEVEL READ COMMITTED, READ WRITE",
): Promise<void> {
  const settings = [...meanings, ["statement_timeout", "0"] as const];
  await client.query(`BEGIN ${how}; ${setLocally(settings)}`);
}
