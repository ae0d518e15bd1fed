/** Why a database can't be used: one sentence, without the password, and a remedy for this cause. */
import { DaybookError } from "daybook/internal";
import { sqlName } from "../statements/sql-name.ts";
import { placeOf, type ResolvedDatabase } from "./database.ts";
import { mostConnections } from "./lanes.ts";
import { StandbyError } from "./targets.ts";

/** What is wrong, as the end of a sentence, and what to do. */
interface Cause {
  readonly why: string;
  readonly remedy: string;
}

const network = "Check the host and port in DATABASE_URL, and the network between.";
const credentials =
  "Correct the user and password in DATABASE_URL, or set PGPASSWORD; in a URL, write @ as %40, / as %2F and % as %25.";
const authority =
  "Name the file with the authority's certificate: add sslrootcert=FILE to DATABASE_URL, or set PGSSLROOTCERT. sslmode=require without it encrypts, and doesn't check who answers.";
const notRunning = "Check that PostgreSQL runs there, and the host and port in DATABASE_URL.";
const owner =
  "Connect as the owner of the database, or let a superuser run what 'daybook-server migrate --print-sql' prints.";

const ofCode: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: { why: "nothing answers there", remedy: notRunning },
  ENOENT: { why: "there is no such socket", remedy: notRunning },
  ENOTFOUND: { why: "there is no such host", remedy: "Correct the host in DATABASE_URL." },
  EAI_AGAIN: { why: "the host's name can't be resolved", remedy: network },
  ETIMEDOUT: { why: "no answer came in time", remedy: network },
  EHOSTUNREACH: { why: "the host can't be reached", remedy: network },
  ENETUNREACH: { why: "the network can't be reached", remedy: network },
  ECONNRESET: { why: "the connection was closed", remedy: network },
  EACCES: {
    why: "this user may not use the socket",
    remedy: "Run Daybook as a user who may write to the socket of PostgreSQL.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: "the server's certificate is for another host",
    remedy:
      "Use a host of the certificate in DATABASE_URL, or sslmode=verify-ca to check only who issued it.",
  },
  CERT_HAS_EXPIRED: {
    why: "the server's certificate has expired",
    remedy: "Renew the certificate of the database server.",
  },
  "28000": {
    why: "the server doesn't let the user connect",
    remedy:
      "Make the user if there is none. Allow the user, the database and this machine in pg_hba.conf; if it requires TLS, use sslmode=require.",
  },
  "28P01": { why: "the password or the user is wrong", remedy: credentials },
  "53100": { why: "its disk is full", remedy: "Make room on the disk of the database." },
  "53300": {
    why: "it has no connection left to give",
    remedy: `Raise max_connections of the server, or the CONNECTION LIMIT of the user or database: a process of Daybook opens up to ${mostConnections} connections.`,
  },
  "57P03": {
    why: "it is still starting, or stopping",
    remedy: "Wait until PostgreSQL is ready, and start again.",
  },
  "3F000": {
    why: "the search path names no schema that exists",
    remedy:
      "Create the schema, or correct search_path (of the user, of the database, or in options of DATABASE_URL).",
  },
  "42501": { why: "the user may not do what Daybook needs there", remedy: owner },
};

const authorities: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);

/** Failures without a code, by their text. */
const ofText: readonly (readonly [RegExp, Cause])[] = [
  [/password must be/, { why: "it asks for a password, and there is none", remedy: credentials }],
  [
    /does not support SSL/,
    { why: "the server has no TLS", remedy: "Turn on ssl in PostgreSQL, or use sslmode=prefer or disable." },
  ],
  [/timeout/, { why: "no answer came in time", remedy: network }],
  [/unexpectedly/, { why: "the connection was closed", remedy: network }],
  [
    /server_login_retry/,
    {
      why: "the pooler can't connect to PostgreSQL",
      remedy: "Check that PostgreSQL runs behind the pooler; the pooler's log says why it can't connect.",
    },
  ],
  [
    /unsupported startup parameter/,
    {
      why: "the pooler passes no options on",
      remedy:
        "Set the search path of the user instead (ALTER ROLE … SET search_path), or ignore_startup_parameters in PgBouncer.",
    },
  ],
];

function causeOf(error: unknown, { config }: ResolvedDatabase): Cause {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  if (error instanceof StandbyError)
    return {
      why: message,
      remedy: "Name the primary in DATABASE_URL; several hosts can stand there, separated by commas.",
    };
  if (code === "3D000") {
    const make = `CREATE DATABASE ${sqlName(config.database ?? "")} OWNER ${sqlName(config.user ?? "")} ENCODING 'UTF8' TEMPLATE template0;`;
    return {
      why: "there is no such database",
      remedy: `Correct DATABASE_URL, or let a superuser run: ${make}`,
    };
  }
  if (authorities.has(code))
    return { why: "the authority of the server's certificate is not known", remedy: authority };
  const known = ofCode[code] ?? ofText.find(([text]) => text.test(message))?.[1];
  if (known === undefined) return { why: message, remedy: "Check DATABASE_URL and the log of PostgreSQL." };
  // the server says which right is missing
  return code === "42501" ? { ...known, why: `${known.why} (${message})` } : known;
}

/** A sentence that says why the database of `DATABASE_URL` can't be used. */
export function unusable(error: unknown, database: ResolvedDatabase): DaybookError {
  if (error instanceof DaybookError) return error;
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const { why, remedy } = causeOf(first, database);
  return new DaybookError("config-invalid", {
    detail: `The database ${placeOf(database)} can't be used: ${why}.`,
    remedy,
    cause: error,
  });
}
