/** The events of a page by day, and what is folded among them. It refuses to know how they are shown. */
import { parseTime, type RecordedEvent } from "daybook/event";
import { dayBeside, dayKey } from "../time/format.ts";

/** One event, or several next to each other that read as one. */
export type Entry =
  | { readonly kind: "event"; readonly event: RecordedEvent }
  | { readonly kind: "drafts" | "act"; readonly events: readonly RecordedEvent[] };

export interface Day {
  /** "Today" */
  readonly words: string;
  readonly entries: readonly Entry[];
}

export interface DaysOf {
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Whether drafts that were saved by themselves are shown one by one: where they were asked for. */
  readonly showDrafts: boolean;
}

export const draftTypes: readonly string[] = ["NEW_DRAFT_API", "NEW_DRAFT_DOMAIN"];

/** When it occurred, in microseconds. */
export const occurredAtOf = ({ occurredAt }: Pick<RecordedEvent, "occurredAt">): bigint =>
  parseTime(occurredAt) ?? 0n;

/** The days of a page, in its order. */
export function daysOf(events: readonly RecordedEvent[], { zone, now, showDrafts }: DaysOf): Day[] {
  const days: { key: string; words: string; events: RecordedEvent[] }[] = [];
  for (const event of events) {
    const at = Number(occurredAtOf(event) / 1000n);
    const key = dayKey(at, zone);
    const last = days.at(-1);
    if (last?.key === key) last.events.push(event);
    else days.push({ key, words: dayBeside(at, zone, now), events: [event] });
  }
  return days.map((day) => ({ words: day.words, entries: fold(day.events, showDrafts) }));
}

function fold(events: readonly RecordedEvent[], showDrafts: boolean): Entry[] {
  const runs: { of: string | undefined; events: RecordedEvent[] }[] = [];
  for (const event of events) {
    const of = togetherBy(event, showDrafts);
    const last = runs.at(-1);
    if (of !== undefined && last?.of === of) last.events.push(event);
    else runs.push({ of, events: [event] });
  }
  return runs.map((run) => {
    const [first] = run.events;
    if (run.events.length === 1 && first !== undefined) return { kind: "event", event: first };
    return { kind: run.of === "drafts" ? "drafts" : "act", events: run.events };
  });
}

/** What it is told together with: other drafts, or whatever else one act caused. */
function togetherBy({ type, context, organization }: RecordedEvent, showDrafts: boolean): string | undefined {
  if (!showDrafts && draftTypes.includes(type)) return "drafts";
  const act = context?.correlationId;
  return act === undefined ? undefined : `act ${organization.id} ${act}`;
}
