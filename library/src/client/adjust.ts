/**
 * Makes an event recordable: the people under audit must not be able to prevent recording with a long name or a strange character.
 * `context.adjusted` lists the changes. Ids stay as they are, because a cut id would be another party's.
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

/** The texts that have their own limits, by their place in an object. */
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

/** The event with its texts cut to the limits; the event itself if all fit. Doesn't change its input. */
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
  return withAdjusted({ ...event, ...present(fitted) }, cuts.pointers);
}

interface Cuts {
  readonly pointers: string[];
}

const present = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

function fitText<T>(value: T, pointer: string, limit: number, cuts: Cuts): T | string {
  if (typeof value !== "string" || fitsUtf8(value, limit)) return value;
  cuts.pointers.push(pointer);
  // half of a token would not be recognized as one
  return cutText(hideTokens(value), limit);
}

type Texts = readonly (readonly [string, number])[];

/** A value that isn't an object stays as it is; the server reports it. */
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

/** Adds the pointers to the existing ones, up to the limit of an event. */
function withAdjusted(event: EventInput, pointers: readonly string[]): EventInput {
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

/** Matches U+0000, or an escaped half of a surrogate pair, in a JSON text. */
const unkeepable = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/**
 * The event with U+FFFD in place of U+0000 and halves of surrogate pairs, which no event can contain; undefined if there are none. `text`
 * is its JSON. Names of members stay as they are.
 */
export function withoutUnkeepable(text: string): EventInput | undefined {
  if (!unkeepable.test(text)) return undefined;
  const pointers: string[] = [];
  const event = cleaned(JSON.parse(text) as Json, "", pointers) as unknown as EventInput;
  return pointers.length === 0 ? undefined : withAdjusted(event, pointers);
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
