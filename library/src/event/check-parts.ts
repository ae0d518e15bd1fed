/**
 * Checks context, producer and data: members, forms, limits. Each function returns what it checked, without null
 * members.
 */
import { isObject } from "./diff.ts";
import type { Json, JsonObject } from "./event.ts";
import type { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { goesThroughProto, isPointer } from "./pointer.ts";
import { utf8Length } from "./utf8.ts";
import { isAbsent, withoutNulls } from "./without-nulls.ts";

const contextMembers = [
  "ip",
  "userAgent",
  "requestId",
  "correlationId",
  "traceparent",
  "interface",
  "adjusted",
] as const;
const producerMembers = ["id", "n", "externalId"] as const;
const interfaces: readonly string[] = ["ui", "api", "cli", "job"];

/** Names that no member at the top of `data` may have, because the CSV adds members with these names. */
export const reservedDataMembers: readonly string[] = [
  "$event",
  "targets",
  "changes",
  "reason",
  "outcome",
  "erased",
];

const examples: Readonly<Record<string, string>> = {
  context: '{"ip":"192.0.2.7"}',
  producer: '{"id":"billing"}',
  data: '{"name":"Payments"}',
};

/** The object at `place`; undefined, with an issue, if the value is not an object. */
function objectAt(value: Json, place: string, issues: Issues): JsonObject | undefined {
  if (isObject(value)) return value;
  const what = place.slice(1);
  issues.notObject(place, value, { what, example: examples[what]! });
  return undefined;
}

/** The object, or undefined if it has no members. */
function filled(value: JsonObject): JsonObject | undefined {
  for (const _ in value) return value;
  return undefined;
}

export function checkContext(value: Json | undefined, issues: Issues): JsonObject | undefined {
  const context = isAbsent(value) ? undefined : objectAt(value, "/context", issues);
  if (context === undefined) return undefined;
  let isWhole = true;
  for (const name of Object.keys(context)) {
    const member = context[name];
    if (member === undefined) continue;
    if (!contextMembers.includes(name as "ip")) issues.unknown("/context", name, contextMembers);
    else if (member === null) isWhole = false;
    else if (name === "interface") issues.oneOf(member, "/context", name, interfaces);
    else if (name === "adjusted") isWhole = checkAdjusted(member, issues) && isWhole;
    else {
      const limit = name === "userAgent" ? limits.userAgentBytes : limits.contextBytes;
      issues.text(member, "/context", name, limit);
    }
  }
  if (isWhole) return filled(context);
  const rest = withoutNulls(context);
  if (Array.isArray(rest.adjusted) && rest.adjusted.length === 0) delete rest.adjusted;
  return filled(rest);
}

/** False if the list is empty, which is the same as absent. */
function checkAdjusted(value: Json, issues: Issues): boolean {
  if (!Array.isArray(value)) {
    issues.notList("/context/adjusted", value, { what: "adjusted", example: '["/actor/name"]' });
    return true;
  }
  const isTooLong = value.length > limits.adjusted;
  let bytes = 0;
  for (let i = 0; i < value.length && !isTooLong; i++) {
    const pointer = value[i]!;
    if (typeof pointer === "string" && isPointer(pointer) && !goesThroughProto(pointer)) {
      bytes += utf8Length(pointer);
      continue;
    }
    issues.add("/context/adjusted", i, {
      detail: "This must be a JSON Pointer (RFC 6901).",
      remedy: "Write it like /actor/name.",
    });
  }
  if (isTooLong || bytes > limits.adjustedBytes) {
    issues.at("/context/adjusted", {
      detail: `adjusted may have ${limits.adjusted} pointers, of ${limits.adjustedBytes} bytes in all.`,
      remedy: "List the pointers of the parents instead.",
    });
  }
  return value.length > 0;
}

export function checkProducer(value: Json | undefined, issues: Issues): JsonObject | undefined {
  const producer = isAbsent(value) ? undefined : objectAt(value, "/producer", issues);
  if (producer === undefined) return undefined;
  let hasNull = false;
  for (const name of Object.keys(producer)) {
    const member = producer[name];
    if (member === undefined) continue;
    if (!producerMembers.includes(name as "id")) issues.unknown("/producer", name, producerMembers);
    else if (member === null) hasNull = true;
    else if (name === "id") issues.id(member, "/producer", name, limits.idBytes);
    else if (name === "externalId") issues.id(member, "/producer", name, limits.externalIdBytes);
    else if (!(Number.isSafeInteger(member) && (member as number) >= 0)) {
      issues.add("/producer", name, {
        detail: "n must be a whole number from 0.",
        remedy: typeof member === "string" ? "Send a number without quotes." : "Count from 0, by ones.",
      });
    }
  }
  if (isAbsent(producer.id)) issues.missing("/producer", "id", producer.id);
  return hasNull ? withoutNulls(producer) : producer;
}

export function checkData(value: Json | undefined, issues: Issues): JsonObject | undefined {
  const data = isAbsent(value) ? undefined : objectAt(value, "/data", issues);
  if (data === undefined) return undefined;
  for (const name of reservedDataMembers) {
    if (data[name] === undefined) continue;
    issues.add("/data", name, {
      detail: `${name} is reserved, because downloads add a member with this name.`,
      remedy: "Give the member another name, or put it into an object within data.",
    });
  }
  return filled(data);
}
