/** When an event happened and when it was recorded, exactly, in the reader's zone and in UTC. */
import { parseTime, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { exactTime } from "../kit/time/format.ts";

interface WhenProps {
  readonly event: RecordedEvent;
  /** The reader's zone (IANA). */
  readonly zone: string;
}

export const When = ({ event: { occurredAt, recordedAt }, zone }: WhenProps): VNode => {
  const [occurred, recorded] = [parseTime(occurredAt) ?? 0n, parseTime(recordedAt) ?? 0n];
  return (
    <section>
      <h2>When</h2>
      <SummaryList
        rows={[
          { key: "It happened", value: <Exactly at={occurred} text={occurredAt} zone={zone} /> },
          {
            key: "It was recorded",
            value: (
              <>
                <div>{afterwards(recorded - occurred)}</div>
                <Exactly at={recorded} text={recordedAt} zone={zone} />
              </>
            ),
          },
        ]}
      />
    </section>
  );
};

interface ExactlyProps {
  /** Microseconds since 1970 UTC. */
  readonly at: bigint;
  /** As events have it. */
  readonly text: string;
  readonly zone: string;
}

const Exactly = ({ at, text, zone }: ExactlyProps): VNode => (
  <>
    {zone !== "UTC" && <div>{exactTime(at, zone)}</div>}
    <time dateTime={text}>
      <code>{text}</code>
    </time>
  </>
);

const units: readonly (readonly [bigint, string])[] = [
  [86_400_000_000n, "day"],
  [3_600_000_000n, "hour"],
  [60_000_000n, "minute"],
];

/** "0.21 seconds later", "3 days later". `after` in microseconds. */
export function afterwards(after: bigint): string {
  if (after === 0n) return "At the same time";
  const word = after < 0n ? "before it happened, by the clock of its sender" : "later";
  const size = after < 0n ? -after : after;
  for (const [unit, name] of units)
    if (size >= unit) {
      const count = size / unit;
      return `${count.toLocaleString("en-GB")} ${name}${count === 1n ? "" : "s"} ${word}`;
    }
  if (size < 1_000n) return `Less than a millisecond ${word}`;
  return `${Number(size / 1_000n) / 1_000} seconds ${word}`;
}
