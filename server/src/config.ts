/**
 * The configuration of a server process: one table of what can be set, read from the environment and the command line,
 * checked as a whole. `serve --help` and docs/configuration.md are printed from the table. Opens nothing, and never shows
 * the value of a secret.
 */
import { resolve } from "node:path";
import { DaybookError } from "daybook/error";

/** How much the server says of itself; the levels of pino. */
type LogLevel = (typeof logLevels)[number];

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** A checked configuration. */
export interface Config {
  /** 0: the system chooses a free one. */
  readonly port: number;
  readonly host: string;
  /** An absolute path. */
  readonly dataFolder: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the one in the data folder. */
  readonly operatorToken: string | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** `DAYBOOK_LOG_NAME`, else the host of the public URL. Counts only when the database is made. */
  readonly logName: string | undefined;
  readonly logLevel: LogLevel;
  /** Undefined: people sign in with passwords only. */
  readonly openid: OpenIdConfig | undefined;
  /** Whether people may sign in with a password. */
  readonly passwords: boolean;
  /** Undefined: no mail is sent. */
  readonly mail: MailConfig | undefined;
  /** How many proxies in front of Daybook are believed about the address that a request comes from; 0: none. */
  readonly trustedProxies: number;
  readonly limits: LimitsConfig;
}

/** An OpenID Connect provider and what it knows Daybook by. */
export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where mail goes out. */
export interface MailConfig {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly smtpUrl: string;
  readonly from: string;
}

/** How many requests a minute are taken. */
export interface LimitsConfig {
  /** Of one token or session. */
  readonly perCaller: number;
  /** Of one address, without a token or session that works. */
  readonly perAddress: number;
  /** False: for tests and measurements. */
  readonly on: boolean;
}

/** What the command line may set; each goes before its variable. Secrets can't: everyone on the machine sees them there. */
export type ConfigFlags = Partial<Record<FlagName, string>>;

type FlagName = "port" | "host" | "data" | "publicUrl" | "logName" | "logLevel";

/** One row of the table. */
export interface ConfigRow {
  /** The environment variable. */
  readonly name: string;
  /** The option of the command line, as in `ConfigFlags`. */
  readonly flag?: FlagName;
  /** What holds where it is not set: a value, or in words. */
  readonly default: string;
  /** One sentence: what it is. */
  readonly sentence: string;
}

const rows = {
  port: {
    name: "PORT",
    flag: "port",
    default: "4400",
    sentence: "The TCP port to listen on; 0 takes any free one.",
  },
  host: {
    name: "HOST",
    flag: "host",
    default: "127.0.0.1",
    sentence: "The address to listen on; 0.0.0.0 or :: for every network of the machine.",
  },
  dataFolder: {
    name: "DAYBOOK_DATA",
    flag: "data",
    default: "./data",
    sentence: "The folder of the embedded PostgreSQL, the operator token and the signing key.",
  },
  databaseUrl: {
    name: "DATABASE_URL",
    default: "the embedded PostgreSQL",
    sentence: "A PostgreSQL 15 or later, as postgresql://user:password@host:port/database.",
  },
  operatorToken: {
    name: "DAYBOOK_OPERATOR_TOKEN",
    default: "made at the first start, kept in the data folder",
    sentence: "The token of the service's operators: at least 32 printable ASCII characters without spaces.",
  },
  publicUrl: {
    name: "DAYBOOK_PUBLIC_URL",
    flag: "publicUrl",
    default: "none",
    sentence: "The address that people reach this service by, as https://daybook.example.com.",
  },
  logName: {
    name: "DAYBOOK_LOG_NAME",
    flag: "logName",
    default: "the host of DAYBOOK_PUBLIC_URL, else a random name",
    sentence:
      "The name that begins every log's origin; it counts when the database is made, and never changes.",
  },
  logLevel: {
    name: "LOG_LEVEL",
    flag: "logLevel",
    default: "info",
    sentence: `How much the server says of itself: ${logLevels.join(", ")}.`,
  },
  openidIssuer: {
    name: "DAYBOOK_OPENID_ISSUER",
    default: "none: people sign in with passwords",
    sentence: "The address of an OpenID Connect provider by which people sign in; needs DAYBOOK_PUBLIC_URL too.",
  },
  openidClientId: {
    name: "DAYBOOK_OPENID_CLIENT_ID",
    default: "none",
    sentence: "What that provider knows Daybook by.",
  },
  openidClientSecret: {
    name: "DAYBOOK_OPENID_CLIENT_SECRET",
    default: "none",
    sentence: "The secret that goes with it.",
  },
  passwords: {
    name: "DAYBOOK_PASSWORDS",
    default: "on",
    sentence: "off: nobody signs in with a password, only by the OpenID Connect provider.",
  },
  smtpUrl: {
    name: "DAYBOOK_SMTP_URL",
    default: "none: invitations are handed over as links",
    sentence: "The mail server that invitations go out by, as smtp://user:password@host:587 or smtps://….",
  },
  mailFrom: {
    name: "DAYBOOK_MAIL_FROM",
    default: "none",
    sentence: "The address that mail comes from, as Daybook <daybook@example.com>; goes with DAYBOOK_SMTP_URL.",
  },
  trustedProxies: {
    name: "DAYBOOK_TRUSTED_PROXIES",
    default: "0",
    sentence: "How many proxies stand in front: so many last entries of X-Forwarded-For are believed.",
  },
  perCaller: {
    name: "DAYBOOK_LIMIT_PER_CALLER",
    default: "60000",
    sentence: "Requests a minute that one token or session may make, in each process.",
  },
  perAddress: {
    name: "DAYBOOK_LIMIT_PER_ADDRESS",
    default: "300",
    sentence: "Requests a minute that one address may make without a token or session that works, in each process.",
  },
  limitsOn: {
    name: "DAYBOOK_LIMITS",
    default: "on",
    sentence: "off: no limits at all, for tests and measurements only.",
  },
} as const satisfies Record<string, ConfigRow>;

/** The table, in the order in which it is printed. */
export const configTable: readonly ConfigRow[] = Object.values(rows);

/** Throws a sentence that says what the value must be; gives back the value's meaning. */
type Reader<T> = (text: string) => T;

class Wrong extends Error {}

const wrong = (sentence: string): never => {
  throw new Wrong(sentence);
};

const readPort: Reader<number> = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? Number(text)
    : wrong(`must be a whole number from 0 to 65535, not ${shown(text)}`);

const readHost: Reader<string> = (text) =>
  /^[\w.:%-]{1,253}$/.test(text) ? text : wrong(`must be an IP address or a host name, not ${shown(text)}`);

const readFolder: Reader<string> = (text) =>
  text.includes("\0") ? wrong("must be the path of a folder") : resolve(text);

const readDatabaseUrl: Reader<string> = (text) =>
  /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
    ? text
    : wrong(
        "must be like postgresql://user:password@host:5432/database (in a password, write @ as %40, / as %2F, : as %3A)",
      );

const readToken: Reader<string> = (text) =>
  /^[!-~]{32,512}$/.test(text) ? text : wrong("must be 32 to 512 printable ASCII characters without spaces");

const readPublicUrl: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  return isPlain && /^https?:$/.test(url.protocol)
    ? url.href.replace(/\/+$/, "")
    : wrong("must be like https://daybook.example.com, without user, password, query or fragment");
};

const readLogName: Reader<string> = (text) =>
  /^[a-z0-9]([a-z0-9._/-]{0,98}[a-z0-9])?$/.test(text) && !text.includes("/o/")
    ? text
    : wrong(
        `must be like audit.example.com: 1 to 100 of a-z, 0-9, '.', '-', '_', '/', without '/o/', not ${shown(text)}`,
      );

const readLogLevel: Reader<LogLevel> = (text) =>
  logLevels.find((level) => level === text) ??
  wrong(`must be one of ${logLevels.join(", ")}, not ${shown(text)}`);

const readOnOff: Reader<boolean> = (text) =>
  text === "on" || text === "off" ? text === "on" : wrong(`must be on or off, not ${shown(text)}`);

const readCount = (most: number): Reader<number> => (text) =>
  /^\d{1,9}$/.test(text) && Number(text) <= most
    ? Number(text)
    : wrong(`must be a whole number from 0 to ${most}, not ${shown(text)}`);

const readIssuer: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return url?.protocol === "https:" || (url?.protocol === "http:" && loopback)
    ? text
    : wrong("must be the address of the provider, as https://login.example.com (http: on this machine only)");
};

const readSmtpUrl: Reader<string> = (text) =>
  /^smtps?:\/\//.test(text) && URL.canParse(text)
    ? text
    : wrong("must be like smtp://user:password@host:587 or smtps://user:password@host");

const readWords: Reader<string> = (text) =>
  /^[^\u0000-\u001f\u007f]{1,512}$/.test(text) ? text : wrong("must be 1 to 512 characters on one line");

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * Reads the configuration. Throws DaybookError `config-invalid` that names everything wrong at once, each variable with
 * what it must be. A variable that is set but empty is wrong: it is a mistake that would otherwise pass for a default.
 */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>>,
  flags: ConfigFlags = {},
): Config => {
  const faults: string[] = [];
  const read = <T, D>(key: keyof typeof rows, reader: Reader<T>, otherwise: D): T | D => {
    const row: ConfigRow = rows[key];
    const flag = row.flag && flags[row.flag];
    const text = flag ?? env[row.name];
    if (text === undefined) return otherwise;
    try {
      return text === "" ? wrong("is set but empty: give it a value, or remove it") : reader(text);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      faults.push(`${flag === undefined ? row.name : flagName(row.flag ?? "")} ${error.message}`);
      return otherwise;
    }
  };
  const publicUrl = read("publicUrl", readPublicUrl, undefined);
  /** A group of variables that are set together or not at all. */
  const together = (...keys: (keyof typeof rows)[]): boolean => {
    const isSet = (key: keyof typeof rows): boolean => env[rows[key].name] !== undefined;
    if (keys.some(isSet)) {
      for (const key of keys.filter((each) => !isSet(each)))
        faults.push(`${rows[key].name} is missing: ${keys.map((each) => rows[each].name).join(", ")} go together`);
    }
    return keys.every(isSet);
  };
  const config: Config = {
    port: read("port", readPort, readPort(rows.port.default)),
    host: read("host", readHost, rows.host.default),
    dataFolder: read("dataFolder", readFolder, resolve(rows.dataFolder.default)),
    databaseUrl: read("databaseUrl", readDatabaseUrl, undefined),
    operatorToken: read("operatorToken", readToken, undefined),
    publicUrl,
    logName: read("logName", readLogName, publicUrl === undefined ? undefined : new URL(publicUrl).hostname),
    openid: together("openidIssuer", "openidClientId", "openidClientSecret")
      ? {
          issuer: read("openidIssuer", readIssuer, ""),
          clientId: read("openidClientId", readWords, ""),
          clientSecret: read("openidClientSecret", readWords, ""),
        }
      : undefined,
    passwords: read("passwords", readOnOff, true),
    mail: together("smtpUrl", "mailFrom")
      ? { smtpUrl: read("smtpUrl", readSmtpUrl, ""), from: read("mailFrom", readWords, "") }
      : undefined,
    trustedProxies: read("trustedProxies", readCount(20), 0),
    limits: {
      perCaller: read("perCaller", readCount(1_000_000_000), Number(rows.perCaller.default)),
      perAddress: read("perAddress", readCount(1_000_000_000), Number(rows.perAddress.default)),
      on: read("limitsOn", readOnOff, true),
    },
    logLevel: read("logLevel", readLogLevel, "info"),
  };
  if (config.openid !== undefined && publicUrl === undefined)
    faults.push("DAYBOOK_PUBLIC_URL is missing: the provider sends people back to it");
  if (config.openid === undefined && !config.passwords)
    faults.push("DAYBOOK_PASSWORDS is off and there is no DAYBOOK_OPENID_ISSUER: nobody could sign in");
  if (faults.length === 0) return config;
  throw new DaybookError("config-invalid", {
    detail: `The configuration is wrong: ${faults.join("; ")}.`,
    remedy: `Correct ${faults.map((fault) => fault.split(" ")[0]).join(", ")}; 'daybook-server serve --help' describes each.`,
  });
};

/** An option as it is typed: `--log-level`. */
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

A server process is configured by environment variables; some have an option of \`daybook-server serve\` that goes before
the variable. All are checked at the start, and everything wrong is named at once. A variable that is set but empty is an
error. Secrets have no option, because the command line of a process can be seen by everyone on the machine.

| variable | option | default | what it is |
|---|---|---|---|
${configTable.map(tableLine).join("\n")}

This page is printed from the table in \`server/src/config.ts\`; \`UPDATE_SPEC=1 npx vitest run server/src/config.test.ts\`
writes it anew.
`;

const tableLine = ({ name, flag, default: otherwise, sentence }: ConfigRow): string =>
  `| \`${name}\` | ${flag === undefined ? "" : `\`${flagName(flag)}\``} | ${otherwise} | ${sentence} |`;
