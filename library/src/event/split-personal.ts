/**
 * Splits off personal members (spec/event.md, "Personal members"): they move from their slot to the slot beside it, so
 * that they can be erased alone.
 */
import type { CheckedEvent } from "./check-event.ts";
import { isObject } from "./diff.ts";
import type { Change, Json, JsonObject, NormalEvent, Slots, TypeRules } from "./event.ts";
import { isMarked } from "./marks.ts";
import { pointerNames, pointerTo } from "./pointer.ts";

/** The slots of a settled event, whose `data` matches its schema. */
export function splitPersonal(checked: CheckedEvent, rules: TypeRules): NormalEvent {
  const slots: Slots = {};
  splitActor(checked.actor, slots);
  if (checked.targets !== undefined) splitTargets(checked.targets, slots);
  if (checked.changes !== undefined) splitChanges(checked.changes, rules, slots);
  if (checked.context !== undefined) slots.context = checked.context;
  if (checked.data !== undefined) splitData(checked.data, rules, slots);
  if (checked.producer !== undefined) slots.producer = checked.producer;
  if (checked.reason !== undefined) slots.reason = checked.reason;
  if (rules.version > 1) slots.typeVersion = rules.version;
  return {
    id: checked.id,
    type: checked.type,
    occurredAt: checked.occurredAt,
    outcome: checked.outcome,
    slots,
    unchanged: checked.unchanged,
  };
}

function splitActor(actor: JsonObject, slots: Slots): void {
  const personal: JsonObject = {};
  slots.actor = splitPerson(actor, "", personal);
  for (const _ in personal) {
    slots.actorPersonal = personal;
    return;
  }
}

/** An actor, or its `onBehalfOf`, without name and email. */
function splitPerson(actor: JsonObject, pointer: string, personal: JsonObject): JsonObject {
  const rest: JsonObject =
    actor.id === undefined ? { type: actor.type! } : { type: actor.type!, id: actor.id };
  if (actor.name !== undefined) personal[`${pointer}/name`] = actor.name;
  if (actor.email !== undefined) personal[`${pointer}/email`] = actor.email;
  if (actor.onBehalfOf !== undefined) {
    rest.onBehalfOf = splitPerson(actor.onBehalfOf as JsonObject, "/onBehalfOf", personal);
  }
  return rest;
}

function splitTargets(targets: JsonObject[], slots: Slots): void {
  let personal: JsonObject | undefined;
  slots.targets = targets.map((target, i) => {
    if (target.type !== "user" || target.name === undefined) return target;
    personal ??= {};
    personal[`/${i}/name`] = target.name;
    return { type: target.type, id: target.id! };
  });
  if (personal !== undefined) slots.targetsPersonal = personal;
}

function splitChanges(changes: readonly Change[], rules: TypeRules, slots: Slots): void {
  const marks = rules.personal.changes;
  let personal: JsonObject | undefined;
  const kept = changes.map((change, i) => {
    if ((change.from === undefined && change.to === undefined) || !isMarked(change.path, marks))
      return change;
    const { from, to, ...rest } = change;
    personal ??= {};
    if (from !== undefined) personal[`/${i}/from`] = from;
    if (to !== undefined) personal[`/${i}/to`] = to;
    return rest;
  });
  slots.changes = kept as unknown as Json[];
  if (personal !== undefined) slots.changesPersonal = personal;
}

function splitData(whole: JsonObject, rules: TypeRules, slots: Slots): void {
  const marks = rules.personal.data;
  let data = whole;
  let personal: JsonObject | undefined;
  // a mark sorts before the marks that it contains: it moves its whole value, and they find nothing
  for (const mark of marks.length > 1 ? [...marks].sort() : marks) {
    const taken = take(data, pointerNames(mark), "");
    if (taken === undefined) continue;
    data = taken.rest;
    personal ??= Object.create(null) as JsonObject;
    personal[taken.pointer] = taken.value;
  }
  slots.data = data;
  if (personal !== undefined) slots.dataPersonal = personal;
}

/** The result of `take`: the value, its pointer, and a copy of the object without it. */
interface Taken {
  readonly pointer: string;
  readonly value: Json;
  readonly rest: JsonObject;
}

/**
 * Removes the value at `names` within `parent`, whose own pointer is `place`; undefined if there is none. A list on the
 * way moves as a whole, because only members of objects can be removed and put back.
 */
function take(parent: JsonObject, [name, ...names]: readonly string[], place: string): Taken | undefined {
  if (name === undefined || !Object.hasOwn(parent, name)) return undefined;
  const value = parent[name]!;
  const pointer = pointerTo(place, name);
  const isLast = names.length === 0 || Array.isArray(value);
  const deeper = !isLast && isObject(value) ? take(value, names, pointer) : undefined;
  if (!isLast && deeper === undefined) return undefined;
  const rest: JsonObject = Object.assign(Object.create(null), parent);
  if (deeper === undefined) {
    delete rest[name];
    return { pointer, value, rest };
  }
  rest[name] = deeper.rest;
  return { ...deeper, rest };
}
