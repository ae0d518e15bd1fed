/** Compares the CPU time of recording with another build, until the words are indexed. */
import { eventMaker } from "../events.ts";
import type { Figure } from "../figures.ts";
import { gathered, waitForFullText } from "../indexing.ts";
import { postEvents } from "../load.ts";
import { type Build, compare } from "./builds.ts";

const loads = {
  batches: { what: "CPU an event, batches of 100, 8 in flight, words indexed", connections: 8, batch: 100 },
  singles: { what: "CPU an event, singles, 64 in flight, words indexed", connections: 64, batch: 1 },
} as const;

export interface RecordingOptions {
  readonly builds: readonly [ours: Build, theirs: Build];
  readonly rounds: number;
  /** Of a round of batches; a round of singles has a quarter of it. */
  readonly events: number;
}

/** Both builds record the same events. */
export async function compareRecording({
  builds,
  rounds,
  events: most,
}: RecordingOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const organization of ["batches", "singles"] as const) {
    const { what, ...load } = loads[organization];
    const events = organization === "batches" ? most : most / 4;
    const work = async (build: Build, round: number): Promise<number> => {
      const next = eventMaker(10 + round, { actors: 500, apis: 2000, days: 0, now: Date.now() });
      const result = await postEvents({ url: build.url, organization, ...load, amount: { events }, next });
      if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
      // not for the last ones, which the index gathers: waiting idly costs CPU too
      await waitForFullText({ ...build, waiting: gathered });
      return events;
    };
    figures.push(await compare({ what, builds, rounds, work }));
  }
  return figures;
}
