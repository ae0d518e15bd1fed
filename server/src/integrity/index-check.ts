/**
 * Compares the full-text index with the events: its segments cover each log up to the index's position, and each has the bytes that its events
 * give. An index that is behind is not a difference.
 */
import { indexBlocks, indexOf, newestVersion } from "../full-text/index.ts";
import type { FollowerPosition } from "../store/contract/followers.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import { covers, type IndexSegment, type StoredBlock } from "../store/contract/segments.ts";
import type { Store } from "../store/store.ts";

/** The part of the store that the check reads. */
export type IndexCheckStore = Pick<
  Store,
  "segments" | "blocks" | "changedEvents" | "events" | "followerProgress" | "logs"
>;

/** The number of events that are read at a time, and of blocks. */
const eventsAtOnce = 1_000;
const blocksAtOnce = 500;

const remedy = "To rebuild it, see 'Rebuild the full-text index' in docs/operating.md.";

/** A sentence for each difference. `goOn` is called between two chunks; it resolves with false to stop. */
export async function* checkIndex(
  store: IndexCheckStore,
  organizationId: number,
  goOn: () => Promise<boolean>,
): AsyncGenerator<string> {
  // the segments are not behind the position before them, and not ahead of the one after them
  const [position] = await store.followerProgress(fullTextFollower, organizationId);
  const segments = (await store.segments(organizationId)).sort(inLog);
  const [after] = await store.followerProgress(fullTextFollower, organizationId);
  const gaps = gapsIn(segments, { position, after, sizes: await sizesOf(store, organizationId) });
  yield* gaps;
  if (gaps.length > 0) return;
  let place: FollowerPosition = { logNo: 0, next: 0n };
  let gone: IndexSegment | undefined;
  for (;;) {
    const segment = (await store.segments(organizationId)).sort(inLog).find((one) => !isBefore(one, place));
    if (segment === undefined) return;
    const result = await compare(store, segment, goOn);
    if (result === "stopped") return;
    // a larger one has taken its place, unless it is still there, without its blocks
    if (result === "gone" && gone?.events !== segment.events) {
      gone = segment;
      continue;
    }
    gone = undefined;
    if (result !== "same")
      yield `The full-text index of log ${segment.logNo}, seq ${segment.first} to ${endOf(segment) - 1n} is not that of its events. ${remedy}`;
    place = { logNo: segment.logNo, next: endOf(segment) };
  }
}

const endOf = ({ first, events }: IndexSegment): bigint => first + BigInt(events);

const isBefore = ({ logNo, first }: IndexSegment, place: FollowerPosition): boolean =>
  logNo < place.logNo || (logNo === place.logNo && first < place.next);

const inLog = (a: IndexSegment, b: IndexSegment): number =>
  a.logNo - b.logNo || (a.first === b.first ? a.events - b.events : a.first < b.first ? -1 : 1);

async function sizesOf(store: IndexCheckStore, organizationId: number): Promise<ReadonlyMap<number, bigint>> {
  return new Map((await store.logs(organizationId)).map(({ logNo, size }) => [logNo, size]));
}

interface Covered {
  readonly position: FollowerPosition | undefined;
  readonly after: FollowerPosition | undefined;
  readonly sizes: ReadonlyMap<number, bigint>;
}

/** Where the segments don't cover the logs, or cover something twice. */
function gapsIn(segments: readonly IndexSegment[], { position, after, sizes }: Covered): string[] {
  const found: string[] = [];
  const next = new Map<number, bigint>();
  for (const segment of segments) {
    const { logNo, first } = segment;
    const expected = next.get(logNo) ?? 0n;
    if (first !== expected)
      found.push(
        `The full-text index has a segment at log ${logNo}, seq ${first} instead of ${expected}. ${remedy}`,
      );
    next.set(logNo, endOf(segment));
  }
  for (const [logNo, end] of next) {
    const size = sizes.get(logNo) ?? 0n;
    if (end > size)
      found.push(`The full-text index has log ${logNo} to seq ${end}, which is past its end. ${remedy}`);
    else if (after !== undefined && (logNo > after.logNo || (logNo === after.logNo && end > after.next)))
      found.push(
        `The full-text index has log ${logNo} to seq ${end}, but its position is log ${after.logNo}, seq ${after.next}. ${remedy}`,
      );
  }
  if (position === undefined) return found;
  for (const [logNo, size] of sizes) {
    if (logNo > position.logNo) continue;
    const wanted = logNo < position.logNo ? size : position.next;
    const end = next.get(logNo) ?? 0n;
    if (end < wanted)
      found.push(
        `The full-text index has log ${logNo} only to seq ${end}, but its position is ${wanted}. ${remedy}`,
      );
  }
  return found;
}

/** Compares a segment with the one that its events give. */
async function compare(
  store: IndexCheckStore,
  segment: IndexSegment,
  goOn: () => Promise<boolean>,
): Promise<"same" | "differs" | "gone" | "stopped"> {
  const parts: ReturnType<typeof indexOf>[] = [];
  const changed = await store.changedEvents(segment.organizationId);
  // searches read these events, and the segment is about to be rebuilt
  if (changed.some((event) => covers(segment, event))) return "same";
  const { version } = segment;
  if (version < 1 || version > newestVersion) return "differs";
  for (let at = segment.first; at < endOf(segment); ) {
    const left = Number(endOf(segment) - at);
    const events = await store.events(
      segment.organizationId,
      segment.logNo,
      at,
      Math.min(eventsAtOnce, left),
    );
    if (events.length === 0) return "differs";
    try {
      parts.push(indexOf(events, version));
    } catch {
      // a slot that isn't JSON, which the check of the leaves names
      return "differs";
    }
    at += BigInt(events.length);
    if (!(await goOn())) return "stopped";
  }
  const times = parts.flatMap(({ documents }) => [documents.occurredAt[0]!, documents.occurredAt.at(-1)!]);
  const isTimely =
    Number(segment.oldest) === Math.min(...times) && Number(segment.newest) === Math.max(...times);
  const same = await hasBlocks(store, segment, indexBlocks(parts, version));
  return same === false || (same === true && !isTimely) ? "differs" : same === true ? "same" : "gone";
}

/** Whether a segment has exactly these blocks; undefined if it is no longer there. */
async function hasBlocks(
  store: IndexCheckStore,
  segment: IndexSegment,
  expected: Iterable<StoredBlock>,
): Promise<boolean | undefined> {
  let stored: StoredBlock[] = [];
  let from = "";
  let isLast = false;
  for (const block of expected) {
    if (stored.length === 0 && !isLast) {
      const [read = []] = await store.blocks([{ segment, from, before: "\xff", most: blocksAtOnce }]);
      if (read.length === 0) return undefined;
      isLast = read.length < blocksAtOnce;
      // the block at or before `from` was compared already, unless it is the first
      stored = from === "" ? read : read.slice(1);
      from = read.at(-1)!.first;
    }
    const own = stored.shift();
    if (own?.first !== block.first || Buffer.compare(own.data, block.data) !== 0) return false;
  }
  if (stored.length > 0) return false;
  const [rest = []] = await store.blocks([{ segment, from, before: "\xff\xff", most: 2 }]);
  return rest.length === 0 ? undefined : rest.length === 1;
}
