/** The events of a page by day, with groups folded. */
import type { RecordedEvent } from "daybook/internal";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { dayBeside, dayKey } from "../kit/time/format.ts";

/** One event, or several adjacent ones that fold into one. */
export type DayEntry = { readonly kind: "event"; readonly event: RecordedEvent } | Folded;

/** Several that fold into one, newest first. */
export interface Folded {
  readonly kind: Routine | "act";
  readonly events: readonly RecordedEvent[];
}

/** Routine events, which occur repeatedly. */
export type Routine = "drafts" | "viewer sessions";

export interface Day {
  /** "Today" */
  readonly words: string;
  readonly entries: readonly DayEntry[];
}

export interface DaysOf {
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The types in the filter, which don't fold. */
  readonly types: readonly string[];
}

const routines: Readonly<Record<string, Routine>> = {
  NEW_DRAFT_API: "drafts",
  NEW_DRAFT_DOMAIN: "drafts",
  VIEWER_SESSION_OPENED: "viewer sessions",
};

/** The days of a page, in its order. */
export function daysOf(events: readonly RecordedEvent[], { zone, now, types }: DaysOf): Day[] {
  const days: { key: string; words: string; events: RecordedEvent[] }[] = [];
  for (const event of events) {
    const at = Number(occurredAtOf(event) / 1000n);
    const key = dayKey(at, zone);
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, words: dayBeside(at, zone, now), events: [event] });
  }
  // a page with only one act would be a single line without information
  const isOneAct = new Set(events.map(actOf)).size === 1;
  return days.map((day) => ({ words: day.words, entries: fold(day.events, { types, isOneAct }) }));
}

/** Events that don't fold. */
interface Apart {
  readonly types: readonly string[];
  readonly isOneAct: boolean;
}

function fold(events: readonly RecordedEvent[], apart: Apart): DayEntry[] {
  const runs: { of: Together | undefined; events: RecordedEvent[] }[] = [];
  for (const event of events) {
    const of = togetherBy(event, apart);
    const last = runs.at(-1);
    if (of !== undefined && last?.of?.key === of.key) last.events.push(event);
    else runs.push({ of, events: [event] });
  }
  return runs.map((run) => {
    const [first] = run.events;
    if (run.events.length === 1 && first !== undefined) return { kind: "event", event: first };
    return { kind: run.of?.kind ?? "act", events: run.events };
  });
}

/** The key for folding: the same routine, or the same act. */
interface Together {
  readonly kind: Routine | "act";
  readonly key: string;
}

function togetherBy(event: RecordedEvent, { types, isOneAct }: Apart): Together | undefined {
  // "3 drafts saved" would be wrong for a denied one
  const routine = event.outcome === "success" ? routines[event.type] : undefined;
  if (routine !== undefined && !types.includes(event.type)) return { kind: routine, key: routine };
  const act = isOneAct ? undefined : actOf(event);
  return act === undefined ? undefined : { kind: "act", key: `act ${act}` };
}

/** The act that caused it, if known; acts in two organizations are different. */
const actOf = ({ context, organization }: RecordedEvent): string | undefined =>
  context?.correlationId && `${organization.id} ${context.correlationId}`;
