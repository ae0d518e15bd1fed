/** The database that a connection string names: where it can be reached, as whom, and the client that connects to it. */
import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import type { ClientConfig } from "pg";
import pgpass from "pgpass";
import {
  DatabaseUrlError,
  type Keyword,
  type Keywords,
  parseDatabaseUrl,
} from "../../../database-url/index.ts";
import { types } from "../statements/session.ts";
import { clientOf, Targets } from "./targets.ts";
import { encryptions } from "./tls.ts";

/** The parts of an address that Daybook made itself. */
interface ConnectionOptions {
  /** A host name, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** DATABASE_URL, or the parts of an address. */
export type Connection = string | ConnectionOptions;

/** A database to connect to. All connections of a process share one, so that they all find the host that answers. */
export interface ResolvedDatabase {
  readonly config: ClientConfig;
  readonly targets: Targets;
  readonly Client: typeof pg.Client;
}

/** The variables of libpq. */
const variables: Partial<Record<Keyword, string>> = {
  host: "PGHOST",
  hostaddr: "PGHOSTADDR",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  options: "PGOPTIONS",
  connect_timeout: "PGCONNECT_TIMEOUT",
  target_session_attrs: "PGTARGETSESSIONATTRS",
  channel_binding: "PGCHANNELBINDING",
  sslmode: "PGSSLMODE",
  sslnegotiation: "PGSSLNEGOTIATION",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  ssl_min_protocol_version: "PGSSLMINPROTOCOLVERSION",
};

const refused = (detail: string, remedy: string, cause?: unknown): DaybookError =>
  new DaybookError("config-invalid", { detail, remedy, ...(cause === undefined ? {} : { cause }) });

function keywordsOf(connection: Connection): Keywords {
  if (typeof connection !== "string") {
    const { host, port, user, database } = connection;
    return { host, port: String(port), user, dbname: database };
  }
  try {
    return parseDatabaseUrl(connection);
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error;
    throw refused(`DATABASE_URL ${error.message}.`, "Correct DATABASE_URL.", error);
  }
}

type KeywordOf = (keyword: Keyword) => string | undefined;

/** Without a host, the socket of this machine, as psql; if there is none, localhost. */
const usualHost = (port: string): string =>
  ["/var/run/postgresql", "/tmp"].find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`)) ?? "localhost";

function targetsOf(keyword: KeywordOf): Targets {
  const tls = {
    mode: keyword("sslmode"),
    rootCertificate: keyword("sslrootcert"),
    certificate: keyword("sslcert"),
    key: keyword("sslkey"),
    password: keyword("sslpassword"),
    oldestVersion: keyword("ssl_min_protocol_version"),
  };
  const names = (keyword("host") ?? "").split(",");
  const addresses = keyword("hostaddr")?.split(",") ?? [];
  const ports = (keyword("port") ?? "").split(",");
  return new Targets(
    (addresses.length > names.length ? addresses : names).flatMap((_, index) => {
      const port = (ports.length === 1 ? ports[0] : ports[index]) || "5432";
      const name = names[index] || undefined;
      const host = addresses[index] || name || usualHost(port);
      return encryptions(name ?? host, tls).map((ssl) => ({
        host,
        port: Number(port),
        // certificates are for names, so the name is compared even if the address is given
        ssl: ssl === false || name === undefined || name === host ? ssl : { ...ssl, servername: name },
      }));
    }),
  );
}

const userOfProcess = (): string | undefined => {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
};

/** From the file of passwords, as psql. */
const filedPassword = (place: unknown): Promise<string> =>
  new Promise((resolve) => pgpass(place as pgpass.Place, (password) => resolve(password ?? "")));

const positive = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;

/** Throws DaybookError `config-invalid` for a connection string that can't be read, or names a certificate that can't. */
export function databaseOf(connection: Connection): ResolvedDatabase {
  const keywords = keywordsOf(connection);
  const keyword: KeywordOf = (name) => keywords[name] ?? (process.env[variables[name] ?? ""] || undefined);
  const user = keyword("user") ?? userOfProcess();
  const given = {
    user,
    password: keyword("password") ?? filedPassword,
    database: keyword("dbname") ?? user,
    options: keyword("options"),
    application_name: keyword("application_name") ?? "daybook",
    connectionTimeoutMillis: 1_000 * (positive(keyword("connect_timeout")) ?? 5),
    keepAlive: keyword("keepalives") !== "0",
    keepAliveInitialDelayMillis: 1_000 * (positive(keyword("keepalives_idle")) ?? 0),
    sslnegotiation: keyword("sslnegotiation"),
    enableChannelBinding: keyword("channel_binding") === "require",
    types,
  };
  const config: ClientConfig = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  try {
    const targets = targetsOf(keyword);
    return { config, targets, Client: clientOf(targets) };
  } catch (error) {
    const { path, code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw refused(
      `The file ${path ?? "of a certificate"} can't be read (${code}).`,
      "Correct sslrootcert, sslcert or sslkey in DATABASE_URL, or PGSSLROOTCERT, PGSSLCERT or PGSSLKEY.",
      error,
    );
  }
}

/** The places of a database, for messages: hosts, ports and name, without user and password. */
export function placeOf({ config, targets }: ResolvedDatabase): string {
  const places = targets.all.map(({ host, port }) => (host.startsWith("/") ? host : `${host}:${port}`));
  return `${config.database ?? ""} at ${[...new Set(places)].join(" or ")}`;
}
