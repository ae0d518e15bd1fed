/** The table of settings: variable, option, default, description. */

/** How often everything is checked. */
export type CheckInterval = (typeof checkIntervals)[number];

export const checkIntervals = ["off", "daily", "weekly"] as const;

/** How much the server logs; the levels of pino. */
export type LogLevel = (typeof logLevels)[number];

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** What a pooler in front of the database does: `auto` finds out. */
export const poolers = ["auto", "session", "transaction"] as const;

/**
 * The options of the command line, which override their variables. Secrets have none, because everyone on the machine can see the command
 * line.
 */
export type ConfigFlags = Partial<Record<FlagName, string>>;

type FlagName = "port" | "host" | "data" | "publicUrl" | "logName" | "logLevel";

/** One row of the table. */
export interface ConfigRow {
  /** The environment variable. */
  readonly name: string;
  /** The option of the command line, as in `ConfigFlags`. */
  readonly flag?: FlagName;
  /** The default: a value, or words. */
  readonly default: string;
  /** The description, in one sentence. */
  readonly sentence: string;
}

/** The names of the rows in the code. */
export type RowName =
  | "port"
  | "host"
  | "dataFolder"
  | "databaseUrl"
  | "runtimeRole"
  | "readerRole"
  | "pooler"
  | "preparedStatements"
  | "operatorToken"
  | "secretsKey"
  | "signingKey"
  | "publicUrl"
  | "logName"
  | "logLevel"
  | "openidIssuer"
  | "openidClientId"
  | "openidClientSecret"
  | "openidSignOut"
  | "passwords"
  | "sessionIdle"
  | "operatorIdle"
  | "freshMinutes"
  | "smtpUrl"
  | "mailFrom"
  | "trustedProxies"
  | "perCaller"
  | "perAddress"
  | "followsPerCaller"
  | "followsPerOrganization"
  | "bodyMebibytes"
  | "limitsOn"
  | "frameOrigins"
  | "stopSeconds"
  | "integrityCheck"
  | "gallery";

/** Every row, by its name in the code. */
export const rows: Readonly<Record<RowName, ConfigRow>> = {
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
    sentence: "The address to listen on; 0.0.0.0 or :: listens on all interfaces.",
  },
  dataFolder: {
    name: "DAYBOOK_DATA",
    flag: "data",
    default: "./data",
    sentence:
      "The folder of the embedded PostgreSQL, the operator token, the signing key and the secrets key.",
  },
  databaseUrl: {
    name: "DATABASE_URL",
    default: "the embedded PostgreSQL",
    sentence:
      "A PostgreSQL database, version 15 or later, in any form that psql takes: postgresql://user:password@host:port/database?sslmode=require or host=… dbname=… user=…. The variables of libpq work too, such as PGPASSWORD and PGSSLROOTCERT.",
  },
  runtimeRole: {
    name: "DAYBOOK_RUNTIME_ROLE",
    default: "the owner of the tables, followed by _runtime",
    sentence:
      "The role in the database of DATABASE_URL with which the server works; it can be the user of DATABASE_URL, unless that owns the tables.",
  },
  readerRole: {
    name: "DAYBOOK_READER_ROLE",
    default: "the owner of the tables, followed by _reader",
    sentence: "The role in that database with which the server reads within one organization.",
  },
  pooler: {
    name: "DAYBOOK_POOLER",
    default: "auto",
    sentence:
      "A pooler in front of the database, such as PgBouncer: session if it keeps each connection for one client, transaction if it gives them to others between transactions; auto recognizes a pooler and works with both.",
  },
  preparedStatements: {
    name: "DAYBOOK_PREPARED_STATEMENTS",
    default: "on, and off behind a pooler that shares connections",
    sentence:
      "off: no statement is prepared with a name; on: they are, also behind a pooler that knows them, such as PgBouncer from 1.21 with max_prepared_statements.",
  },
  operatorToken: {
    name: "DAYBOOK_OPERATOR_TOKEN",
    default: "generated at the first start and kept in the data folder",
    sentence: "The token of the service's operators: at least 32 printable ASCII characters without spaces.",
  },
  secretsKey: {
    name: "DAYBOOK_SECRETS_KEY",
    default: "generated at the first start and kept in the data folder",
    sentence:
      "The key that encrypts second factors: 32 random bytes in base64. Separate several keys with spaces: the first encrypts, all decrypt.",
  },
  signingKey: {
    name: "DAYBOOK_SIGNING_KEY",
    default: "required where it was made, and with the embedded PostgreSQL",
    sentence:
      "required: the process starts only with the signing key in the data folder; none: it starts without, and can't sign, because another process has the key or it is lost.",
  },
  publicUrl: {
    name: "DAYBOOK_PUBLIC_URL",
    flag: "publicUrl",
    default: "none",
    sentence: "The address at which people reach this service, such as https://daybook.example.com.",
  },
  logName: {
    name: "DAYBOOK_LOG_NAME",
    flag: "logName",
    default: "the host of DAYBOOK_PUBLIC_URL, or a random name",
    sentence:
      "The name at the start of every log's origin. It is set when the database is created, and never changes.",
  },
  logLevel: {
    name: "LOG_LEVEL",
    flag: "logLevel",
    default: "info",
    sentence: `The level of the server's own log: ${logLevels.join(", ")}.`,
  },
  openidIssuer: {
    name: "DAYBOOK_OPENID_ISSUER",
    default: "none: people sign in with passwords",
    sentence:
      "The issuer URL of the OpenID Connect provider that people sign in with; requires DAYBOOK_PUBLIC_URL.",
  },
  openidClientId: {
    name: "DAYBOOK_OPENID_CLIENT_ID",
    default: "none",
    sentence: "The client ID registered with the provider.",
  },
  openidClientSecret: {
    name: "DAYBOOK_OPENID_CLIENT_SECRET",
    default: "none",
    sentence: "The client secret registered with the provider.",
  },
  openidSignOut: {
    name: "DAYBOOK_OPENID_SIGN_OUT",
    default: "on",
    sentence:
      "off: signing out ends the Daybook session only; on: it also ends the provider's session, and the provider sends people back to /signed-out.",
  },
  passwords: {
    name: "DAYBOOK_PASSWORDS",
    default: "on",
    sentence: "off: passwords are not accepted, and everyone signs in with the OpenID Connect provider.",
  },
  sessionIdle: {
    name: "DAYBOOK_SESSION_IDLE_MINUTES",
    default: "1440",
    sentence:
      "Minutes of inactivity before people are signed out, from 5 to 20160. Every session ends 14 days after sign-in.",
  },
  operatorIdle: {
    name: "DAYBOOK_OPERATOR_IDLE_MINUTES",
    default: "30",
    sentence: "Minutes of inactivity before operators are signed out; at most DAYBOOK_SESSION_IDLE_MINUTES.",
  },
  freshMinutes: {
    name: "DAYBOOK_REAUTHENTICATION_MINUTES",
    default: "15",
    sentence:
      "Minutes, from 1 to 1440, after which people confirm their identity again before they delete, revoke, make owners, or change their second factor.",
  },
  smtpUrl: {
    name: "DAYBOOK_SMTP_URL",
    default: "none: people hand over invitations as links",
    sentence: "The mail server that sends invitations: smtp://user:password@host:587 or smtps://….",
  },
  mailFrom: {
    name: "DAYBOOK_MAIL_FROM",
    default: "none",
    sentence: "The sender address of mail, such as Daybook <daybook@example.com>; requires DAYBOOK_SMTP_URL.",
  },
  trustedProxies: {
    name: "DAYBOOK_TRUSTED_PROXIES",
    default: "0",
    sentence:
      "The number of proxies in front of Daybook: this many of the last entries in X-Forwarded-For are trusted.",
  },
  perCaller: {
    name: "DAYBOOK_LIMIT_PER_CALLER",
    default: "60000",
    sentence: "Requests per minute for each token or session, in each process.",
  },
  perAddress: {
    name: "DAYBOOK_LIMIT_PER_ADDRESS",
    default: "300",
    sentence: "Requests per minute for each IP address without a valid token or session, in each process.",
  },
  followsPerCaller: {
    name: "DAYBOOK_LIMIT_FOLLOWS_PER_CALLER",
    default: "100",
    sentence: "Open follows for each token or session, in each process.",
  },
  followsPerOrganization: {
    name: "DAYBOOK_LIMIT_FOLLOWS_PER_ORGANIZATION",
    default: "500",
    sentence: "Open follows for each organization, in each process.",
  },
  bodyMebibytes: {
    name: "DAYBOOK_LIMIT_BODIES_MIB",
    default: "64",
    sentence:
      "Memory for request bodies that are being received or handled, in MiB, in each process, from 8 to 65536. One caller can have three quarters of it.",
  },
  limitsOn: {
    name: "DAYBOOK_LIMITS",
    default: "on",
    sentence: "off: no limits of requests and follows, for tests and measurements only.",
  },
  frameOrigins: {
    name: "DAYBOOK_FRAME_ORIGINS",
    default: "none",
    sentence:
      "The origins of host applications that may embed the log in their pages, such as https://app.example.com, separated by spaces.",
  },
  stopSeconds: {
    name: "DAYBOOK_STOP_SECONDS",
    default: "9",
    sentence:
      "The seconds within which the process ends after SIGTERM or SIGINT, from 1 to 600. The default ends it before Docker kills it, after 10.",
  },
  integrityCheck: {
    name: "DAYBOOK_INTEGRITY_CHECK",
    default: "weekly",
    sentence:
      "How often Daybook checks all logs and its own rows, as fsck does: off, daily or weekly. A check takes at most a quarter of a core.",
  },
  gallery: {
    name: "DAYBOOK_GALLERY",
    default: "off",
    sentence: "on: /gallery shows the page components, for developers of Daybook.",
  },
};

/** The table, in the order of the help. */
export const configTable: readonly ConfigRow[] = Object.values(rows);

/** Rows that must be set together. */
export const together: readonly (readonly RowName[])[] = [
  ["openidIssuer", "openidClientId", "openidClientSecret"],
  ["smtpUrl", "mailFrom"],
];
