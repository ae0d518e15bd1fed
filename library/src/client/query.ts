/** Turns values into parts of an address: queries, and names within a path. No I/O. */
import { DaybookError } from "../error/index.ts";

/** The values of a query; undefined ones are left out. */
export type QueryValues = Readonly<Record<string, string | number | Date | readonly string[] | undefined>>;

/** A time for the server. An invalid Date is refused, because JSON would make it null. */
function timeText(value: string | Date): string {
  if (typeof value === "string") return value;
  if (Number.isNaN(value.getTime()))
    throw new DaybookError("query-invalid", { detail: "The Date is invalid." });
  return value.toISOString();
}

/** The query of these values, with its `?`, or an empty text. */
export function queryOf(values: QueryValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else query.append(name, value instanceof Date ? timeText(value) : String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** `/teams/team_1` for "teams" and an id. An id that would change the address ("", "..") is `request-invalid`. */
export function pathOf(...parts: readonly string[]): string {
  for (const part of parts)
    if (typeof part !== "string" || /^\.{0,2}$/.test(part))
      throw new DaybookError("request-invalid", {
        detail: `'${part}' is not an id.`,
        remedy: "Give an id as a list shows it.",
      });
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}
