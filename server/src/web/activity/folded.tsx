/** A folded group in words: what it is, who did it, and when. */
import { type Actor, partyKey, type RecordedEvent, type Target } from "daybook/internal";
import type { VNode } from "preact";
import { ActorName } from "../event-card/event-card.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { RecorderName } from "../event-card/recorded-by.tsx";
import { type RecorderOf, recorderKey } from "../event-card/recorders.ts";
import type { TypeOf } from "../event-card/types.ts";
import { titleOf } from "../event-card/words.ts";
import { Time } from "../kit/components/time/time.tsx";
import { timeOfDay } from "../kit/time/format.ts";
import type { Folded, Routine } from "./days.ts";

const routineWords: Readonly<Record<Routine, string>> = {
  drafts: "drafts saved",
  "viewer sessions": "viewer sessions opened",
};

/** "14 drafts saved", "4 related events: Member removed, Team deleted (3)" */
export function foldedWords({ kind, events }: Folded, typeOf: TypeOf): string {
  if (kind !== "act") return `${events.length} ${routineWords[kind]}`;
  return `${events.length} related events: ${titlesOf(events, typeOf)}`;
}

/** "And 2 more of the same act: Team member added (2)": below the card of the first one. */
export const moreWords = (events: readonly RecordedEvent[], typeOf: TypeOf): string =>
  `And ${events.length} more of the same act: ${titlesOf(events, typeOf)}`;

/** In the order in which they happened. */
function titlesOf(events: readonly RecordedEvent[], typeOf: TypeOf): string {
  const counts = new Map<string, number>();
  for (const event of [...events].reverse()) {
    const title = titleOf(event, typeOf(event));
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`)).join(", ");
}

/** Parties with the same key are one; all erased ones are one too. */
export const keyOf = (party: Actor | Target | undefined): string =>
  party === undefined ? "" : partyKey(party);

interface WhoProps {
  readonly events: readonly RecordedEvent[];
  readonly recorderOf: RecorderOf;
}

/** The actor, if all are by one; and who reported them. */
export const Who = ({ events, recorderOf }: WhoProps): VNode => {
  const actors = new Set(events.map(({ actor }) => keyOf(actor)));
  const recorders = new Map(events.map(recorderOf).map((recorder) => [recorderKey(recorder), recorder]));
  const [recorder] = recorders.values();
  return (
    <>
      {actors.size === 1 ? <ActorName {...events[0]} /> : <>{actors.size} actors</>}
      {recorders.size === 1 && recorder !== undefined && (
        <>
          , recorded by <RecorderName recorder={recorder} />,
        </>
      )}
      {recorders.size > 1 && <>, recorded by {recorders.size} recorders,</>}
    </>
  );
};

interface BetweenProps {
  readonly events: readonly RecordedEvent[];
  readonly zone: string;
}

/** The times of the first and of the last; one time if both are in one minute. */
function timesOf({ events, zone }: BetweenProps): readonly [VNode, VNode?] {
  const [last = 0n, first = 0n] = [events[0], events.at(-1)].map((event) => event && occurredAtOf(event));
  const start = <Time at={first} zone={zone} form="time" />;
  if (timeOfDay(Number(first / 1000n), zone) === timeOfDay(Number(last / 1000n), zone)) return [start];
  return [start, <Time at={last} zone={zone} form="time" />];
}

/** "between 2:10pm and 2:22pm"; "at 2:10pm" */
export const Between = (props: BetweenProps): VNode => {
  const [start, end] = timesOf(props);
  return end === undefined ? (
    <>at {start}</>
  ) : (
    <>
      between {start} and {end}
    </>
  );
};
