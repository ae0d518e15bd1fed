/** A server over its own database, used over real HTTP, for tests. It closes after the test file that opened it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterwards } from "../../../../test/support/afterwards.ts";
import { freshDatabase } from "../../../../test/support/database.ts";
import type { Config } from "../../config/index.ts";
import { inPackage } from "../../files/index.ts";
import { type ServeOptions, type Server, serve } from "../../main.ts";

/** At least 32 characters, as the configuration requires. */
export const token = "operator-token-of-the-tests-0123456789";

interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, read as JSON; undefined if it isn't JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly body: any;
}

export interface TestServer extends Server {
  /** The server's database, for direct changes. */
  readonly databaseUrl: string;
  /** The log lines so far. */
  lines(): string;
  /** One request as the operator, unless the headers differ; a body that isn't text is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse>;
}

/** The configuration of a test server; the data folder is removed after the tests. */
export function configOf(databaseUrl: string, more: Partial<Config> = {}): Config {
  const dataFolder = mkdtempSync(join(tmpdir(), "daybook-api-"));
  afterwards(() => rmSync(dataFolder, { recursive: true, force: true }));
  return {
    port: 0,
    host: "127.0.0.1",
    dataFolder,
    databaseUrl,
    roles: { reader: undefined, runtime: undefined },
    pooler: "auto",
    preparedStatements: undefined,
    operatorToken: token,
    secretsKey: undefined,
    signingKey: undefined,
    freshMinutes: 15,
    publicUrl: undefined,
    logName: "log.example.org",
    logLevel: "warn",
    openid: undefined,
    passwords: true,
    idle: { members: 1_440, operators: 30 },
    mail: undefined,
    trustedProxies: 0,
    limits: { perCaller: 60_000, perAddress: 300, on: false },
    follows: { perCaller: 100, perOrganization: 500 },
    bodyMebibytes: 64,
    frameOrigins: [],
    stopSeconds: 9,
    integrityCheck: "off",
    gallery: false,
    ...more,
  };
}

type TestOptions = Partial<ServeOptions>;

/** Opens a server over a new database. */
export async function openServer(more: Partial<Config> = {}, options: TestOptions = {}): Promise<TestServer> {
  const server = await serveConfig(configOf(await freshDatabase("embedded"), more), options);
  let closed = false;
  afterwards(() => (closed ? undefined : server.close()));
  return {
    ...server,
    close: async () => {
      closed = true;
      await server.close();
    },
  };
}

/** Opens a server with that configuration; the test closes it. */
export async function serveConfig(config: Config, options: TestOptions = {}): Promise<TestServer> {
  let lines = "";
  const output = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  // handlers may be slow on a busy machine
  const api = { times: { answerMs: 120_000 }, ...options.api };
  const server = await serve(config, { notice: () => {}, output, scryptLn: 4, ...options, api });
  return {
    ...server,
    databaseUrl: config.databaseUrl ?? "",
    lines: () => lines,
    call: (method, path, body, headers) => call(server.url + path, { method, body, headers }),
  };
}

interface Sent {
  readonly method: string;
  readonly body: unknown;
  readonly headers: Record<string, string> | undefined;
}

/** The cookies of a browser that has the style sheet, so that pages don't have it within. */
const withSheet = (cookies = ""): string => {
  const folder = inPackage("dist/assets/");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const [, hash] = /app-(\w+)\.css$/m.exec(files.join("\n")) ?? [];
  return `${cookies}${cookies && "; "}daybook-sheet=${hash}`;
};

async function call(url: string, { method, body, headers }: Sent): Promise<TestResponse> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  // a request with a cookie has no operator token
  const usual = headers?.cookie === undefined ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    headers: {
      ...usual,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
      ...(headers?.accept?.includes("text/html") ? { cookie: withSheet(headers.cookie) } : {}),
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
  });
  const text = await answer.text();
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {}
  return { status: answer.status, headers: answer.headers, text, body: read };
}
