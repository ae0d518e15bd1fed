/** Whether what should stay flat does: the last third of the run beside the middle one, because the first fills caches. */
import { type Figure, median, percentile } from "../figures.ts";
import type { Done } from "./load.ts";
import type { Sample } from "./samples.ts";

/** What should stay flat: its name, and how much more of it the last third may have. */
const flat: readonly (readonly [keyof Sample, string, number])[] = [
  ["resident", "MiB of memory", 1.1],
  ["heap", "MiB of heap, garbage included", 1.15],
  ["files", "open files and sockets", 1.1],
  ["handles", "handles of Node", 1.1],
  ["threads", "threads", 1],
  ["connections", "connections to PostgreSQL", 1.1],
];

/** Rows of a table; `done` is what the load did. */
export function verdicts(samples: readonly Sample[], done: Done): Figure[] {
  const third = Math.floor(samples.length / 3);
  const part = (nth: number, of: keyof Sample): number[] =>
    samples.slice(nth * third, (nth + 1) * third).map((sample) => sample[of]);
  const rows = flat.map(([of, what, most]): Figure => {
    const [middle, last] = [median(part(1, of)), median(part(2, of))];
    return {
      what,
      measured: `${last.toFixed(0)}, at most ${Math.max(...samples.map((sample) => sample[of])).toFixed(0)}`,
      yardstick: `the third before: ${middle.toFixed(0)}`,
      ratio: last / middle,
      goal: `<= ${most}`,
      met: last <= middle * most,
    };
  });
  // the metrics leave it out where the database doesn't answer in time
  const waiting = samples.map((sample) => sample.waiting).filter(Number.isFinite);
  const mostWaiting = Math.max(...waiting);
  const failed: Figure = {
    ...{ what: "unexpected answers", measured: String(done.failed), yardstick: "-", ratio: null },
    ...{ goal: "0", met: done.failed === 0 },
  };
  return [
    ...rows,
    {
      what: "events that wait for the index",
      measured: `median ${median(waiting)}, at most ${mostWaiting}`,
      ...{ yardstick: "-", ratio: null, goal: "<= 5,000", met: mostWaiting <= 5_000 },
    },
    {
      what: "/healthz meanwhile",
      measured: `p50 ${percentile(part(2, "healthMs"), 0.5).toFixed(1)} ms, p99 ${percentile(part(2, "healthMs"), 0.99).toFixed(1)} ms`,
      ...{ yardstick: "-", ratio: null, goal: "-", met: true },
    },
    failed,
  ];
}
