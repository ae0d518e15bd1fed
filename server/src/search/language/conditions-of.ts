/** What the value of a qualifier asks of an event. */
import {
  actorTypes,
  hideTokens,
  isCustomType,
  isOurType,
  isTargetType,
  limits,
  outcomes,
} from "daybook/internal";
import {
  type EventCondition,
  networkBits,
  phraseOf,
  type TextCondition,
  typedWords,
} from "../../full-text/index.ts";
import { most, type QualifierFault } from "./faults.ts";
import type { QualifierName, QualifierTerm } from "./search-terms.ts";

/** The qualifiers that are conditions on an event, without those about time and organization. */
export type ConditionName = Exclude<QualifierName, "org" | "after" | "before">;

/** Of several conditions, one must be met; or the name of a fault. */
type AskedConditions = readonly EventCondition[] | QualifierFault;
type Valued = Pick<QualifierTerm, "value" | "isQuoted">;

const isTooLong = (text: string, most: number): boolean =>
  Buffer.byteLength(text) > most || text.includes("\0");

/** What a value asks for. */
export const askedBy: Readonly<Record<ConditionName, (valued: Valued) => AskedConditions>> = {
  type: ({ value }) => typeOf(value),
  actor: (valued) => actorOf(valued),
  target: (valued) => targetOf(valued),
  outcome: ({ value }) => outcomeOf(value.toLowerCase()),
  changed: ({ value }) =>
    value.startsWith("/") && !isTooLong(value, limits.onePathBytes) ? [{ kind: "changed", value }] : "value",
  "recorded-by": ({ value }) => recorderOf(value),
  external: ({ value }) => exactly("externalId", value, limits.externalIdBytes),
  request: ({ value }) => exactly("requestId", value, limits.contextBytes),
  correlation: ({ value }) => exactly("correlationId", value, limits.contextBytes),
  ip: ({ value }) => {
    if (value.includes(",")) return "comma";
    return (
      networkBits(value)?.map((bits) => ({ kind: "address", value: bits, isBeginning: true })) ?? "value"
    );
  },
  agent: ({ value }) => named("userAgent", value),
};

/** Daybook's own types are in capitals, and may be typed in small letters. */
function typeOf(value: string): AskedConditions {
  if (value.includes(",")) return "comma";
  const star = value.indexOf("*");
  if (star >= 0 && star < value.length - 1) return "star";
  const capitals = value.toUpperCase();
  const spellings = capitals === value ? [value] : [value, capitals];
  if (star < 0) {
    const types = spellings.filter((type) => isOurType(type) || isCustomType(type));
    return types.length === 0 ? "value" : types.map((type) => ({ kind: "type", value: type }));
  }
  const isPrefix = /^[A-Za-z][\w.:/-]*\*$/.test(value) && value.length <= limits.eventTypeBytes;
  if (!isPrefix) return "value";
  return spellings.map((type) => ({ kind: "type", value: type.slice(0, -1), isBeginning: true }));
}

function outcomeOf(value: string): AskedConditions {
  if (value.includes(",")) return "comma";
  const outcome = outcomes.find((one) => one === value);
  return outcome === undefined ? "value" : [{ kind: "outcome", value: outcome }];
}

function exactly(
  kind: "externalId" | "requestId" | "correlationId",
  value: string,
  bytes: number,
): AskedConditions {
  const kept = hideTokens(value);
  return kept === "" || isTooLong(kept, bytes) ? "value" : [{ kind, value: kept }];
}

/** `type:id`, with the id as events keep it: tokens in it are hidden. */
interface Reference {
  readonly type: string;
  readonly id: string;
}

function referenceIn(value: string): Reference | undefined {
  const colon = value.indexOf(":");
  if (colon < 0 || !isTargetType(value.slice(0, colon))) return undefined;
  return { type: value.slice(0, colon), id: hideTokens(value.slice(colon + 1)) };
}

const isId = (id: string): boolean => id !== "" && !isTooLong(id, limits.idBytes);

function actorOf({ value, isQuoted }: Valued): AskedConditions {
  if (isQuoted) return named("actor", value);
  if (actorTypes.some((type) => type === value)) return "bareType";
  const reference = referenceIn(value);
  if (reference === undefined) return named("actor", value);
  const { type, id } = reference;
  if (!actorTypes.some((known) => known === type)) return "value";
  const mayLackId = type === "system" || type === "anonymous";
  return isId(id) || (id === "" && mayLackId) ? [{ kind: "actor", value: `${type}:${id}` }] : "value";
}

function targetOf({ value, isQuoted }: Valued): AskedConditions {
  const reference = isQuoted ? undefined : referenceIn(value);
  if (reference === undefined) return named("target", value);
  const { type, id } = reference;
  return isId(id) ? [{ kind: "target", value: `${type}:${id}` }] : "value";
}

const recorderTypes: readonly string[] = ["api_client", "operator", "server"];

function recorderOf(value: string): AskedConditions {
  if (value === "daybook" || value === "others") return [{ kind: "source", value }];
  const { type = "", id = "" } = referenceIn(value) ?? {};
  return recorderTypes.includes(type) && isId(id)
    ? [{ kind: "recordedBy", value: `${type}:${id}` }]
    : "value";
}

function named(within: TextCondition["within"], text: string): AskedConditions {
  const phrase = phraseOf(text);
  if (phrase.length === 0) return "noWord";
  return typedWords(text) > most.words ? "value" : [{ within, phrase }];
}
