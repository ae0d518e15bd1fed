/** Reads the parameters that are qualifiers of a search, each with any number of values: one of them must fit. */
import { sources } from "daybook/internal";
import type { EventCondition, EventQuery } from "../full-text/index.ts";
import type { QueryIssue, QueryParameters } from "../query-string/index.ts";
import { askedBy, printSearch, type QualifierPlaces } from "./language/index.ts";

type QualifierParameter = "changed" | "externalId" | "ip" | "userAgent" | "requestId" | "correlationId";

/** The parameters of `readQualifierParameters`, besides `recordedBy`. */
export const qualifierParameters: readonly QualifierParameter[] = [
  "changed",
  "externalId",
  "ip",
  "userAgent",
  "requestId",
  "correlationId",
];

const unlike = { wrong: "is empty, or longer than those of events.", remedy: "Give it as events have it." };

/** The qualifier of each parameter, and the error of a value that the qualifier refuses. */
const table: Readonly<
  Record<QualifierParameter, { readonly name: keyof typeof askedBy; readonly said: typeof unlike }>
> = {
  changed: {
    name: "changed",
    said: {
      wrong: "must be the path of a change.",
      remedy: "Write it as events have it, like /expiresOn.",
    },
  },
  externalId: { name: "external", said: unlike },
  ip: {
    name: "ip",
    said: {
      wrong: "must be an IP address or a network.",
      remedy: "Write it like 192.0.2.17, 2001:db8::1 or 192.0.2.0/24.",
    },
  },
  userAgent: {
    name: "agent",
    said: { wrong: "has no letter or digit.", remedy: "Give words of the user agent, like curl." },
  },
  requestId: { name: "request", said: unlike },
  correlationId: { name: "correlation", said: unlike },
};

/** What the parameters ask for, and the same as qualifiers in a text. */
interface QualifierParametersRead {
  readonly wanted: EventQuery | undefined;
  readonly texts: readonly string[];
}

const all: readonly (QualifierParameter | "recordedBy")[] = [...qualifierParameters, "recordedBy"];
const nothing: QualifierParametersRead = { wanted: undefined, texts: [] };

/** Reads them; `inSearch`: the qualifiers in `q`, which MUST NOT be parameters too, because nobody could tell whether both must fit. */
export function readQualifierParameters(
  parameters: QueryParameters,
  inSearch: QualifierPlaces | undefined,
  issues: QueryIssue[],
): QualifierParametersRead {
  if (!all.some((name) => parameters.has(name))) return nothing;
  const anyOf: (readonly EventCondition[])[] = [];
  const texts: string[] = [];
  for (const parameter of all) {
    const { name, said } =
      parameter === "recordedBy" ? { name: "recorded-by" as const, said: undefined } : table[parameter];
    const values = valuesOf(parameters, parameter);
    // also a source, which is of the filter
    if ((parameters.get(parameter)?.length ?? 0) > 0 && inSearch?.has(name))
      issues.push({ name: parameter, wrong: `is in 'q' too, as '${name}:'.`, remedy: "Give it once." });
    const conditions = values.flatMap((value) => {
      const asked = askedBy[name]({ value, isQuoted: false });
      if (typeof asked !== "string") return asked;
      if (said !== undefined) issues.push({ name: parameter, value, ...said });
      return [];
    });
    if (conditions.length === 0) continue;
    anyOf.push(conditions);
    for (const value of values)
      texts.push(printSearch([{ isExcluded: false, name, value, isQuoted: /[\s"“”„]/u.test(value) }]));
  }
  return { wanted: anyOf.length === 0 ? undefined : { all: [], none: [], anyOf }, texts };
}

/** Each value once. Sources alone are of the filter (`readFilter`), which also says what is wrong with a recorder. */
function valuesOf(parameters: QueryParameters, parameter: QualifierParameter | "recordedBy"): string[] {
  const values = [...new Set(parameters.get(parameter))].sort();
  const isOfFilter =
    parameter === "recordedBy" && values.every((value) => sources.some((one) => one === value));
  return isOfFilter ? [] : values;
}
