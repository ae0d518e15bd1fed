/** The rules for an API client's name, expiry date and scopes. All faults are reported together, in sentences that say what to enter. */
import { DaybookError, hideTokens, type Issue, refuse, type Scope, scopes } from "daybook/internal";
import { dateIssues, nameIssues, trimmed, wrong } from "../tokens/index.ts";

/** A new client after the checks. */
export interface CheckedClient {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly expiresOn: string;
  readonly scopes: readonly Scope[];
}

/** As sent: any JSON value. */
export interface WantedClient {
  readonly name?: unknown;
  readonly expiresOn?: unknown;
  readonly scopes?: unknown;
}

/** The minutes of seven days. */
const mostOverlap = 10_080;
/** The same in microseconds. */
export const longestOverlap: bigint = BigInt(mostOverlap) * 60_000_000n;

/**
 * A new client, ready to store. `now` in microseconds since 1970 UTC; `allowed`: the scopes that it may have.
 * @throws DaybookError `request-invalid`, with an issue for each place
 */
export function checkClient(
  wanted: WantedClient,
  now: bigint,
  allowed = scopes as readonly Scope[],
): CheckedClient {
  const name = trimmed(wanted.name);
  const issues = [
    ...nameIssues(name, "client"),
    ...dateIssues(wanted.expiresOn, now),
    ...scopeIssues(wanted.scopes, allowed),
  ];
  if (issues[0] !== undefined)
    throw new DaybookError("request-invalid", { detail: issues[0].detail, issues });
  return { name: hideTokens(name), expiresOn: wanted.expiresOn as string, scopes: wanted.scopes as Scope[] };
}

/**
 * The name, trimmed.
 * @throws DaybookError `request-invalid`
 */
export function checkName(wanted: unknown): string {
  const name = trimmed(wanted);
  const [issue] = nameIssues(name, "client");
  if (issue !== undefined) throw refuse("request-invalid", issue);
  return hideTokens(name);
}

function scopeIssues(wanted: unknown, allowed: readonly unknown[]): Issue[] {
  const at = "/scopes";
  if (!Array.isArray(wanted) || wanted.length === 0) return [wrong(at, "Select what the client may do")];
  const stranger = wanted.findIndex((each) => !allowed.includes(each));
  if (stranger >= 0) return [wrong(`${at}/${stranger}`, `Select from ${allowed.join(", ")}`)];
  const again = wanted.findIndex((each, index) => wanted.indexOf(each) < index);
  return again >= 0 ? [wrong(`${at}/${again}`, "Select each scope once")] : [];
}

/**
 * The overlap of old tokens in minutes; 0 if absent.
 * @throws DaybookError `request-invalid`
 */
export function checkOverlap(minutes: unknown): number {
  if (minutes === undefined) return 0;
  const fits =
    typeof minutes === "number" && Number.isInteger(minutes) && minutes >= 0 && minutes <= mostOverlap;
  if (fits) return minutes;
  const detail = "Overlap must be a whole number of minutes from 0 to 10,080, which is 7 days";
  throw refuse("request-invalid", { pointer: "/overlapMinutes", detail });
}
