/** What is suggested while someone types a search: values of a qualifier; of a word, the qualifiers, names and types that begin so. */
import type { RequestOrganization } from "../../../http/index.ts";
import { printSearch, type QualifierName, qualifierNames } from "../../../search/index.ts";
import type { RequestServices } from "../../../services.ts";
import { outcomeWords } from "../../event-card/words.ts";
import type { TypedTerm } from "./typed-term.ts";

/** One suggestion. */
interface Suggested {
  /** The text that takes the place of what was typed. */
  readonly insert: string;
  readonly label: string;
  readonly detail?: string | undefined;
}

export interface SuggestedGroup {
  readonly title: string;
  readonly options: readonly Suggested[];
}

interface SuggestionContext {
  readonly services: Pick<RequestServices, "search" | "eventTypes">;
  /** Undefined for the log of all, whose names are not suggested. */
  readonly organization: RequestOrganization | undefined;
}

/** What each qualifier asks for, in the order in which people need them. */
const meanings: Readonly<Record<QualifierName, string>> = {
  actor: "who did it",
  target: "what it was done to",
  type: "what happened",
  changed: "the field that changed",
  outcome: "success, denied or failed",
  ip: "an address, or a network",
  agent: "a browser or program",
  request: "everything of one request",
  correlation: "everything of one act",
  "recorded-by": "daybook, others, or a client",
  external: "the producer's own id",
  org: "one organization",
  after: "from a day or time on",
  before: "until a day or time",
};
const ofContext: ReadonlySet<QualifierName> = new Set(["ip", "agent", "request", "correlation"]);

const titles = { actor: "Actors", target: "Targets", type: "Types", changed: "Changed fields" } as const;
type NamedKind = keyof typeof titles;

/** The most of each group, if there are several. */
const fewOfEach = 4;
/** Letters after which names are suggested for a word. */
const enough = 2;

export async function suggestedFor(term: TypedTerm, context: SuggestionContext): Promise<SuggestedGroup[]> {
  const { name, text } = term;
  if (name === undefined) return forWord(text, context);
  if (isNamedKind(name)) return [{ title: titles[name], options: await valuesOf(name, text, context) }];
  const values = valuesByName[name] ?? [];
  const options = values.filter(([value]) => value.startsWith(text.toLowerCase()));
  return [
    { title: "Values", options: options.map(([value, label]) => ({ insert: `${name}:${value}`, label })) },
  ];
}

const isNamedKind = (name: QualifierName): name is NamedKind => Object.hasOwn(titles, name);

const valuesByName: Partial<Record<QualifierName, readonly (readonly [string, string])[]>> = {
  outcome: Object.entries(outcomeWords),
  "recorded-by": [
    ["daybook", "Daybook itself"],
    ["others", "Others, who vouch for it"],
  ],
};

async function forWord(text: string, context: SuggestionContext): Promise<SuggestedGroup[]> {
  const { organization } = context;
  const seesContext = organization?.view.context ?? true;
  const options = byUse
    .filter((name) => name.startsWith(text.toLowerCase()))
    .filter((name) => (seesContext || !ofContext.has(name)) && (name !== "org" || organization === undefined))
    .map((name) => ({ insert: `${name}:`, label: `${name}:`, detail: meanings[name] }));
  const qualifiers = { title: "Search by", options };
  if (text.length < enough) return [qualifiers];
  const groups = await Promise.all(
    (["actor", "target", "type"] as const).map(async (kind) => ({
      title: titles[kind],
      options: (await valuesOf(kind, text, context)).slice(0, fewOfEach),
    })),
  );
  return [qualifiers, ...groups];
}

const byUse: readonly QualifierName[] = Object.keys(meanings).filter((name): name is QualifierName =>
  qualifierNames.includes(name as QualifierName),
);

/** Longer texts have no suggestions. */
const longest = 200;

async function valuesOf(
  kind: NamedKind,
  text: string,
  { services, organization }: SuggestionContext,
): Promise<Suggested[]> {
  if (organization === undefined || text.length > longest) return [];
  const types = kind === "type" ? await services.eventTypes.list(organization.organizationId) : [];
  const found = await services.search.suggestions(organization, { kind, text, types });
  return found.map(({ value, label, detail }) => ({
    insert: printSearch([{ isExcluded: false, name: kind, value, isQuoted: false }]),
    label,
    detail: detail ?? (value === label ? undefined : value),
  }));
}
