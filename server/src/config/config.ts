/**
 * The configuration of a server process, read from the environment and the command line and checked as a whole. Reading it opens nothing,
 * and errors never contain the value of a secret.
 */
import { resolve } from "node:path";
import { DaybookError } from "daybook/internal";
import * as readers from "./readers.ts";
import { type ReadSetting, readingOf } from "./reading.ts";
import { type CheckInterval, type ConfigFlags, type LogLevel, type poolers, rows } from "./table.ts";

/** A checked configuration. */
export interface Config {
  /** 0: the system chooses a free port. */
  readonly port: number;
  readonly host: string;
  /** An absolute path. */
  readonly dataFolder: string;
  /** If undefined, the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** The roles in the database; undefined: named after the owner of the tables. */
  readonly roles: RolesConfig;
  /** What a pooler in front of the database does with connections. */
  readonly pooler: (typeof poolers)[number];
  /** Whether statements are prepared; undefined: unless a pooler may not know them. */
  readonly preparedStatements: boolean | undefined;
  /** If undefined, the one in the data folder. */
  readonly operatorToken: string | undefined;
  /** One key or several; if undefined, those in the data folder. */
  readonly secretsKey: string | undefined;
  /** Whether the process needs the signing key to start; if undefined, where it was made, and with the embedded PostgreSQL. */
  readonly signingKey: "required" | "none" | undefined;
  /** Without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** `DAYBOOK_LOG_NAME`, else the host of the public URL. It counts only when the database is created. */
  readonly logName: string | undefined;
  readonly logLevel: LogLevel;
  /** If undefined, people sign in only with passwords. */
  readonly openid: OpenIdConfig | undefined;
  /** Whether people may sign in with a password. */
  readonly passwords: boolean;
  readonly idle: IdleConfig;
  /** For how many minutes a confirmation of identity is valid. */
  readonly freshMinutes: number;
  /** If undefined, Daybook sends no mail. */
  readonly mail: MailConfig | undefined;
  /** The number of trusted proxies in front of Daybook, which determine the address of a request; 0 if there are none. */
  readonly trustedProxies: number;
  readonly limits: LimitsConfig;
  /** They hold only while `limits.on`. */
  readonly follows: FollowsConfig;
  /** Memory for request bodies, in MiB. */
  readonly bodyMebibytes: number;
  /** The origins of pages that can show a viewer's log in a frame. */
  readonly frameOrigins: readonly string[];
  /** The time for stopping. */
  readonly stopSeconds: number;
  /** How often everything is checked. */
  readonly integrityCheck: CheckInterval;
  /** Whether /gallery shows the components of the pages. */
  readonly gallery: boolean;
}

/** The names of roles in the database of DATABASE_URL. */
interface RolesConfig {
  readonly reader: string | undefined;
  readonly runtime: string | undefined;
}

/** An OpenID Connect provider, with Daybook's credentials there. */
interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether signing out also ends the session there. */
  readonly signOut: boolean;
}

/** The minutes without a request after which a session ends. */
interface IdleConfig {
  readonly members: number;
  readonly operators: number;
}

/** The mail server. */
interface MailConfig {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtpUrl: string;
  readonly from: string;
}

/** The limits of requests a minute. */
export interface LimitsConfig {
  /** For one token or session. */
  readonly perCaller: number;
  /** For one address without a working token or session. */
  readonly perAddress: number;
  /** False only for tests and measurements. */
  readonly on: boolean;
}

/** The limits of open follows. */
export interface FollowsConfig {
  /** For one token or session. */
  readonly perCaller: number;
  readonly perOrganization: number;
}

/**
 * Reads the configuration. Throws DaybookError `config-invalid`, which names all faults together, each variable with its valid values. A
 * variable that is set but empty is a fault, because it would otherwise look like a default.
 */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>>,
  flags: ConfigFlags = {},
): Config => {
  const { read, faults } = readingOf(env, flags);
  const publicUrl = read("publicUrl", readers.readPublicUrl, undefined);
  const config: Config = {
    port: read("port", readers.readPort, Number(rows.port.default)),
    host: read("host", readers.readHost, rows.host.default),
    dataFolder: read("dataFolder", readers.readFolder, resolve(rows.dataFolder.default)),
    databaseUrl: read("databaseUrl", readers.readDatabaseUrl, undefined),
    roles: {
      reader: read("readerRole", readers.readRole, undefined),
      runtime: read("runtimeRole", readers.readRole, undefined),
    },
    pooler: read("pooler", readers.readPooler, "auto"),
    preparedStatements: read("preparedStatements", readers.readOnOff, undefined),
    operatorToken: read("operatorToken", readers.readToken, undefined),
    secretsKey: read("secretsKey", readers.readSecretsKey, undefined),
    signingKey: read("signingKey", readers.readNeeded, undefined),
    publicUrl,
    logName: read(
      "logName",
      readers.readLogName,
      publicUrl === undefined ? undefined : new URL(publicUrl).hostname,
    ),
    ...signInConfig(read),
    idle: idleConfig(read),
    trustedProxies: read("trustedProxies", readers.readCount(20), Number(rows.trustedProxies.default)),
    limits: limitsConfig(read),
    follows: followsConfig(read),
    bodyMebibytes: read(
      "bodyMebibytes",
      readers.readCountFrom(8, 65_536),
      Number(rows.bodyMebibytes.default),
    ),
    frameOrigins: read("frameOrigins", readers.readOrigins, []),
    stopSeconds: read("stopSeconds", readers.readCountFrom(1, 600), Number(rows.stopSeconds.default)),
    integrityCheck: read("integrityCheck", readers.readInterval, "weekly"),
    gallery: read("gallery", readers.readOnOff, false),
    logLevel: read("logLevel", readers.readLogLevel, "info"),
  };
  const { openid, passwords } = config;
  if (openid !== undefined && publicUrl === undefined)
    faults.push("DAYBOOK_PUBLIC_URL is missing: the provider redirects people to it");
  if (openid === undefined && !passwords)
    faults.push("DAYBOOK_PASSWORDS is off and DAYBOOK_OPENID_ISSUER is not set: nobody could sign in");
  if (config.databaseUrl === undefined && (config.roles.reader ?? config.roles.runtime) !== undefined)
    faults.push("DATABASE_URL is missing: the embedded PostgreSQL has its own roles");
  if (faults.length > 0) throw wrongConfig(faults);
  return config;
};

function idleConfig(read: ReadSetting): IdleConfig {
  const between = readers.readCountFrom(5, 20_160);
  const members = read("sessionIdle", between, Number(rows.sessionIdle.default));
  const usual = Math.min(members, Number(rows.operatorIdle.default));
  return { members, operators: read("operatorIdle", readers.readCountFrom(5, members), usual) };
}

function signInConfig(read: ReadSetting): Pick<Config, "openid" | "passwords" | "freshMinutes" | "mail"> {
  const issuer = read("openidIssuer", readers.readIssuer, undefined);
  const clientId = read("openidClientId", readers.readWords, undefined);
  const clientSecret = read("openidClientSecret", readers.readWords, undefined);
  const signOut = read("openidSignOut", readers.readOnOff, true);
  const smtpUrl = read("smtpUrl", readers.readSmtpUrl, undefined);
  const from = read("mailFrom", readers.readWords, undefined);
  return {
    openid:
      issuer === undefined || clientId === undefined || clientSecret === undefined
        ? undefined
        : { issuer, clientId, clientSecret, signOut },
    passwords: read("passwords", readers.readOnOff, true),
    freshMinutes: read("freshMinutes", readers.readMinutes(1, 1_440), Number(rows.freshMinutes.default)),
    mail: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  };
}

const limitsConfig = (read: ReadSetting): LimitsConfig => ({
  perCaller: read("perCaller", readers.readCount(1_000_000_000), Number(rows.perCaller.default)),
  perAddress: read("perAddress", readers.readCount(1_000_000_000), Number(rows.perAddress.default)),
  on: read("limitsOn", readers.readOnOff, true),
});

const followsConfig = (read: ReadSetting): FollowsConfig => ({
  perCaller: read("followsPerCaller", readers.readCount(1_000_000), Number(rows.followsPerCaller.default)),
  perOrganization: read(
    "followsPerOrganization",
    readers.readCount(1_000_000),
    Number(rows.followsPerOrganization.default),
  ),
});

function wrongConfig(faults: readonly string[]): DaybookError {
  const names = new Set(faults.map((fault) => fault.split(" ")[0]));
  return new DaybookError("config-invalid", {
    detail: `The configuration is not valid: ${faults.join("; ")}.`,
    remedy: `Correct ${[...names].join(", ")}; 'daybook-server serve --help' describes each.`,
  });
}
