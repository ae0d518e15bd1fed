/**
 * The DATA of a CSV row: an event's `data` and its other members, as canonical JSON and as the single-quoted text of the founding format.
 * Stored slots are already canonical JSON: they are joined as texts, and parsed only if personal members must be put back.
 */
import {
  canonicalize,
  type Json,
  joinPersonal,
  type SlotName,
  type Slots,
  slotNames,
} from "daybook/internal";
import type { WalkedEvent } from "../../../store/contract/pages.ts";

/** The members that DATA adds to the event's `data`; no schema of `data` can have them. In the order of RFC 8785. */
const added = ["$event", "changes", "erased", "outcome", "reason", "targets"] as const;
type Added = (typeof added)[number];

/** DATA as canonical JSON (RFC 8785), with this JSON as its member `$event`. */
export function dataJson(event: WalkedEvent, eventMember: string): string {
  const members: Record<Added, string | undefined> = {
    $event: eventMember,
    changes: slotJson(event, "changes", "changesPersonal"),
    erased: erasedJson(event),
    outcome: event.outcome === "success" ? undefined : JSON.stringify(event.outcome),
    reason: slotJson(event, "reason"),
    targets: slotJson(event, "targets", "targetsPersonal"),
  };
  return withMembers(slotJson(event, "data", "dataPersonal") ?? "{}", members);
}

const quotesAndEscapes = /\\.|["']/g;

/**
 * JSON with `'` for each delimiting `"`. Inside strings, `'` becomes `\u0027` and `"` becomes `\u0022` first, so that
 * `JSON.parse(text.replaceAll("'", '"'))` gives the same value for any content, and nothing can forge a member.
 */
export function singleQuoted(json: string): string {
  // without a backslash, no string contains a quote, and each quote is a delimiter
  if (!json.includes("\\")) {
    const plain = json.includes("'") ? json.replaceAll("'", "\\u0027") : json;
    return plain.replaceAll('"', "'");
  }
  return json.replace(quotesAndEscapes, (part) => {
    if (part === '"') return "'";
    if (part === "'") return "\\u0027";
    return part === '\\"' ? "\\u0022" : part;
  });
}

/** The canonical JSON of a slot, with its personal members in their places; undefined if there is none or it was erased. */
export function slotJson(
  event: Pick<WalkedEvent, "slots">,
  name: SlotName,
  personalName?: SlotName,
): string | undefined {
  const slot = event.slots[name];
  if (slot === undefined || "digest" in slot) return undefined;
  const personal = personalName === undefined ? undefined : event.slots[personalName];
  if (personalName === undefined || personal === undefined || "digest" in personal) return slot.json;
  const slots: Slots = {
    [name]: JSON.parse(slot.json) as Json,
    [personalName]: JSON.parse(personal.json) as Json,
  };
  const joined = (joinPersonal(slots) as Record<string, Json | undefined>)[name];
  return joined === undefined ? undefined : canonicalize(joined);
}

function erasedJson(event: WalkedEvent): string | undefined {
  let erased: string[] | undefined;
  for (const name of slotNames) {
    const slot = event.slots[name];
    if (slot !== undefined && "digest" in slot) {
      erased ??= [];
      erased.push(name);
    }
  }
  return erased === undefined ? undefined : JSON.stringify(erased);
}

/** The object of `json` with these members added in the order of RFC 8785. */
function withMembers(json: string, members: Readonly<Record<Added, string | undefined>>): string {
  let result = "";
  let taken = 1;
  const end = json.length - 1;
  const put = (text: string): void => {
    if (text !== "") result += result === "" ? text : `,${text}`;
  };
  for (const name of added) {
    const value = members[name];
    if (value === undefined) continue;
    const place = placeOf(name, json, taken);
    put(json.slice(taken, place.before));
    put(`"${name}":${value}`);
    taken = place.from;
  }
  put(json.slice(taken, end));
  return `{${result}}`;
}

/** The place for a member, searched from the start of a member: after `before`, and before the rest at `from`. */
function placeOf(name: string, json: string, start: number): { before: number; from: number } {
  const end = json.length - 1;
  let at = start;
  while (at < end) {
    const nameEnd = stringEnd(json, at);
    if (nameAt(json, at, nameEnd) >= name) return { before: Math.max(start, at - 1), from: at };
    at = valueEnd(json, nameEnd + 1) + 1;
  }
  return { before: end, from: end };
}

/** The name between `at` and `end`. */
function nameAt(json: string, at: number, end: number): string {
  const written = json.slice(at + 1, end - 1);
  return written.includes("\\") ? (JSON.parse(json.slice(at, end)) as string) : written;
}

/** The position after the string that starts at `at`. */
function stringEnd(json: string, at: number): number {
  let close = json.indexOf('"', at + 1);
  while (isEscaped(json, close)) close = json.indexOf('"', close + 1);
  return close + 1;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}

/** The position after the value that starts at `at`: that of the comma or brace that ends it. */
function valueEnd(json: string, at: number): number {
  let depth = 0;
  for (let i = at; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code === 0x22) i = stringEnd(json, i) - 1;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return i;
      depth--;
    } else if (code === 0x2c && depth === 0) return i;
  }
  return json.length;
}
