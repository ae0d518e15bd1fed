/** A time in the reader's zone, which the page names once, with the machine-readable time. */
import { formatTime } from "daybook/internal";
import type { VNode } from "preact";
import { ago, clockOf, dayAndTime, dayInWords, timeOfDay } from "../../time/format.ts";

/** How to show a time. */
type TimeForm = "full" | "day" | "time" | "clock" | "ago";

const words = { full: dayAndTime, day: dayInWords, time: timeOfDay, clock: clockOf };

interface TimeProps {
  /** Microseconds since 1970 UTC. */
  readonly at: bigint;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** Default `full`: "21 May 2026 at 2:22pm". Its island keeps `ago` up to date. */
  readonly form?: TimeForm | undefined;
  /** Milliseconds since 1970 UTC; for `ago`. */
  readonly now?: number | undefined;
  readonly class?: string | undefined;
}

export const Time = ({ at, zone, form = "full", now = Date.now(), class: name }: TimeProps): VNode => {
  const ms = Number(at / 1000n);
  return (
    <time
      class={name}
      dateTime={formatTime(at)}
      title={form === "full" ? undefined : dayAndTime(ms, zone)}
      data-island={form === "ago" ? "ago" : undefined}
    >
      {form === "ago" ? ago(ms, now) : words[form](ms, zone)}
    </time>
  );
};
