/**
 * The JSON of an event as it is read back: what JSON.stringify makes of `toRecordedEvent`, spliced from the slots' stored texts, which are
 * JSON already.
 */
import { formatTime, joinPersonal, type OrganizationName, type SlotName, slotNames } from "daybook/internal";
import type { HashedEvent } from "../store/contract/pages.ts";

/** The members with a slot beside them for personal members, in their order. */
const pairs = [
  ["actor", "actorPersonal"],
  ["targets", "targetsPersonal"],
  ["changes", "changesPersonal"],
  ["data", "dataPersonal"],
] as const;
const whole = ["context", "producer", "reason"] as const;

/** The event's JSON. `organization` gives its present name. */
export function recordedEventText(stored: HashedEvent, organization: OrganizationName): string {
  const { id, type, occurredAt, recordedAt, outcome, seq, leafHash, slots } = stored;
  let text = `{"id":"${id}","type":${JSON.stringify(type)},"occurredAt":"${formatTime(occurredAt)}"`;
  for (const [name, personalName] of pairs) {
    const json = jsonOf(stored, name);
    if (json !== undefined) text += `,"${name}":${joined(name, json, jsonOf(stored, personalName))}`;
  }
  for (const name of whole) {
    const json = jsonOf(stored, name);
    if (json !== undefined) text += `,"${name}":${inOrder(json)}`;
  }
  text += `,"outcome":"${outcome}","organization":${nameOf(organization)},"seq":${seq}`;
  text += `,"recordedAt":"${formatTime(recordedAt)}","leafHash":"${Buffer.from(leafHash).toString("base64")}"`;
  const recordedBy = jsonOf(stored, "recordedBy");
  if (recordedBy !== undefined) text += `,"recordedBy":${recordedBy}`;
  const erased = slotNames.filter((name) => slots[name] !== undefined && "digest" in slots[name]);
  return erased.length > 0 ? `${text},"erased":${JSON.stringify(erased)}}` : `${text}}`;
}

function jsonOf({ slots }: HashedEvent, name: SlotName): string | undefined {
  const slot = slots[name];
  return slot === undefined || "digest" in slot ? undefined : slot.json;
}

/** A member name that is a whole number: JavaScript moves such members to the front of their object. */
export const numberedMember: RegExp = /"\d+":/;
const inOrder = (json: string): string =>
  numberedMember.test(json) ? JSON.stringify(JSON.parse(json)) : json;

/** A text for a member of the slot's own object, with its pointer before it and what follows it in the slot of personal members. */
const directText = /"\/([A-Za-z]+)":("(?:[^"\\]|\\.)*")[,}]/y;

/** The member with its personal members: as text if these belong to the object itself, as they do for most actors. */
export function joined(name: SlotName, json: string, personalJson: string | undefined): string {
  if (personalJson === undefined) return inOrder(json);
  let added = "";
  for (directText.lastIndex = 1; directText.lastIndex < personalJson.length; ) {
    const [, member, value] = directText.exec(personalJson) ?? [];
    if (member === undefined || json.includes(`"${member}":`)) return joinedSlowly(name, json, personalJson);
    added += `,"${member}":${value}`;
  }
  if (!json.startsWith('{"') || numberedMember.test(json)) return joinedSlowly(name, json, personalJson);
  return `${json.slice(0, -1)}${added}}`;
}

function joinedSlowly(name: SlotName, json: string, personalJson: string): string {
  const slots = { [name]: JSON.parse(json), [`${name}Personal`]: JSON.parse(personalJson) };
  return JSON.stringify(joinPersonal(slots)[name as "actor"]);
}

/** Pages have the events of one organization, or of few. */
const names = new WeakMap<OrganizationName, string>();

function nameOf(organization: OrganizationName): string {
  const known = names.get(organization);
  if (known !== undefined) return known;
  const { id, slug, name } = organization;
  const text = JSON.stringify({ id, slug, name });
  names.set(organization, text);
  return text;
}
