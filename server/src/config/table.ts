/** The one table of what can be set: variable, option, default, and what it is. It refuses to know how a value is read. */

/** How much the server says of itself; the levels of pino. */
export type LogLevel = (typeof logLevels)[number];

export const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

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

/** The names that the rows go by in the code. */
export type RowName =
  | "port"
  | "host"
  | "dataFolder"
  | "databaseUrl"
  | "operatorToken"
  | "secretsKey"
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
  | "limitsOn"
  | "frameOrigins"
  | "gallery";

/** Every row, by the name that the reader of the configuration has for it. */
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
    sentence: "The address to listen on; 0.0.0.0 or :: for every network of the machine.",
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
    sentence: "A PostgreSQL 15 or later, as postgresql://user:password@host:port/database.",
  },
  operatorToken: {
    name: "DAYBOOK_OPERATOR_TOKEN",
    default: "made at the first start, kept in the data folder",
    sentence: "The token of the service's operators: at least 32 printable ASCII characters without spaces.",
  },
  secretsKey: {
    name: "DAYBOOK_SECRETS_KEY",
    default: "made at the first start, kept in the data folder",
    sentence:
      "The key that secrets of second factors are encrypted by: 32 random bytes as base64; of several, separated by spaces, the first encrypts and all decrypt.",
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
    sentence:
      "The address of an OpenID Connect provider by which people sign in; needs DAYBOOK_PUBLIC_URL too.",
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
  openidSignOut: {
    name: "DAYBOOK_OPENID_SIGN_OUT",
    default: "on",
    sentence:
      "off: signing out ends the session of Daybook alone; on: that of the provider too, which sends people back to /signed-out.",
  },
  passwords: {
    name: "DAYBOOK_PASSWORDS",
    default: "on",
    sentence: "off: nobody signs in with a password, only by the OpenID Connect provider.",
  },
  sessionIdle: {
    name: "DAYBOOK_SESSION_IDLE_MINUTES",
    default: "1440",
    sentence:
      "Minutes without a request after which people are signed out, from 5 to 20160; 14 days after signing in they are in any case.",
  },
  operatorIdle: {
    name: "DAYBOOK_OPERATOR_IDLE_MINUTES",
    default: "30",
    sentence: "The same for operators, who see every organization; at most DAYBOOK_SESSION_IDLE_MINUTES.",
  },
  freshMinutes: {
    name: "DAYBOOK_REAUTHENTICATION_MINUTES",
    default: "15",
    sentence:
      "Minutes after which people show once more who they are before they delete, revoke, make owners or change their second factor, from 1 to 1440.",
  },
  smtpUrl: {
    name: "DAYBOOK_SMTP_URL",
    default: "none: invitations are handed over as links",
    sentence: "The mail server that invitations go out by, as smtp://user:password@host:587 or smtps://….",
  },
  mailFrom: {
    name: "DAYBOOK_MAIL_FROM",
    default: "none",
    sentence:
      "The address that mail comes from, as Daybook <daybook@example.com>; goes with DAYBOOK_SMTP_URL.",
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
    sentence:
      "Requests a minute that one address may make without a token or session that works, in each process.",
  },
  limitsOn: {
    name: "DAYBOOK_LIMITS",
    default: "on",
    sentence: "off: no limits at all, for tests and measurements only.",
  },
  frameOrigins: {
    name: "DAYBOOK_FRAME_ORIGINS",
    default: "none",
    sentence:
      "The origins of host applications that may show viewers the log within their pages, as https://app.example.com, separated by spaces.",
  },
  gallery: {
    name: "DAYBOOK_GALLERY",
    default: "off",
    sentence: "on: /gallery shows the components of the pages, for who works on them.",
  },
};

/** The table, in the order in which it is printed. */
export const configTable: readonly ConfigRow[] = Object.values(rows);

/** Rows that are set together or not at all. */
export const together: readonly (readonly RowName[])[] = [
  ["openidIssuer", "openidClientId", "openidClientSecret"],
  ["smtpUrl", "mailFrom"],
];
