/** The rules for the name and the expiry date of anything with a token: all faults, in sentences that say what to enter. */
import type { Issue } from "daybook/internal";
import { addDays, dayOf, inWords, isDay, yearAfter } from "./dates.ts";

/** The maximum number of characters (code points) of a trimmed name. */
const mostCharacters = 100;
const control = /\p{Cc}|\p{Cs}/u;
/** A visible character. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const wrong = (pointer: string, detail: string, remedy?: string): Issue =>
  remedy === undefined ? { pointer, detail } : { pointer, detail, remedy };

export const trimmed = (name: unknown): string => (typeof name === "string" ? name.trim() : "");

/** The faults of a trimmed name; `of` is the kind of thing, such as "client". */
export function nameIssues(name: string, of: string): Issue[] {
  const at = "/name";
  const words = `${of[0]!.toUpperCase()}${of.slice(1)} name`;
  if (control.test(name)) return [wrong(at, `${words} must not include control characters`)];
  if (!visible.test(name)) return [wrong(at, `Enter a ${of} name`)];
  if (name.length > 2 * mostCharacters || [...name].length > mostCharacters)
    return [wrong(at, `${words} must be ${mostCharacters} characters or fewer`)];
  return [];
}

/** From tomorrow to a year ahead; `now` in microseconds since 1970 UTC. */
export function dateIssues(expiresOn: unknown, now: bigint): Issue[] {
  const at = "/expiresOn";
  if (expiresOn === undefined || expiresOn === null || expiresOn === "")
    return [wrong(at, "Enter an expiry date")];
  if (typeof expiresOn !== "string" || !isDay(expiresOn))
    return [wrong(at, "Expiry date must be a real date", "Write it like 2027-05-31.")];
  const today = dayOf(now);
  const [first, last] = [addDays(today, 1), yearAfter(today)];
  if (expiresOn >= first && expiresOn <= last) return [];
  return [wrong(at, `Expiry date must be between ${inWords(first)} and ${inWords(last)}`)];
}
