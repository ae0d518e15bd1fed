/**
 * The meaning of a search, slowly: it looks at each event as it is read back, and knows nothing of the index, its terms, or how a search is read.
 * Source: spec/search.md.
 */
import type { RecordedEvent } from "daybook/internal";
import type { QualifierTerm, SearchTerm } from "../language/search-terms.ts";

/** Letters and digits, without case and accents; other characters separate words. */
const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    // has no decomposition
    .replaceAll("ł", "l")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Whether the words stand in a text one after the other, each as the beginning of one; all but the last of a joined word are whole. */
function hasPhrase(text: string, phrase: string): boolean {
  const [words, wanted] = [wordsOf(text), wordsOf(phrase)];
  return words.some((_, at) => wanted.every((word, n) => words[at + n]?.startsWith(word)));
}

/** Every text of an event that words are looked for in. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function textsOfEvent({
  type,
  targets = [],
  actor,
  reason,
  producer,
  changes,
  data,
}: RecordedEvent): string[] {
  const party = <P extends { readonly type: string }>({ type: _type, ...rest }: P): unknown => rest;
  return textsOf([
    type,
    targets.map(party),
    actor && party(actor),
    reason,
    producer?.externalId,
    changes?.map(({ path, label, from, to }) => [path, label, from, to]),
    data,
  ]);
}

const partyTexts = (party: {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
}): string[] => [party.name, party.email, party.id].filter((text) => text !== undefined);

const keyOf = ({ type, id = "" }: { readonly type: string; readonly id?: string }): string => `${type}:${id}`;
const isReference = (value: string): boolean => /^[a-z_]+:/.test(value);

/** The number of an IPv4 address. */
const numberOf = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

function isInNetwork(ip: string | undefined, network: string): boolean {
  const [address = "", length = "32"] = network.split("/");
  if (ip === undefined || !/^[\d.]+$/.test(ip)) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(ip) / size) === Math.floor(numberOf(address) / size);
}

const isDaybooks = ({ recordedBy }: RecordedEvent): boolean =>
  recordedBy?.own === true || recordedBy?.type === "server";

type Meaning = (event: RecordedEvent, term: QualifierTerm) => boolean;

const dayOf = (value: string): number => Date.parse(`${value}T00:00:00Z`);

const meanings: Readonly<Record<QualifierTerm["name"], Meaning>> = {
  type: ({ type }, { value }) =>
    value.endsWith("*")
      ? [value, value.toUpperCase()].some((one) => type.startsWith(one.slice(0, -1)))
      : type === value || type === value.toUpperCase(),
  actor: ({ actor }, { value, isQuoted }) =>
    actor !== undefined &&
    (isReference(value) && !isQuoted
      ? keyOf(actor) === value
      : partyTexts(actor).some((text) => hasPhrase(text, value))),
  target: ({ targets = [] }, { value, isQuoted }) =>
    targets.some((target) =>
      isReference(value) && !isQuoted
        ? keyOf(target) === value
        : partyTexts(target).some((text) => hasPhrase(text, value)),
    ),
  outcome: ({ outcome }, { value }) => outcome === value.toLowerCase(),
  changed: ({ changes = [] }, { value }) => changes.some(({ path }) => path === value),
  "recorded-by": (event, { value }) => {
    if (value === "daybook" || value === "others") return isDaybooks(event) === (value === "daybook");
    return event.recordedBy !== undefined && keyOf(event.recordedBy) === value;
  },
  external: ({ producer }, { value }) => producer?.externalId === value,
  ip: ({ context }, { value }) => isInNetwork(context?.ip, value),
  agent: ({ context }, { value }) => hasPhrase(context?.userAgent ?? "", value),
  request: ({ context }, { value }) => context?.requestId === value,
  correlation: ({ context }, { value }) => context?.correlationId === value,
  org: ({ organization }, { value }) => organization.slug === value || organization.id === value,
  after: ({ occurredAt }, { value }) => Date.parse(occurredAt) >= dayOf(value),
  before: ({ occurredAt }, { value }) => Date.parse(occurredAt) < dayOf(value) + 86_400_000,
};

/** Whether an event is an answer to a search. Times are dates in UTC here, and addresses IPv4. */
export function isAnswer(event: RecordedEvent, terms: readonly SearchTerm[]): boolean {
  const texts = textsOfEvent(event);
  const isMet = (term: SearchTerm): boolean =>
    "name" in term ? meanings[term.name](event, term) : texts.some((text) => hasPhrase(text, term.text));
  const wanted = new Map<string, boolean>();
  for (const [n, term] of terms.entries()) {
    if (term.isExcluded) {
      if (isMet(term)) return false;
      continue;
    }
    // a qualifier again means either; each word must be there
    const kind = "name" in term ? term.name : `word ${n}`;
    wanted.set(kind, (wanted.get(kind) ?? false) || isMet(term));
  }
  return [...wanted.values()].every(Boolean);
}
