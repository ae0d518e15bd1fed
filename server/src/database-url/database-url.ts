/**
 * Reads DATABASE_URL in each form that psql takes (PostgreSQL documentation, section 34.1.1): a URI, or `keyword=value` pairs. The result is
 * the keywords of libpq; nothing is looked up, and no error contains a value.
 */
import { readPairs } from "./pairs.ts";
import { readUri } from "./uri.ts";
import { DatabaseUrlError } from "./wrong.ts";

export { DatabaseUrlError };

/** The keywords that Daybook uses. */
const used = [
  "host",
  "hostaddr",
  "port",
  "dbname",
  "user",
  "password",
  "options",
  "application_name",
  "connect_timeout",
  "keepalives",
  "keepalives_idle",
  "target_session_attrs",
  "channel_binding",
  "sslmode",
  "sslnegotiation",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslpassword",
  "ssl_min_protocol_version",
] as const;

export type Keyword = (typeof used)[number];

/** The given keywords; `host` and `port` can be lists, separated by commas. */
export type Keywords = Partial<Readonly<Record<Keyword, string>>>;

/** Keywords that change who may answer or what Daybook sends, so ignoring them would be wrong. */
const unsupported: ReadonlyMap<string, string> = new Map([
  ["service", "write out what the service has"],
  ["servicefile", "write out what the service has"],
  ["passfile", "set PGPASSFILE"],
  ["sslcrl", "leave it out"],
  ["sslcrldir", "leave it out"],
  ["requirepeer", "leave it out"],
  ["require_auth", "leave it out"],
  ["replication", "leave it out"],
]);

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"];
const sessionAttributes = ["any", "read-write", "primary"];

const isNumber = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

/** What is wrong with a keyword, or undefined. */
function wrongIn(keyword: string, value: string): string | undefined {
  const instead = unsupported.get(keyword);
  if (instead !== undefined) return `must not have ${keyword}: ${instead}`;
  if (keyword === "port" && !value.split(",").every((port) => port === "" || isNumber(port)))
    return "must have numbers from 0 to 65535 as ports";
  if (keyword === "sslmode" && !sslModes.includes(value))
    return `must have one of ${sslModes.join(", ")} as sslmode`;
  if (keyword === "target_session_attrs" && !sessionAttributes.includes(value))
    return `must have one of ${sessionAttributes.join(", ")} as target_session_attrs, because Daybook writes`;
  return undefined;
}

/** The keywords of a connection string. Throws DatabaseUrlError, whose message continues a sentence after `DATABASE_URL`. */
export function parseDatabaseUrl(text: string): Keywords {
  const given = /^postgres(ql)?:\/\//.test(text) ? readUri(text) : readPairs(text);
  // as libpq reads JDBC's URIs
  if (given.get("ssl") === "true" && !given.has("sslmode")) given.set("sslmode", "require");
  for (const [keyword, value] of given) {
    const wrong = wrongIn(keyword, value);
    if (wrong !== undefined) throw new DatabaseUrlError(wrong);
  }
  const [hosts, ports] = ["host", "port"].map((keyword) => given.get(keyword)?.split(",").length ?? 1);
  if (ports! > 1 && ports !== hosts) throw new DatabaseUrlError("must have one port, or one for each host");
  return Object.fromEntries(
    used.flatMap((keyword) => {
      const value = given.get(keyword);
      return value === undefined || value === "" ? [] : [[keyword, value]];
    }),
  );
}
