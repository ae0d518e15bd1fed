/**
 * Settles a checked event before it is split into slots (spec/hiding.md): adds labels to changes, and hides secrets in
 * every text of the event. This comes after the schema check of `data`, which sees the event as it was sent.
 */
import type { CheckedEvent } from "./check-event.ts";
import { cutText } from "./cut-text.ts";
import type { Json, JsonObject, TypeRules } from "./event.ts";
import { type Hiding, hideIn } from "./hide.ts";
import { hideChanges, hidePath } from "./hide-changes.ts";
import { limits } from "./limits.ts";
import { newestRules, type Rules } from "./rules.ts";
import { fitsUtf8 } from "./utf8.ts";

/** What settling needs besides the event. */
export interface Settling {
  /** True for Daybook's own events, whose members are never secret, whatever their names. */
  readonly own?: boolean | undefined;
  /** The default is the newest. */
  readonly rules?: Rules | undefined;
}

/** The event as it is stored. Doesn't change its input. */
export function settle(
  checked: CheckedEvent,
  type: TypeRules,
  { own = false, rules = newestRules }: Settling = {},
): CheckedEvent {
  const { tokens } = rules;
  const { actor, targets, changes, context, data, reason, producer } = checked;
  const hiding = (plain: readonly string[]): Hiding => ({ rules, byName: !own, plain });
  // members are named one by one, because this runs for every event and a spread of this size is slow
  return {
    pointer: checked.pointer,
    id: checked.id,
    type: checked.type,
    rules: checked.rules,
    occurredAt: checked.occurredAt,
    outcome: checked.outcome,
    unchanged: checked.unchanged,
    states: checked.states,
    actor: needsLook(tokens, actor.id, actor.name, actor.email, actor.onBehalfOf)
      ? hideMembers(actor, tokens)
      : actor,
    targets: targets && hideTargets(targets, tokens),
    changes: changes && hideChanges(changes, type, { ...hiding(type.plain.changes), states: checked.states }),
    context: context && cutUserAgent(hideContext(context, tokens)),
    data: data && (hideIn(data, { pointer: "", under: false }, hiding(type.plain.data)) as JsonObject),
    reason: reason && tokens.hide(reason),
    producer: producer && hideMembers(producer, tokens),
  };
}

/**
 * A user agent is cut to the length of other texts of the context, so that its length can't prevent an event from being
 * recorded.
 */
function cutUserAgent(context: JsonObject): JsonObject {
  const userAgent = context.userAgent as string | undefined;
  if (userAgent === undefined || fitsUtf8(userAgent, limits.contextBytes)) return context;
  const copy: JsonObject = Object.assign(Object.create(null), context);
  copy.userAgent = cutText(userAgent, limits.contextBytes);
  return copy;
}

/**
 * Whether a value is not a text, or a text with a token. The members of actors, targets and contexts are read by name,
 * because listing the members of the reader's objects is slower than everything else here.
 */
function needsLook(tokens: Rules["tokens"], ...values: (Json | undefined)[]): boolean {
  for (const value of values) {
    if (value !== undefined && (typeof value !== "string" || tokens.hide(value) !== value)) return true;
  }
  return false;
}

function hideTargets(targets: JsonObject[], tokens: Rules["tokens"]): JsonObject[] {
  return targets.some(({ id, name }) => needsLook(tokens, id, name))
    ? targets.map((target) => hideMembers(target, tokens))
    : targets;
}

function hideContext(context: JsonObject, tokens: Rules["tokens"]): JsonObject {
  const { ip, userAgent, requestId, correlationId, traceparent, adjusted } = context;
  return needsLook(tokens, ip, userAgent, requestId, correlationId, traceparent, adjusted)
    ? hideMembers(context, tokens)
    : context;
}

/** An actor, a target, a context or a producer with the tokens in its texts hidden. A list in it is a list of paths. */
function hideMembers(object: JsonObject, tokens: Rules["tokens"]): JsonObject {
  let copy: JsonObject | undefined;
  for (const name of Object.keys(object)) {
    const value = object[name];
    // these come from a fixed list, or have a form that no token has
    const kept = name === "type" || name === "interface" ? value : hideMember(value, tokens);
    if (kept === value) continue;
    copy ??= Object.assign(Object.create(null) as JsonObject, object);
    copy[name] = kept as Json;
  }
  return copy ?? object;
}

function hideMember(value: Json | undefined, tokens: Rules["tokens"]): Json | undefined {
  if (typeof value === "string") return tokens.hide(value);
  if (Array.isArray(value)) return hidePaths(value, tokens);
  return typeof value === "object" && value !== null ? hideMembers(value, tokens) : value;
}

function hidePaths(paths: Json[], tokens: Rules["tokens"]): Json[] {
  const kept = paths.map((path) => (typeof path === "string" ? hidePath(path, tokens) : path));
  return kept.some((path, i) => path !== paths[i]) ? kept : paths;
}
