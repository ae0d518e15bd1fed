/** Checks the logs of an organization: every event, every leaf, the tree and the head. A log is checked part by part, and can be resumed. */
import type { StoredEvent } from "../store/contract/events.ts";
import type { Head } from "../store/contract/logs.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import type { Finding, LogFinding } from "./finding.ts";
import { LeafCheck } from "./leaf-check.ts";
import type { LogPosition } from "./position.ts";
import { TreeCheck } from "./tree-check.ts";

export type LogCheckStore = Pick<Store, "heads" | "logs" | "events" | "tiles">;

export interface LogCheckOptions {
  /** The number of events that are read at once. */
  readonly atOnce: number;
  /** The place to start from; default: the first event of the first log. */
  readonly from?: LogPosition | undefined;
  /**
   * Called after each part with its number of events, and with the place after it if the check can be resumed there. Resolves with false to
   * stop.
   */
  readonly checked: (events: number, at: LogPosition | undefined) => Promise<boolean>;
}

/** Returns true if the logs are completely checked, false if it was stopped. */
export async function* checkLogs(
  store: LogCheckStore,
  { organizationId, id, slug }: Organization,
  options: LogCheckOptions,
): AsyncGenerator<Finding, boolean> {
  // The heads first: events that are appended meanwhile are after them.
  const head = (await store.heads([organizationId]))[0];
  const logs = await store.logs(organizationId);
  if (head === undefined || logs.length === 0) {
    yield { organization: id, sentence: `Organization ${slug} has no log or no head.` };
    return true;
  }
  if (!logs.some((log) => log.logNo === head.logNo && log.origin === head.origin))
    yield { organization: id, sentence: `The head of organization ${slug} names a log that is not its own.` };
  for (const log of logs) {
    if (log.logNo < (options.from?.logNo ?? 0)) continue;
    const current = log.logNo === head.logNo;
    const checked = { ...log, size: current ? head.size : log.size, head: current ? head : undefined };
    const findings = checkLog(store, checked, options);
    for (;;) {
      const { value, done } = await findings.next();
      if (done && !value) return false;
      if (done) break;
      yield { organization: id, log: log.origin, ...value };
    }
  }
  return true;
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
  store: LogCheckStore,
  log: CheckedLog,
  { atOnce, from, checked }: LogCheckOptions,
): AsyncGenerator<LogFinding, boolean> {
  const start = from?.logNo === log.logNo ? from : undefined;
  const before = start?.recordedAt ?? null;
  const leaves = new LeafCheck(log.origin, before === null ? null : BigInt(before));
  const tree = new TreeCheck(store, log, start?.tree);
  let next = BigInt(start?.next ?? 0);
  for await (const events of partsOf(store, log, { from: next, atOnce })) {
    for (const event of events) {
      if (event.seq !== next) tree.break();
      yield* misplaced(next, event.seq);
      yield* leaves.check(event);
      tree.add([event.leafHash]);
      next = event.seq + 1n;
    }
    yield* tree.tiles();
    if (!(await checked(events.length, positionOf(log, next, { leaves, tree })))) return false;
  }
  if (next !== log.size) tree.break();
  yield* misplaced(next, log.size);
  yield* tree.finish(leaves.recordedAt);
  yield* beyond(store, log);
  return true;
}

const positionOf = (
  { logNo }: CheckedLog,
  next: bigint,
  { leaves: { recordedAt }, tree: { position } }: { readonly leaves: LeafCheck; readonly tree: TreeCheck },
): LogPosition | undefined =>
  position && {
    logNo,
    next: String(next),
    recordedAt: recordedAt === null ? null : String(recordedAt),
    tree: position,
  };

/** Rows past the end of the log, except those that were appended since the check began. */
async function* beyond(store: LogCheckStore, log: CheckedLog): AsyncGenerator<LogFinding> {
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
async function* partsOf(
  store: LogCheckStore,
  log: CheckedLog,
  { from, atOnce }: { readonly from: bigint; readonly atOnce: number },
): AsyncGenerator<StoredEvent[]> {
  for (let at = from; at < log.size; ) {
    const left = log.size - at;
    const limit = left < atOnce ? Number(left) : atOnce;
    const events = (await store.events(log.organizationId, log.logNo, at, limit)).filter(
      (event) => event.seq < log.size,
    );
    if (events.length === 0) return;
    yield events;
    at = events.at(-1)!.seq + 1n;
  }
}

/** Gaps and repetitions between the expected place and the actual one. */
function* misplaced(from: bigint, to: bigint): Generator<LogFinding> {
  if (from === to - 1n) yield { seq: from, sentence: `Event ${from} is missing.` };
  else if (from < to) yield { seq: from, sentence: `Events ${from} to ${to - 1n} are missing.` };
  else if (from > to) yield { seq: to, sentence: `Event ${to} is there twice, or out of order.` };
}
