/**
 * Reads query parameters: unknown and repeated ones are refused by name, and values are parsed. It takes the parameters as a plain object
 * of texts.
 */
import { type DaybookError, type Issue, refuse } from "daybook/internal";
import { isTimeZone, type MomentReading, readMoment } from "./moments.ts";

/** Query parameters as they came: one text, or several for a repeated parameter. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Parameters by name; only those in the request. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

/** A repeated parameter means OR; this is the maximum number of values. */
const maxValues = 50;

/** An invalid value of a parameter, as data: the caller decides whether it is an error. */
export interface QueryIssue {
  /** The parameter. */
  readonly name: string;
  /** The invalid value, if the parameter can be repeated. */
  readonly value?: string;
  /** The rest of a sentence that begins with the parameter. */
  readonly wrong: string;
  readonly remedy?: string;
  /** Where in the value, in characters. */
  readonly place?: NonNullable<Issue["place"]>;
}

/** Throws the first of these issues, if there is one. */
export function refuseFirst([issue]: readonly QueryIssue[]): void {
  if (issue !== undefined) throw refusalOf(issue);
}

/** The error for a parameter: `query-invalid`, pointing to it by its name. */
export const refuseParameter = (name: string, wrong: string, remedy?: string): DaybookError =>
  refusalOf({ name, wrong, ...(remedy === undefined ? {} : { remedy }) });

/** The same for an issue; `code`: for what this caller may not ask for. */
export function refusalOf(
  { name, wrong, remedy, place }: QueryIssue,
  code: "query-invalid" | "not-allowed" = "query-invalid",
): DaybookError {
  return refuse(code, {
    pointer: `/${name.slice(0, 64).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    detail: `The parameter '${name}' ${wrong}`,
    ...(remedy === undefined ? {} : { remedy }),
    ...(place === undefined ? {} : { place }),
  });
}

/**
 * The parameters of a query.
 * @throws DaybookError `query-invalid` for a name that isn't allowed, and for over 50 values of one name
 */
export function readParameters(query: Query, allowed: readonly string[]): QueryParameters {
  const parameters = new Map<string, readonly string[]>();
  for (const name of Object.keys(query)) {
    const value = query[name];
    if (value === undefined) continue;
    if (!allowed.includes(name)) {
      const known =
        allowed.length > 0
          ? `This address takes ${allowed.join(", ")}.`
          : "This address takes no parameters.";
      throw refuseParameter(name.slice(0, 64), "is not known here.", known);
    }
    const values = typeof value === "string" ? [value] : value;
    if (values.length > maxValues) {
      throw refuseParameter(name, `has ${values.length} values; at most ${maxValues} are allowed.`);
    }
    parameters.set(name, values);
  }
  return parameters;
}

/** The one value of a parameter; refused if it is repeated. */
export function single(parameters: QueryParameters, name: string): string | undefined {
  const issues: QueryIssue[] = [];
  const value = readSingle(parameters, name, issues);
  refuseFirst(issues);
  return value;
}

/** The one value of a parameter. A repeated one has none, and adds to `issues`. */
export function readSingle(
  parameters: QueryParameters,
  name: string,
  issues: QueryIssue[],
): string | undefined {
  const values = parameters.get(name);
  if (values === undefined || values.length <= 1) return values?.[0];
  issues.push({ name, wrong: "was given more than once.", remedy: "Give it once." });
  return undefined;
}

/** A whole number in decimal digits, within its bounds; `fallback` if the parameter is absent. */
export function wholeNumber(
  parameters: QueryParameters,
  name: string,
  bounds: { min: number; max: number; fallback: number },
): number {
  const text = single(parameters, name);
  if (text === undefined) return bounds.fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.min && value <= bounds.max)) {
    throw refuseParameter(name, `must be a whole number from ${bounds.min} to ${bounds.max}.`);
  }
  return value;
}

/** One of the allowed words; undefined if the parameter is absent. */
export function oneOf<const W extends string>(
  parameters: QueryParameters,
  name: string,
  words: readonly W[],
): W | undefined {
  const text = single(parameters, name);
  if (text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw refuseParameter(name, `must be ${words.map((w) => `'${w}'`).join(" or ")}.`);
  return word;
}

/** A time in microseconds since 1970 UTC, as `readMoment` reads it. An invalid one adds to `issues`. */
export function readTime(
  parameters: QueryParameters,
  reading: MomentReading,
  issues: QueryIssue[],
): bigint | undefined {
  const { edge } = reading;
  const text = readSingle(parameters, edge, issues);
  if (text === undefined) return undefined;
  const micros = readMoment(text, reading);
  if (micros === undefined) {
    issues.push({
      name: edge,
      value: text,
      wrong: "must be a time as RFC 3339 writes it, with at most six decimals, a date, or how long ago.",
      remedy: "Write it like 2026-11-22T11:20:31Z, 2026-11-22 or 7d; a '+' in an address is written %2B.",
    });
  }
  return micros;
}

/** A time zone by its name; undefined if the parameter is absent. An invalid one adds to `issues`. */
export function readZone(
  parameters: QueryParameters,
  name: string,
  issues: QueryIssue[],
): string | undefined {
  const zone = readSingle(parameters, name, issues);
  if (zone === undefined || isTimeZone(zone)) return zone;
  issues.push({
    name,
    wrong: "is not the name of a time zone.",
    remedy: "Write it like Europe/Berlin, or UTC.",
  });
  return undefined;
}
