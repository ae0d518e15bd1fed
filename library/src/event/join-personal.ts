/** Joins the personal members of an event with the others when it is read: the reverse of `split-personal.ts`. */
import { DaybookError } from "../error/index.ts";
import type { EventInput, Json, JsonObject, SlotName, Slots } from "./event.ts";
import { pointerNames } from "./pointer.ts";

/** The slots that can have a slot beside them for personal members. */
const pairs: readonly [SlotName & keyof EventInput, SlotName][] = [
  ["actor", "actorPersonal"],
  ["targets", "targetsPersonal"],
  ["changes", "changesPersonal"],
  ["data", "dataPersonal"],
];

/**
 * The members of an event from its slots, as they were sent (except for labels, hidden changes and order). If a slot is
 * erased, its member is absent, and so are its personal members. The slots are not changed. Throws `internal` if a
 * personal slot names a place that its slot doesn't have.
 */
export function joinPersonal(slots: Slots): Partial<EventInput> {
  const event: Record<string, Json> = {};
  for (const [name, personalName] of pairs) {
    const value = slots[name];
    if (value === undefined) continue;
    const personal = slots[personalName];
    event[name] = personal === undefined ? value : join(value, personal as JsonObject, personalName);
  }
  if (slots.context !== undefined) event.context = slots.context;
  if (slots.producer !== undefined) event.producer = slots.producer;
  if (slots.reason !== undefined) event.reason = slots.reason;
  return event as Partial<EventInput>;
}

function join(value: Json, personal: JsonObject, slot: SlotName): Json {
  let joined = value;
  for (const pointer of Object.keys(personal)) {
    const whole = put(joined, pointerNames(pointer), 0, personal[pointer]!);
    if (whole === undefined) {
      const detail = `The slot ${slot} names a place that is not there.`;
      throw new DaybookError("internal", { detail });
    }
    joined = whole;
  }
  return joined;
}

/** A copy of `parent` with `value` at `names[at…]`; undefined if the path doesn't exist or already has a value. */
function put(parent: Json, names: readonly string[], at: number, value: Json): Json | undefined {
  const name = names[at];
  if (name === undefined || typeof parent !== "object" || parent === null) return undefined;
  const last = at === names.length - 1;
  if (Array.isArray(parent)) {
    if (last || !/^(0|[1-9][0-9]*)$/.test(name) || parent[Number(name)] === undefined) return undefined;
    const item = put(parent[Number(name)]!, names, at + 1, value);
    return item === undefined ? undefined : parent.with(Number(name), item);
  }
  const has = Object.hasOwn(parent, name);
  if (has === last) return undefined;
  const member = last ? value : put(parent[name]!, names, at + 1, value);
  if (member === undefined) return undefined;
  const copy: JsonObject = Object.assign(Object.create(null), parent);
  copy[name] = member;
  return copy;
}
