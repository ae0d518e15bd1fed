/**
 * fsck: reads every row of every log, recomputes everything derived from it, and reports differences. It trusts nothing that it can
 * compute: slots give digests, digests leaves, leaves the tree. It changes nothing. Memory stays constant.
 */
import type { StoredEvent } from "../store/contract/events.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import type { Head } from "../store/contract/logs.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import type { Finding, LogFinding } from "./finding.ts";
import { LeafCheck } from "./leaf-check.ts";
import { TreeCheck } from "./tree-check.ts";

/** The progress of fsck. */
interface FsckProgress {
  /** The slug of the present organization. */
  readonly organization: string;
  /** The number of events so far, over all organizations. */
  readonly events: number;
}

/** The inputs of fsck. */
export type FsckStore = Pick<
  Store,
  | "organization"
  | "organizations"
  | "heads"
  | "logs"
  | "events"
  | "tiles"
  | "followerProgress"
  | "checkDerived"
>;

export interface FsckOptions {
  /** Called after each chunk of events. */
  readonly onProgress?: (progress: FsckProgress) => void;
  /** Called with notes that are not findings, one sentence each. */
  readonly onNote?: (sentence: string) => void;
  /** Only these organizations, by slug or id; default: all. */
  readonly only?: readonly string[];
}

const chunk = 1_000;
const page = 200;

/** Checks everything; an empty result means that everything is right. It can run while events are recorded. */
export async function* fsck(store: FsckStore, options: FsckOptions = {}): AsyncGenerator<Finding> {
  let events = 0;
  for await (const organization of organizationsOf(store, options.only)) {
    const progress = (count: number): void => {
      events += count;
      options.onProgress?.({ organization: organization.slug, events });
    };
    yield* checkOrganization(store, organization, progress);
    await noteWords(store, organization, options);
  }
}

async function* organizationsOf(
  store: FsckStore,
  only: readonly string[] | undefined,
): AsyncGenerator<Organization> {
  if (only !== undefined) {
    for (const slugOrId of only) {
      const organization = await store.organization(slugOrId);
      if (organization !== undefined) yield organization;
    }
    return;
  }
  const reserved = await store.organization("daybook");
  if (reserved !== undefined) yield reserved;
  for (let after: string | undefined; ; ) {
    const organizations = await store.organizations(after, page);
    if (organizations.length === 0) return;
    yield* organizations;
    after = organizations.at(-1)!.slug;
  }
}

async function* checkOrganization(
  store: FsckStore,
  organization: Organization,
  progress: (count: number) => void,
): AsyncGenerator<Finding> {
  const { organizationId, id } = organization;
  // The heads first: events that are appended meanwhile are after them.
  const head = (await store.heads([organizationId]))[0];
  const logs = await store.logs(organizationId);
  if (head === undefined || logs.length === 0) {
    yield { organization: id, sentence: `Organization ${organization.slug} has no log or no head.` };
    return;
  }
  for (const log of logs) {
    const current = log.logNo === head.logNo;
    const checked = { ...log, size: current ? head.size : log.size, head: current ? head : undefined };
    for await (const finding of checkLog(store, checked, progress)) {
      yield { organization: id, log: log.origin, ...finding };
    }
  }
  if (!logs.some((log) => log.logNo === head.logNo && log.origin === head.origin)) {
    yield {
      organization: id,
      sentence: `The head of organization ${organization.slug} names a log that is not its own.`,
    };
  }
  for await (const sentence of store.checkDerived(organizationId)) yield { organization: id, sentence };
}

/** A full-text index that is behind is not a finding: the serving process fills it. */
async function noteWords(
  store: FsckStore,
  { organizationId, slug }: Organization,
  { onNote }: FsckOptions,
): Promise<void> {
  const [indexed] = onNote ? await store.followerProgress(fullTextFollower, organizationId) : [];
  if (indexed === undefined || indexed.behind === 0n) return;
  onNote?.(
    `The words of the newest ${indexed.behind} events of organization ${slug} are not indexed yet. A running server indexes them.`,
  );
}

/** A log, the number of events that it must have, and the head if it is the current one. */
interface CheckedLog {
  readonly organizationId: number;
  readonly logNo: number;
  readonly origin: string;
  readonly size: bigint;
  readonly head: Head | undefined;
}

async function* checkLog(
  store: FsckStore,
  log: CheckedLog,
  progress: (count: number) => void,
): AsyncGenerator<LogFinding> {
  const leaves = new LeafCheck(log.origin);
  const tree = new TreeCheck(store, log);
  let next = 0n;
  for await (const events of chunksOf(store, log)) {
    for (const event of events) {
      if (event.seq !== next) tree.break();
      yield* misplaced(next, event.seq);
      yield* leaves.check(event);
      tree.add([event.leafHash]);
      next = event.seq + 1n;
    }
    yield* tree.tiles();
    progress(events.length);
  }
  if (next !== log.size) tree.break();
  yield* misplaced(next, log.size);
  yield* tree.finish(leaves.recordedAt);
  yield* beyond(store, log);
}

/** Rows past the end of the log, except those that were appended since the check began. */
async function* beyond(store: FsckStore, log: CheckedLog): AsyncGenerator<LogFinding> {
  const [event] = await store.events(log.organizationId, log.logNo, log.size, 1);
  if (event === undefined) return;
  const now = log.head === undefined ? undefined : (await store.heads([log.organizationId]))[0];
  if (now !== undefined && event.seq < now.size) return;
  yield {
    seq: event.seq,
    sentence: `Event ${event.seq} is past the end of its log, which has ${log.size} events.`,
  };
}

/** The events of a log up to its size at the start of the check. */
async function* chunksOf(store: FsckStore, log: CheckedLog): AsyncGenerator<StoredEvent[]> {
  for (let from = 0n; from < log.size; ) {
    const left = log.size - from;
    const limit = left < chunk ? Number(left) : chunk;
    const events = (await store.events(log.organizationId, log.logNo, from, limit)).filter(
      (event) => event.seq < log.size,
    );
    if (events.length === 0) return;
    yield events;
    from = events.at(-1)!.seq + 1n;
  }
}

/** Gaps and repetitions between the expected place and the actual one. */
function* misplaced(from: bigint, to: bigint): Generator<LogFinding> {
  if (from === to - 1n) yield { seq: from, sentence: `Event ${from} is missing.` };
  else if (from < to) yield { seq: from, sentence: `Events ${from} to ${to - 1n} are missing.` };
  else if (from > to) yield { seq: to, sentence: `Event ${to} is there twice, or out of order.` };
}
