/**
 * Checks one event in the order of spec/event.md ("Checking"). The server checks the schema of `data`, how late an
 * event may come, and who may write which type.
 */

import { DaybookError } from "../error/index.ts";
import { findChanges } from "./changes.ts";
import { checkContext, checkData, checkProducer } from "./check-parts.ts";
import { checkActor, checkTargets, type Writer } from "./check-people.ts";
import { isObject } from "./diff.ts";
import { type Change, type Json, type JsonObject, type Outcome, outcomes, type TypeRules } from "./event.ts";
import { idFault } from "./id-fault.ts";
import { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { eventIdTime, isCustomType, isEventId, isOurType } from "./names.ts";
import { parseTime } from "./time.ts";
import { timeFault } from "./time-fault.ts";
import { isAbsent, withoutNulls } from "./without-nulls.ts";

/** What the check needs besides the event. */
export interface CheckContext {
  /** After `rules` found nothing: the type that the name probably means. */
  readonly similar?: (type: string) => string | undefined;
  /** The rules of a type; undefined if the type doesn't exist. */
  readonly rules: (type: string) => TypeRules | undefined;
  /** The pointer of the event in the body, such as "/events/3"; it goes before every pointer. */
  readonly pointer?: string;
  /**
   * Microseconds since 1970 UTC. Undefined for an event that is already recorded: its times are not compared with the
   * clock.
   */
  readonly now: bigint | undefined;
  /** The default is a producer. */
  readonly writer?: Writer;
}

/** An event whose members are all valid; `data` is not yet checked against its schema. Empty members are undefined. */
export interface CheckedEvent {
  readonly pointer: string;
  readonly id: string | undefined;
  readonly type: string;
  readonly rules: TypeRules;
  readonly occurredAt: bigint | undefined;
  readonly outcome: Outcome;
  readonly actor: JsonObject;
  readonly targets: JsonObject[] | undefined;
  /** As sent, but sorted; `settle` adds labels and hides secrets. */
  readonly changes: Change[] | undefined;
  /**
   * `before` and `after`, as far as they were sent. Hiding needs them, because changes don't have the members beside
   * them.
   */
  readonly states: readonly JsonObject[];
  readonly context: JsonObject | undefined;
  readonly data: JsonObject | undefined;
  readonly reason: string | undefined;
  readonly producer: JsonObject | undefined;
  readonly unchanged: boolean;
}

const members: readonly string[] = [
  "id",
  "type",
  "occurredAt",
  "actor",
  "targets",
  "changes",
  "before",
  "after",
  "outcome",
  "reason",
  "context",
  "data",
  "producer",
];
const known: ReadonlySet<string> = new Set(members);

/**
 * Checks an event that `readJson` has read. Throws `event-invalid` with an issue for each invalid place, or
 * `event-type-unknown` (with the other issues too) if the type is well-formed but unknown.
 */
export function checkEvent(sent: JsonObject, context: CheckContext): CheckedEvent {
  const issues = new Issues(context.pointer ?? "");
  const event = checkMembers(sent, issues) ? withoutNulls(sent) : sent;
  checkId(event.id, issues, context.writer === "server" ? undefined : context.now);
  const rules = checkType(sent.type, issues, context);
  const occurredAt = checkTime(event.occurredAt, issues, context.now);
  const found = findChanges(event, issues);
  const actor = checkActor(sent.actor, context.writer ?? "producer", issues);
  const targets = checkTargets(event.targets, issues);
  if (event.outcome !== undefined) issues.oneOf(event.outcome, "", "outcome", outcomes);
  if (event.reason !== undefined) issues.text(event.reason, "", "reason", limits.reasonBytes);
  const where = checkContext(event.context, issues);
  const data = checkData(event.data, issues);
  const producer = checkProducer(event.producer, issues);
  if (rules === undefined || issues.found.length > 0) throw refusal(issues, rules, event.type);
  const outcome = (event.outcome ?? "success") as Outcome;
  return {
    pointer: context.pointer ?? "",
    id: event.id as string | undefined,
    type: rules.name,
    rules,
    occurredAt,
    outcome,
    actor: actor!,
    targets,
    changes: found.changes,
    states: statesOf(event),
    context: where,
    data,
    reason: event.reason as string | undefined,
    producer,
    unchanged: found.unchanged && outcome === "success",
  };
}

const noStates: readonly JsonObject[] = [];

const statesOf = ({ before, after }: JsonObject): readonly JsonObject[] =>
  before === undefined && after === undefined ? noStates : [before, after].filter(isObject);

/** Refuses members that events don't have. Returns true if one of the others is null. */
function checkMembers(event: JsonObject, issues: Issues): boolean {
  let hasNull = false;
  for (const name of Object.keys(event)) {
    if (!known.has(name)) issues.unknown("", name, members);
    else if (event[name] === null) hasNull = true;
  }
  return hasNull;
}

function checkId(id: Json | undefined, issues: Issues, now: bigint | undefined): void {
  if (id === undefined) return;
  if (typeof id === "string" && isEventId(id)) {
    if (now === undefined || eventIdTime(id) <= now + limits.futureMicros) return;
    issues.add("", "id", {
      detail: "The time within the id is more than 5 minutes in the future.",
      remedy: "Set the clock of the sender, or leave id out: the server makes one.",
    });
    return;
  }
  issues.add("", "id", idFault(id));
}

function checkType(type: Json | undefined, issues: Issues, context: CheckContext): TypeRules | undefined {
  if (isAbsent(type)) {
    issues.missing("", "type", type);
    return undefined;
  }
  if (typeof type !== "string" || !(isOurType(type) || isCustomType(type))) {
    const detail = "type must be written like API_CLIENT_ADDED or, a custom one, like invoice.paid.";
    issues.add("", "type", { detail, remedy: "Use a type of /v1/event-types." });
    return undefined;
  }
  const rules = context.rules(type);
  if (rules === undefined) {
    const similar = context.similar?.(type);
    const question = similar === undefined ? "" : ` Did you mean ${similar}?`;
    const remedy = "Use a type from /v1/event-types, or register a custom type.";
    issues.add("", "type", { detail: `There is no such event type.${question}`, remedy });
  }
  return rules;
}

function checkTime(value: Json | undefined, issues: Issues, now: bigint | undefined): bigint | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === "string" ? parseTime(value) : undefined;
  if (time === undefined) issues.add("", "occurredAt", timeFault(value, "occurredAt")!);
  else if (now !== undefined && time > now + limits.futureMicros) {
    const remedy = "Set the clock of the sender, or leave occurredAt out.";
    issues.add("", "occurredAt", { detail: "occurredAt is more than 5 minutes in the future.", remedy });
  }
  return time;
}

function refusal(issues: Issues, rules: TypeRules | undefined, type: Json | undefined): DaybookError {
  const unknown = rules === undefined && typeof type === "string" && (isOurType(type) || isCustomType(type));
  const detail = issues.found[0]!.detail;
  return unknown
    ? new DaybookError("event-type-unknown", { issues: issues.found })
    : new DaybookError("event-invalid", { detail, issues: issues.found });
}
