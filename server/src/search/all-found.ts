/** All events of an organization that a search finds, in the order of a download: by the index if it can, else by looking at each event. */
import type { StoredEvent } from "../store/contract/events.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { WalkQuery } from "../store/contract/walks.ts";
import type { Reads } from "../store/store.ts";
import type { EventsQuery } from "./events-query.ts";
import { type FindReads, findAll, keyOf, newestFirst, SegmentGone } from "./full-text/index.ts";
import { narrowedFilter, testOf } from "./wanted-events.ts";

type AllReads = FindReads & Pick<Reads, "walk">;
type WantedOfAll = NonNullable<EventsQuery["wanted"]>;
type FoundKey = ReturnType<typeof keyOf>;

/** How often the index is asked again without an event between. */
const tries = 5;
/** How many events are looked at between two turns of the event loop. */
const atOnce = 200;

/** The events of the walk that are wanted, with all slots and leaf hashes. */
export async function* allFound(
  reads: AllReads,
  walk: Omit<WalkQuery, "slots" | "leafHash">,
  wanted: WantedOfAll,
): AsyncGenerator<WalkedEvent, void> {
  let last: FoundKey | undefined;
  // the index has only one of the times
  for (let left = walk.by === "occurred" ? tries : 0; left > 0; left--) {
    try {
      const found = await findAll(reads, { ...walk, wanted, after: last });
      if (found === undefined) break;
      for await (const event of found) {
        last = keyOf(event);
        left = tries;
        if (isBefore(event, walk.before)) yield event;
      }
      return;
    } catch (error) {
      // a segment was merged meanwhile
      if (!(error instanceof SegmentGone)) throw error;
    }
  }
  yield* eachLookedAt(reads, { walk, wanted, after: last });
}

const isBefore = ({ logNo, seq }: StoredEvent, before: WalkQuery["before"]): boolean =>
  logNo < before.logNo || (logNo === before.logNo && seq < before.seq);

interface LookedAtEach {
  readonly walk: Omit<WalkQuery, "slots" | "leafHash">;
  readonly wanted: WantedOfAll;
  readonly after: FoundKey | undefined;
}

async function* eachLookedAt(
  reads: AllReads,
  { walk, wanted, after }: LookedAtEach,
): AsyncGenerator<WalkedEvent, void> {
  const filter = narrowedFilter({ filter: walk.filter, wanted });
  const from = after === undefined ? {} : { from: after.occurredAt };
  const isWanted = testOf({ filter: {}, wanted });
  let looked = 0;
  for await (const events of reads.walk({ ...walk, filter: { ...filter, ...from }, leafHash: true }))
    for (const event of events) {
      if (++looked % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      if (after !== undefined && newestFirst(keyOf(event), after) >= 0) continue;
      if (isWanted === undefined || isWanted(event)) yield event;
    }
}
