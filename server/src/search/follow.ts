/**
 * Follows an organization's events in the order of the log, from a position on, and never skips one: events are read by their place (logNo,
 * seq), which is assigned under the log's lock.
 */
import { DaybookError, isPositionOf, parseOrigin, parsePosition } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Log } from "../store/contract/logs.ts";
import type { Reads, Store } from "../store/store.ts";
import { demandAskable } from "./allowed.ts";
import type { EventsQuery } from "./events-query.ts";
import { batchOf, type FollowBatch, positionOf } from "./follow-batches.ts";
import type { SearchableOrganization } from "./visible.ts";
import type { Watch } from "./watch.ts";

/** The start: by default, the first event; `latest`, after the newest one; else a position, after its event. */
export interface FollowRequest {
  readonly organization: SearchableOrganization;
  readonly after: string | undefined;
  /** Only these events; default: all. */
  readonly query?: EventsQuery;
  readonly signal: AbortSignal;
  /** The maximum number of events in a batch; default 500. */
  readonly limit?: number;
}

/** The state of a follow: what it reads next, in which log, and the later logs. */
interface FollowCursor {
  logNo: number;
  origin: string;
  next: bigint;
  position: string | null;
  later: readonly Log[];
}

/** The follows of this process. */
export interface Follows {
  /**
   * Resolves when the position is checked. The first batch has the events that are there now: if there are none, it is empty and has the
   * position. Ends when the signal aborts.
   * @throws DaybookError `position-mismatch`: not a position of this organization's logs
   */
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FollowBatch>>;
  /** The number of open follows. */
  open(): number;
}

/** Many follows at the end of one log need the same rows simultaneously: they share one statement. */
export function openFollows(store: Pick<Store, "within">, watch: Watch): Follows {
  const reads = new Map<string, Promise<StoredEvent[]>>();
  let open = 0;

  function read(
    { organizationId, view }: SearchableOrganization,
    place: FollowCursor,
    options: { limit: number; count: number },
  ): Promise<StoredEvent[]> {
    // The key includes the count, because a statement that began before an append may not see it, and the row scope, because its rows are
    // not for other callers.
    const { limit, count } = options;
    const key = [view.rowScope, organizationId, place.logNo, place.next, limit, count].join("/");
    let rows = reads.get(key);
    if (rows === undefined) {
      rows = store
        .within(view.rowScope)
        .events(organizationId, place.logNo, place.next, limit)
        .finally(() => reads.delete(key));
      reads.set(key, rows);
    }
    return rows;
  }

  async function* batches(request: FollowRequest, place: FollowCursor): AsyncGenerator<FollowBatch, void> {
    const { signal, limit = 500, query } = request;
    const { organizationId, view } = request.organization;
    let { organization } = request;
    const within = store.within(view.rowScope);
    const watched = watch.open(organizationId);
    open++;
    try {
      for (let first = true; !signal.aborted; ) {
        const count = watched.count();
        const rows = await read(organization, place, { limit, count });
        if (signal.aborted) return;
        if (rows.length === 0 && moveOn(place)) continue;
        if (rows.some((row) => row.type === "ORGANIZATION_CHANGE")) {
          const [now] = await within.organizationsById([organizationId]);
          if (now !== undefined) organization = { ...now, view };
        }
        if (hasRows(rows)) {
          const batch = batchOf(rows, { log: place.origin, query }, organization);
          moveAfter(rows, place);
          yield batch;
        } else if (first) yield { events: [], positions: [], position: place.position };
        first = false;
        if (rows.length === limit) continue;
        const end = { logNo: place.logNo, next: place.next };
        const head = await watched.grown({ count, end }, signal);
        if (head !== undefined && head.logNo > place.logNo) {
          place.later = logsAfter(place.logNo, await within.logs(organizationId));
        }
      }
    } finally {
      watched.end();
      open--;
    }
  }

  return {
    open: () => open,
    async follow(request) {
      const { organizationId, view } = request.organization;
      if (request.query !== undefined) demandAskable(request.query, { view, isInOne: true });
      const place = await startOf(store.within(view.rowScope), organizationId, request.after);
      return batches(request, place);
    },
  };
}

/** Moves the place after the rows, which follow it without a gap. */
function moveAfter(rows: readonly StoredEvent[], place: FollowCursor): void {
  const last = rows.at(-1)!;
  if (last.seq !== place.next + BigInt(rows.length - 1)) throw new Error(`the log ${place.origin} has a gap`);
  place.next = last.seq + 1n;
  place.position = positionOf(last, place.origin);
}

const hasRows = (rows: readonly StoredEvent[]): rows is [StoredEvent, ...StoredEvent[]] => rows.length > 0;

/** Continues with the log after this one, which is read to its end; false if there is none. */
function moveOn(place: FollowCursor): boolean {
  const [following, ...later] = place.later;
  if (following === undefined) return false;
  Object.assign(place, { logNo: following.logNo, origin: following.origin, next: 0n, later });
  return true;
}

const logsAfter = (logNo: number, logs: readonly Log[]): Log[] =>
  logs.filter((log) => log.logNo > logNo).sort((a, b) => a.logNo - b.logNo);

async function startOf(
  reads: Reads,
  organizationId: number,
  after: string | undefined,
): Promise<FollowCursor> {
  const logs = await reads.logs(organizationId);
  const [first, ...later] = logsAfter(-1, logs);
  if (first === undefined) throw new DaybookError("organization-not-found");
  if (after === undefined)
    return { logNo: first.logNo, origin: first.origin, next: 0n, position: null, later };
  if (after === "latest") return atEnd(reads, organizationId);
  const wanted = parsePosition(after);
  const log = logs.find(({ origin }) => parseOrigin(origin)?.logId === wanted?.logId);
  if (wanted === undefined || log === undefined) throw new DaybookError("position-mismatch");
  const { logNo, origin } = log;
  const [row] = await reads.events(organizationId, logNo, wanted.seq, 1);
  if (row === undefined || !isPositionOf(wanted, { log: origin, seq: row.seq, leafHash: row.leafHash })) {
    throw new DaybookError("position-mismatch");
  }
  return { logNo, origin, next: row.seq + 1n, position: after, later: logsAfter(logNo, logs) };
}

async function atEnd(reads: Reads, organizationId: number): Promise<FollowCursor> {
  const [head] = await reads.heads([organizationId]);
  if (head === undefined) throw new DaybookError("organization-not-found");
  const { logNo, origin, size } = head;
  const [row] = size > 0n ? await reads.events(organizationId, logNo, size - 1n, 1) : [];
  const position = row === undefined ? null : positionOf(row, origin);
  return { logNo, origin, next: size, position, later: [] };
}
