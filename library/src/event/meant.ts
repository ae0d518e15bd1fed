/**
 * Recognizes what a sender probably means: names of members in another case or from another format, values of another
 * kind or spelling. It only helps remedies: Daybook never accepts these.
 */
import { isObject } from "./diff.ts";
import type { Json } from "./event.ts";

/** A name without the differences of spelling: case, `_`, `-` and white space. */
const folded = (name: string): string => name.replace(/[_\-\s]/g, "").toLowerCase();

/** Names that other formats use for members. If several objects have one, the first match is used. */
const otherNames: Readonly<Record<string, string>> = {
  occurredAt: "timestamp time date datetime eventtime createdat occurred occurredon",
  type: "eventtype eventname event action activity kind",
  actor: "user principal initiator performedby",
  targets: "target resource resources object objects entity",
  data: "metadata meta payload details properties attributes",
  changes: "change diff delta",
  outcome: "result status",
  reason: "comment note message",
  producer: "source",
  from: "old oldvalue previous previousvalue before was",
  to: "new newvalue current after value now",
  path: "field property key attribute",
  ip: "ipaddress sourceip sourceipaddress clientip remoteip remoteaddr remoteaddress",
  userAgent: "agent ua",
  id: "userid uid uuid eventid",
  name: "displayname username fullname",
  email: "mail emailaddress",
  n: "seq sequence counter",
};

/** Names that other formats use for values. */
const otherValues: Readonly<Record<string, string>> = {
  success: "ok succeeded successful true allowed",
  denied: "deny forbidden unauthorized rejected",
  failed: "failure fail error false",
  ui: "web browser gui",
  api: "http rest",
  cli: "terminal shell",
  job: "cron batch script scheduler",
  user: "person human member admin",
  api_client: "service serviceaccount application app client machine",
  anonymous: "guest public unauthenticated",
};

function nearest(
  text: string,
  known: readonly string[],
  others: Readonly<Record<string, string>>,
): string | undefined {
  const sought = folded(text);
  if (sought === "") return undefined;
  return (
    known.find((name) => folded(name) === sought) ??
    known.find((name) => others[name]?.split(" ").includes(sought))
  );
}

/** The member of `known` that a member called `name` is probably meant to be. */
export const meantMember = (name: string, known: readonly string[]): string | undefined =>
  nearest(name, known, otherNames);

/** Names that other formats use for a list of events. */
const batchNames: readonly string[] = [
  "events",
  "items",
  "records",
  "entries",
  "logs",
  "batch",
  "resourcelogs",
];

/** Whether one event has a member with a name for a list of events. */
export const isBatchName = (name: string): boolean => batchNames.includes(folded(name));

/** The remedy for an empty string, which many serializers write for an unset value. */
export function emptyRemedy(place: string, name: string): string {
  const isNeeded = name === "id" || name === "type";
  if (!isNeeded || place === "/actor") return "Say which one it is, or leave it out where it is optional.";
  const whole = place.startsWith("/targets/") ? "the target" : place.slice(place.lastIndexOf("/") + 1);
  return `Say which one it is, or leave out ${whole}.`;
}

/**
 * The value that `text` probably means, or the part of it after a `_`: protobuf's enums repeat their own name in front.
 */
function meantValue(text: string, allowed: readonly string[]): string | undefined {
  const words = text.split("_", 6);
  for (let i = 0; i < words.length; i++) {
    const meant = nearest(words.slice(i).join("_"), allowed, otherValues);
    if (meant !== undefined) return meant;
  }
  return undefined;
}

/** The remedy for a value that isn't one of `allowed`. */
export function oneOfRemedy(value: Json, allowed: readonly string[]): string {
  if (typeof value === "number") return "Send one of these names, not its number.";
  if (typeof value === "string" && /(^|_)(UNSPECIFIED|UNKNOWN)$/i.test(value))
    return "Send one of these, or leave it out where it is optional.";
  const meant = typeof value === "object" ? undefined : meantValue(String(value), allowed);
  return meant === undefined ? "Send one of these." : `Send ${meant} if that is what you mean.`;
}

/** The remedy for a value that should be a string. */
export function stringRemedy(value: Json): string {
  if (Array.isArray(value)) return "Send one string, not a list.";
  if (isObject(value)) return "Send a string, not an object.";
  return `Put ${typeof value === "number" ? "the number" : "it"} into double quotes: send a string.`;
}

/** The remedy for a value that should be an object, such as `example`. */
export function objectRemedy(value: Json, example: string): string {
  if (Array.isArray(value)) {
    return value.length === 0
      ? "Send {}, or leave it out. PHP writes an empty array as a list: cast it to an object."
      : "Send one object, not a list.";
  }
  if (typeof value === "string" && /^\s*\{/.test(value))
    return "Send the object itself, not its JSON as a string.";
  return `Send an object, like ${example}.`;
}

/** The remedy for a value that should be a list, such as `example`. */
export function listRemedy(value: Json, example: string): string {
  if (typeof value === "string" && /^\s*\[/.test(value))
    return "Send the list itself, not its JSON as a string.";
  return `Send a list, even of one, like ${example}.`;
}
