/**
 * Step 1 of the write path: takes an event as it was read, finds its type, checks everything that is the same for all
 * types, gives it an id, and keeps the time rules. Knows nothing of the schemas of `data`, of salts or of the store.
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

/** What accepting needs besides the event. */
export interface AcceptContext {
  readonly sender: Sender;
  readonly types: TypeLookup;
  /** All that there have been, by number from 1. */
  readonly rules: readonly Rules[];
  /** Microseconds, read once for the request. */
  readonly now: bigint;
  /** Events that are recorded already: a repeat is checked by what they were normalised by, whatever the time is. */
  readonly stored?: Stored;
  /** Ids whose time is before this were removed by retention; absent: none was. */
  readonly idsFrom?: bigint | undefined;
}

/** An event that was accepted, with its type; its id is given, by the producer or here. */
export interface AcceptedEvent {
  readonly pointer: string;
  readonly id: string;
  readonly known: KnownType;
  readonly checked: CheckedEvent;
  /** By which its secrets are hidden: a repeat's are those of its first time. */
  readonly rules: Rules;
  /** Its id is recorded already. */
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
  const checked = checkEvent(value, { rules: () => known?.type, pointer, now, writer });
  if (known === undefined) throw unknownType(pointer);
  if (stored !== undefined && value.type !== stored.type) throw reused(pointer);
  if (stored === undefined) {
    if (known.type.writer === "server" && writer !== "server") throw reservedType(pointer);
    checkTimes(checked, pointer, context);
  }
  const rules = rulesOf(context.rules, stored?.rules);
  return { pointer, id: checked.id ?? newEventId(), known, checked, rules, isRepeat: stored !== undefined };
}

/** The rules of that number; the newest without one. */
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

/** Not for events that are recorded already: what was in time once stays so. */
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
