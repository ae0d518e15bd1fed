/**
 * The personal split (spec/event.md, "Personal members"): what is personal leaves its slot for the slot beside it, so that
 * it can be erased alone. It refuses to know which members are personal beyond those that always are: the type's rules say.
 */
import { refuse } from "../error/index.ts";
import type { CheckedEvent } from "./check-event.ts";
import { isObject } from "./diff.ts";
import type { Change, Json, JsonObject, NormalEvent, Slots, TypeRules } from "./event.ts";
import { isMarked } from "./marks.ts";
import { pointerNames } from "./pointer.ts";

/** The slots of a checked event, whose `data` meets its schema. Throws `event-invalid` where a mark meets a list. */
export function splitPersonal(checked: CheckedEvent, rules: TypeRules): NormalEvent {
  const slots: Slots = {};
  splitActor(checked.actor, slots);
  if (checked.targets !== undefined) splitTargets(checked.targets, slots);
  if (checked.changes !== undefined) splitChanges(checked.changes, rules, slots);
  if (checked.context !== undefined) slots.context = checked.context;
  if (checked.data !== undefined) splitData(checked, rules, slots);
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

/** An actor, or the one it acts for, without name and email. */
function splitPerson(actor: JsonObject, pointer: string, personal: JsonObject): JsonObject {
  const rest: JsonObject = { type: actor.type!, id: actor.id! };
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

function splitData(checked: CheckedEvent, rules: TypeRules, slots: Slots): void {
  const marks = rules.personal.data;
  let data = checked.data!;
  let personal: JsonObject | undefined;
  // shorter marks come first when sorted: one that contains another takes its value whole
  for (const mark of marks.length > 1 ? [...marks].sort() : marks) {
    const taken = take(data, pointerNames(mark), 0);
    if (taken === "list") {
      throw refuse("event-invalid", {
        pointer: `${checked.pointer}/data${mark}`,
        detail: "A personal member lies in a list here; only members of objects can be personal.",
        remedy: "Send an object in place of the list.",
      });
    }
    if (taken === undefined) continue;
    data = taken.rest as JsonObject;
    personal ??= Object.create(null) as JsonObject;
    personal[mark] = taken.value;
  }
  slots.data = data;
  if (personal !== undefined) slots.dataPersonal = personal;
}

/** What `take` found: the value, and a copy of the parent without it. */
interface Taken {
  readonly value: Json;
  readonly rest: Json;
}

/** Takes out the value at `names[at…]`; undefined if there is none; "list" if it is an element of a list. */
function take(parent: Json, names: readonly string[], at: number): Taken | "list" | undefined {
  const name = names[at];
  if (name === undefined || !(isObject(parent) || Array.isArray(parent)) || !Object.hasOwn(parent, name)) {
    return undefined;
  }
  const last = at === names.length - 1;
  if (Array.isArray(parent)) {
    const index = Number(name);
    if (`${index}` !== name) return undefined;
    if (last) return "list";
    const deeper = take(parent[index]!, names, at + 1);
    return typeof deeper !== "object"
      ? deeper
      : { value: deeper.value, rest: parent.with(index, deeper.rest) };
  }
  const deeper = last ? undefined : take(parent[name]!, names, at + 1);
  if (!last && typeof deeper !== "object") return deeper;
  const rest: JsonObject = Object.assign(Object.create(null), parent);
  if (deeper === undefined) delete rest[name];
  else rest[name] = (deeper as Taken).rest;
  return { value: deeper === undefined ? parent[name]! : (deeper as Taken).value, rest };
}
