/**
 * Step 1 of recording: finds the type of an event, makes the checks that are the same for all types, gives it an id, and applies the time
 * rules.
 */
import {
  type CheckedEvent,
  checkEvent,
  DaybookError,
  eventIdTime,
  limits,
  newEventId,
  type Rules,
  refuse,
} from "daybook/internal";
import type { Input, Sender, Stored } from "./prepared.ts";
import { reused } from "./repeat.ts";
import type { KnownType, TypeLookup } from "./types.ts";

/** The input besides the event. */
export interface AcceptContext {
  readonly sender: Sender;
  readonly types: TypeLookup;
  /** All hiding rules so far, by number from 1. */
  readonly rules: readonly Rules[];
  /** Microseconds, read once for the request. */
  readonly now: bigint;
  /** Events that are already recorded: a repeat is checked by the versions of the first event, whatever the time. */
  readonly stored?: Stored | undefined;
  /** Retention removed ids with an earlier time; if absent, it removed none. */
  readonly idsFrom?: bigint | undefined;
}

/** An accepted event with its type; the producer or this step gave its id. */
export interface AcceptedEvent {
  readonly pointer: string;
  readonly id: string;
  readonly known: KnownType;
  readonly checked: CheckedEvent;
  /** The rules that hide its secrets; for a repeat, those of the first event. */
  readonly rules: Rules;
  /** Whether its id is already recorded. */
  readonly isRepeat: boolean;
}

/** Throws `event-invalid`, `event-type-unknown`, `event-type-reserved`, `event-late`, `id-expired`, `id-reused`. */
export async function accept(input: Input, context: AcceptContext): Promise<AcceptedEvent> {
  const { value, pointer } = input;
  const { organization, writer } = context.sender;
  const stored = typeof value.id === "string" ? context.stored?.get(value.id) : undefined;
  const type = stored?.type ?? value.type;
  const found =
    typeof type === "string"
      ? context.types.find(organization.organizationId, type, stored?.version)
      : undefined;
  const known = found instanceof Promise ? await found : found;
  const now = stored === undefined ? context.now : undefined;
  const similar = (name: string): string | undefined =>
    context.types.similar?.(organization.organizationId, name);
  const checked = checkEvent(value, { rules: () => known?.type, similar, pointer, now, writer });
  if (known === undefined) throw unknownType(pointer);
  if (stored !== undefined && value.type !== stored.type) throw reused(pointer);
  if (stored === undefined) {
    if (known.type.writer === "server" && writer !== "server") throw reservedType(pointer);
    checkTimes(checked, pointer, context);
  }
  const rules = rulesOf(context.rules, stored?.rules);
  return { pointer, id: checked.id ?? newEventId(), known, checked, rules, isRepeat: stored !== undefined };
}

/** The rules with that number; without one, the newest. */
function rulesOf(all: readonly Rules[], number: number = all.length): Rules {
  const rules = all[number - 1];
  if (rules !== undefined) return rules;
  const detail = `An event was recorded under the rules ${number}, which this version of Daybook doesn't know.`;
  throw new DaybookError("internal", { detail, remedy: "Upgrade every process to the newest version." });
}

const unknownType = (pointer: string): DaybookError =>
  refuse("event-type-unknown", { pointer: `${pointer}/type`, detail: "There is no such event type." });

const reservedType = (pointer: string): DaybookError =>
  refuse("event-type-reserved", {
    pointer: `${pointer}/type`,
    detail: "Only Daybook itself records events of this type.",
  });

/** Not for events that are already recorded: they were in time then. */
function checkTimes(checked: CheckedEvent, pointer: string, context: AcceptContext): void {
  const { sender, now, idsFrom } = context;
  const late = checked.occurredAt !== undefined && checked.occurredAt < now - limits.lateMicros;
  if (late && !sender.mayImport && sender.writer === "producer") {
    throw refuse("event-late", {
      pointer: `${pointer}/occurredAt`,
      detail: "The event occurred more than 7 days ago.",
      remedy: "To import old events, use a token with the scope events:import.",
    });
  }
  if (idsFrom !== undefined && checked.id !== undefined && eventIdTime(checked.id) < idsFrom) {
    throw refuse("id-expired", {
      pointer: `${pointer}/id`,
      detail: "The id is older than the retention period.",
    });
  }
}
