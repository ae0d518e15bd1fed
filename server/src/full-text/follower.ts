/** The follower that indexes events: each batch is a segment, or a few, and small segments are merged after it. */
import type { Follower } from "../followers/index.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { IndexSegment } from "../store/contract/segments.ts";
import type { FullTextOptions } from "./builder.ts";
import { inParts } from "./in-parts.ts";
import { mergeDue } from "./merging.ts";
import { remakeChanged, remakeOutdated } from "./remake.ts";
import { newestVersion } from "./segment/index.ts";
import { indexedSlots } from "./terms.ts";
import { whileAwake } from "./while-awake.ts";

/** After a segment could not be rebuilt, it is tried again after about a minute. */
const waitsAfterFailure = 60;

export function fullText({ store, builder }: FullTextOptions): Follower {
  const large = new Set<string>();
  let isUpToDate = false;
  let waits = 0;
  return {
    name: fullTextFollower,
    effect: "transaction",
    slots: indexedSlots,
    // a segment for few events is hardly cheaper than one for many, and searches read the events that wait
    gathers: { events: 1_024, ms: 30_000 },
    batchSize: 4_096,
    restsWhileRecording: true,
    async handle(events, tx) {
      // what a crash of the database undoes is done again, so the commit doesn't wait for the disk
      await tx.commitLater();
      for (const part of inParts(events))
        await tx.insertSegment(segmentOf(part), await whileAwake(tx, builder.build(part)));
    },
    async afterwards(organizationId, signal) {
      await remakeChanged({ store, builder }, organizationId, signal);
      await mergeDue({ store, builder, signal, large }, organizationId);
    },
    async meanwhile() {
      if (isUpToDate || waits-- > 0) return;
      waits = waitsAfterFailure;
      // a segment that a process of an earlier version makes later is rebuilt after the next start
      isUpToDate = !(await remakeOutdated({ store, builder }));
      waits = 0;
    },
  };
}

/** The segment of events that follow each other in a log. */
function segmentOf(events: readonly WalkedEvent[]): IndexSegment {
  const [{ organizationId, logNo, seq, occurredAt }] = events as [WalkedEvent];
  let [oldest, newest] = [occurredAt, occurredAt];
  for (const { occurredAt: time } of events) {
    if (time < oldest) oldest = time;
    if (time > newest) newest = time;
  }
  const place = { organizationId, logNo, first: seq, events: events.length };
  return { ...place, oldest, newest, version: newestVersion };
}
