/**
 * Making an event recordable: whoever is under audit must not decide, by a long name or a strange character, whether what they
 * did is recorded. What is changed is said in `context.adjusted`. Ids are left alone: a cut one would be another's.
 */
import {
  type Context,
  cutText,
  type EventInput,
  fitsUtf8,
  hideTokens,
  type Json,
  limits,
  pointerTo,
  utf8Length,
} from "../event/index.ts";

/** The texts that have a limit of their own, by where they stand in an object. */
const personTexts = [
  ["name", limits.nameBytes],
  ["email", limits.emailBytes],
] as const;
const contextTexts = [
  ["ip", limits.contextBytes],
  ["userAgent", limits.userAgentBytes],
  ["requestId", limits.contextBytes],
  ["correlationId", limits.contextBytes],
  ["traceparent", limits.contextBytes],
] as const;

/** The event with its texts cut to what an event may hold; the event itself where all fit. Alters nothing of what it is given. */
export function fitTexts(event: EventInput): EventInput {
  const cuts: Cuts = { pointers: [] };
  const { actor, targets, changes, context, reason } = event;
  const fitted = {
    actor: fitActor(actor, cuts),
    targets: fitItems(targets, (target, i) => fitMembers(target, `/targets/${i}`, [personTexts[0]], cuts)),
    changes: fitItems(changes, (change, i) =>
      fitMembers(change, `/changes/${i}`, [["label", limits.labelBytes]], cuts),
    ),
    context: fitMembers(context, "/context", contextTexts, cuts),
    reason: fitText(reason, "/reason", limits.reasonBytes, cuts),
  };
  if (cuts.pointers.length === 0) return event;
  return said({ ...event, ...present(fitted) }, cuts.pointers);
}

interface Cuts {
  readonly pointers: string[];
}

const present = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

function fitText<T>(value: T, pointer: string, limit: number, cuts: Cuts): T | string {
  if (typeof value !== "string" || fitsUtf8(value, limit)) return value;
  cuts.pointers.push(pointer);
  // half of a token would no longer be known for one
  return cutText(hideTokens(value), limit);
}

type Texts = readonly (readonly [string, number])[];

/** What is no object is left to the server, which says what it should be. */
function fitMembers<T>(object: T, place: string, texts: Texts, cuts: Cuts): T {
  if (typeof object !== "object" || object === null) return object;
  let fitted: T = object;
  for (const [name, limit] of texts) {
    const value = (object as Record<string, unknown>)[name];
    const cut = fitText(value, `${place}/${name}`, limit, cuts);
    if (cut !== value) fitted = { ...fitted, [name]: cut };
  }
  return fitted;
}

function fitItems<T>(items: T[] | undefined, fit: (item: T, i: number) => T): T[] | undefined {
  if (!Array.isArray(items)) return items;
  const fitted = items.map(fit);
  return fitted.some((item, i) => item !== items[i]) ? fitted : items;
}

function fitActor(actor: EventInput["actor"], cuts: Cuts): EventInput["actor"] {
  const fitted = fitMembers(actor, "/actor", personTexts, cuts);
  const behalf = fitted?.onBehalfOf;
  const other = fitMembers(behalf, "/actor/onBehalfOf", personTexts, cuts);
  return other === behalf || other === undefined ? fitted : { ...fitted, onBehalfOf: other };
}

/** With the pointers behind those that are there, as many as an event may have. */
function said(event: EventInput, pointers: readonly string[]): EventInput {
  const context: Context = { ...event.context };
  const { adjusted: before } = context;
  const adjusted = before === undefined || before === null ? [] : [...before];
  let bytes = adjusted.reduce((sum, pointer) => sum + utf8Length(pointer), 0);
  for (const pointer of pointers) {
    bytes += utf8Length(pointer);
    if (adjusted.length >= limits.adjusted || bytes > limits.adjustedBytes) break;
    if (!adjusted.includes(pointer)) adjusted.push(pointer);
  }
  return { ...event, context: { ...context, adjusted } };
}

/** In a JSON text: U+0000, or an escaped half of a surrogate pair. */
const unkeepable = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/**
 * The event with U+FFFD for U+0000 and for halves of surrogate pairs, which no event may hold; undefined if there are none. `text` is its
 * JSON. Names of members stay as they are.
 */
export function withoutUnkeepable(text: string): EventInput | undefined {
  if (!unkeepable.test(text)) return undefined;
  const pointers: string[] = [];
  const event = cleaned(JSON.parse(text) as Json, "", pointers) as unknown as EventInput;
  return pointers.length === 0 ? undefined : said(event, pointers);
}

function cleaned(value: Json, pointer: string, pointers: string[]): Json {
  if (typeof value === "string") {
    const clean = (value as string & { toWellFormed(): string }).toWellFormed().replaceAll("\0", "\ufffd");
    if (clean !== value) pointers.push(pointer);
    return clean;
  }
  if (Array.isArray(value)) return value.map((item, i) => cleaned(item, pointerTo(pointer, i), pointers));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, cleaned(member, pointerTo(pointer, name), pointers)] as const,
  );
  return Object.fromEntries(members);
}
