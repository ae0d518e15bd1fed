/** The settings of a client: their defaults and their checks. No I/O. */
import { DaybookError } from "../error/index.ts";

/** The settings of a client. */
export interface ClientOptions {
  /** The server's address, such as `https://daybook.example.org`. It can have a path, but no query. */
  readonly url: string | URL;
  /** The token of an API client, limited to its scopes, or the operator token, which may do everything. */
  readonly token: string;
  /** The organization's slug or id. */
  readonly organization: string;
  /** The maximum time of one attempt until its response begins, in ms; for a stream, also the longest silence. Default 30,000. */
  readonly timeout?: number | undefined;
  /** The maximum time of a call with all its attempts and waits, in ms; streams have no such limit. Default 120,000. */
  readonly deadline?: number | undefined;
  /** The number of retries. Default 5; 0 means never. */
  readonly retries?: number | undefined;
}

/** The checked settings, with all defaults. */
export interface Settings {
  /** The base of addresses within the organization; it ends in `/v1/organizations/<organization>`. */
  readonly base: string;
  /** The base of other addresses; it ends in `/v1`. */
  readonly service: string;
  readonly organization: string;
  readonly token: string;
  readonly timeout: number;
  readonly deadline: number;
  readonly retries: number;
}

const invalid = (detail: string): DaybookError =>
  new DaybookError("config-invalid", { detail, remedy: "Correct the named option." });

function address(url: string | URL): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // not quoted in the error, because it can contain a password
    throw invalid("url: give an address such as http://127.0.0.1:4400");
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:")
    throw invalid("url: only http: and https: addresses are allowed");
  if (parsed.username || parsed.password) throw invalid("url: give the token apart, not inside the address");
  if (parsed.search || parsed.hash) throw invalid("url: the address must not have a query or a fragment");
  return parsed.href.replace(/\/+$/, "");
}

function number(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isSafeInteger(value) && value >= 0 && value <= 2 ** 31 - 1) return value;
  throw invalid(`${name}: ${value} is not a whole number from 0 to 2147483647`);
}

/** Checks the settings. Throws `config-invalid`, naming the option. */
export function settingsOf(options: ClientOptions): Settings {
  if (typeof options !== "object" || options === null)
    throw invalid("options: give an object with url, token and organization");
  const { token, organization } = options;
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token))
    throw invalid("token: it is missing, or has spaces or characters outside ASCII");
  if (typeof organization !== "string" || !/^[A-Za-z0-9_-]+$/.test(organization))
    throw invalid("organization: give the organization's slug or id");
  const service = `${address(options.url)}/v1`;
  return {
    base: `${service}/organizations/${organization}`,
    service,
    organization,
    token,
    timeout: Math.max(1, number("timeout", options.timeout, 30_000)),
    deadline: Math.max(1, number("deadline", options.deadline, 120_000)),
    retries: number("retries", options.retries, 5),
  };
}
