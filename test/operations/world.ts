/**
 * The place for operations in tests: a server over a database, and one for fixtures, both without scheduled jobs (expiry, denials,
 * sweeping), which tests run themselves.
 */
import pg from "pg";
import { vi } from "vitest";
import { configOf, serveConfig, type TestServer } from "../../server/src/api/testing/open-server.ts";
import type { Config } from "../../server/src/config/index.ts";
import { openPostgres } from "../../server/src/store/postgres/index.ts";
import type { Store } from "../../server/src/store/store.ts";
import { afterwards } from "../support/afterwards.ts";
import { type DatabaseKind, databaseKinds, freshDatabase } from "../support/database.ts";
import { type Line, openLine } from "../support/line.ts";
import { type Provider, startProvider } from "../support/operations-provider.ts";
import { freePort } from "../support/server-process.ts";
import type { OperationsFixture } from "./fixture.ts";
import type { On, Operation } from "./operation.ts";

export interface OperationsWorld {
  readonly fixture: OperationsFixture;
  readonly on: On;
  /** Looks at the database, beside the servers. */
  readonly store: Store;
  readonly sql: pg.Client;
  /** Statements and values of direct changes, for which there is no event. */
  readonly planted: readonly { readonly text: string; readonly values: readonly unknown[] }[];
  /** Between `on` and the database; undefined where nothing is to be cut. */
  readonly line: Line | undefined;
  /** Closes what was opened; after the tests of the file at the latest. */
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly cuttable?: boolean;
  readonly database?: DatabaseKind;
  readonly config?: Partial<Config>;
  readonly api?: Parameters<typeof serveConfig>[1];
  readonly note?: (secret: string) => void;
  /** Stands before a server, to see what goes by. */
  readonly watch?: (server: TestServer) => TestServer;
}

type Kind = NonNullable<Operation["on"]> | "people";

/** Opens one over a fresh database. */
export async function openWorld(kind: Kind, options: WorldOptions = {}): Promise<OperationsWorld> {
  const { cuttable = false, database = databaseKinds().at(-1)!, note } = options;
  const { closing, close } = closings();
  const databaseUrl = await freshDatabase(database);
  const { url, line } = cuttable ? await openLine(databaseUrl) : { url: databaseUrl, line: undefined };
  if (line !== undefined) closing(() => line.close());
  const sql = new pg.Client(databaseUrl);
  sql.on("error", () => {});
  await sql.connect();
  closing(() => sql.end());
  const store = await openPostgres(databaseUrl);
  closing(() => store.close());
  const planted: { text: string; values: unknown[] }[] = [];
  const plant = async (text: string, values: unknown[]): Promise<void> => {
    planted.push({ text, values });
    await sql.query(text, values);
  };
  const seen = { store, sql, planted, line, close };
  const preparing = { plant, ...(note && { note }) };
  if (kind === "no rows") {
    const server = undefined as unknown as TestServer;
    return { ...seen, fixture: { server, ...preparing }, on: { server, databaseUrl: url } };
  }
  const { provider, open } = await opening(kind, options, closing);
  const server = await open(databaseUrl);
  const performing = cuttable ? await open(url) : server;
  const fixture = { server, ...preparing, ...(provider && { provider }) };
  return { ...seen, fixture, on: { server: performing, databaseUrl: url } };
}

type Closing = (work: () => unknown) => void;

/** One for both servers of a world: what one has encrypted the other opens. */
const secretsKey = "A".repeat(43);

/** Gathers what closes, and closes it once, the last one first. */
function closings(): { closing: Closing; close: () => Promise<void> } {
  const works: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (let work = works.pop(); work !== undefined; work = works.pop()) await work();
  };
  afterwards(close);
  return { closing: (work) => void works.push(work), close };
}

interface WorldOpening {
  readonly provider: Provider | undefined;
  readonly open: (databaseUrl: string) => Promise<TestServer>;
}

/** How servers are opened; where there are people, with an identity provider. */
async function opening(kind: Kind, options: WorldOptions, closing: Closing): Promise<WorldOpening> {
  const { config, api, watch, cuttable = false } = options;
  const ports = [await freePort(), await freePort()];
  const urlOf = (port: number): string => `http://127.0.0.1:${port}`;
  const provider = kind === "people" ? await startProvider(ports.map(urlOf)) : undefined;
  if (provider !== undefined) closing(() => provider.stop());
  const open = async (databaseUrl: string): Promise<TestServer> => {
    const port = ports.shift()!;
    const { openid } = provider ?? {};
    const own = { port, secretsKey, ...(openid && { openid, publicUrl: urlOf(port) }), ...config };
    const server = await withoutRounds(() => serveConfig(configOf(databaseUrl, own), api));
    closing(() => server.close());
    // it follows every commit in transactions of its own, one of which would be cut in place of what is tried
    if (cuttable) await server.services.followers.close();
    return watch?.(server) ?? server;
  };
  return { provider, open };
}

/** Scheduled jobs don't run in the opened servers. */
async function withoutRounds<T>(open: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  try {
    return await open();
  } finally {
    vi.useRealTimers();
  }
}
