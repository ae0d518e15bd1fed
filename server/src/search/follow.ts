/**
 * Follows an organization's events in the order of the log, from a position on, and never skips one: events are read by their
 * place (logNo, seq), which is given under the log's lock. It refuses to know how they are delivered.
 */
import { DaybookError } from "daybook/error";
import type { RecordedEvent } from "daybook/event";
import { formatPosition, isPositionOf, parseOrigin, parsePosition } from "daybook/ledger";
import type { Log, Organization, Store, StoredEvent } from "../store/store.ts";
import { toRecordedEvent } from "./recorded-event.ts";
import type { Watch } from "./watch.ts";

/** Where to start: absent, from the first event on; `latest`, after the newest one; else a position, after its event. */
export interface FollowRequest {
  readonly organization: Organization;
  readonly after: string | undefined;
  readonly signal: AbortSignal;
  /** Most events in a batch; 500 if absent. */
  readonly limit?: number;
}

/** Some events in order. `positions[i]` is the position of `events[i]`; `position` that of the last event read so far. */
export interface FollowBatch {
  readonly events: readonly RecordedEvent[];
  readonly positions: readonly string[];
  readonly position: string | null;
}

/** Where a follow stands: what it reads next, in which log, and which logs go on from that one. */
interface Place {
  logNo: number;
  origin: string;
  next: bigint;
  position: string | null;
  later: readonly Log[];
}

/** Opens follows. `followers()` is how many there are. */
export interface Follower {
  /**
   * Resolves once the position is checked. The first batch is what is there now: if nothing, it is empty and says where the
   * follow stands. Ends when the signal aborts.
   * @throws DaybookError `position-mismatch`: not a position of this organization's logs
   */
  follow(request: FollowRequest): Promise<AsyncIterableIterator<FollowBatch>>;
  followers(): number;
}

/** Many followers at the end of one log ask for the same rows at the same time: they share one statement. */
export function openFollower(store: Store, watch: Watch): Follower {
  const reads = new Map<string, Promise<StoredEvent[]>>();
  let open = 0;

  function read(
    organizationId: number,
    place: Place,
    options: { limit: number; count: number },
  ): Promise<StoredEvent[]> {
    // The count is of the key: a statement that began before an append may not see it.
    const { limit, count } = options;
    const key = [organizationId, place.logNo, place.next, limit, count].join("/");
    let rows = reads.get(key);
    if (rows === undefined) {
      rows = store.events(organizationId, place.logNo, place.next, limit).finally(() => reads.delete(key));
      reads.set(key, rows);
    }
    return rows;
  }

  async function* batches(request: FollowRequest, place: Place): AsyncGenerator<FollowBatch, void> {
    const { signal, limit = 500 } = request;
    const { organizationId } = request.organization;
    let { organization } = request;
    const watched = watch.open(organizationId);
    open++;
    try {
      for (let first = true; !signal.aborted; ) {
        const count = watched.count();
        const rows = await read(organizationId, place, { limit, count });
        if (signal.aborted) return;
        if (rows.length === 0 && moveOn(place)) continue;
        if (rows.some((row) => row.type === "ORGANIZATION_CHANGE")) {
          organization = (await store.organizationsById([organizationId]))[0] ?? organization;
        }
        if (first || rows.length > 0) yield batchOf(rows, place, organization);
        first = false;
        if (rows.length === limit) continue;
        const seen = { logNo: place.logNo, next: place.next };
        const head = await watched.grown({ count, seen }, signal);
        if (head !== undefined && head.logNo > place.logNo) {
          place.later = logsAfter(place.logNo, await store.logs(organizationId));
        }
      }
    } finally {
      watched.end();
      open--;
    }
  }

  return {
    followers: () => open,
    async follow(request) {
      const place = await startOf(store, request.organization.organizationId, request.after);
      return batches(request, place);
    },
  };
}

/** The rows as a batch; the place moves behind them. */
function batchOf(rows: readonly StoredEvent[], place: Place, organization: Organization): FollowBatch {
  const positions = rows.map((row) => positionOf(row, place.origin));
  const last = rows.at(-1);
  if (last !== undefined) {
    if (last.seq !== place.next + BigInt(rows.length - 1))
      throw new Error(`the log ${place.origin} has a gap`);
    place.next = last.seq + 1n;
    place.position = positions.at(-1) ?? null;
  }
  return {
    events: rows.map((row) => toRecordedEvent(row, organization)),
    positions,
    position: place.position,
  };
}

const positionOf = (row: StoredEvent, log: string): string =>
  formatPosition({ log, seq: row.seq, leafHash: row.leafHash });

/** Goes on to the log after this one, which is read to its end; false if there is none. */
function moveOn(place: Place): boolean {
  const [following, ...later] = place.later;
  if (following === undefined) return false;
  Object.assign(place, { logNo: following.logNo, origin: following.origin, next: 0n, later });
  return true;
}

const logsAfter = (logNo: number, logs: readonly Log[]): Log[] =>
  logs.filter((log) => log.logNo > logNo).sort((a, b) => a.logNo - b.logNo);

async function startOf(store: Store, organizationId: number, after: string | undefined): Promise<Place> {
  const logs = await store.logs(organizationId);
  const [first, ...later] = logsAfter(-1, logs);
  if (first === undefined) throw new DaybookError("organization-not-found");
  if (after === undefined)
    return { logNo: first.logNo, origin: first.origin, next: 0n, position: null, later };
  if (after === "latest") return atEnd(store, organizationId);
  const wanted = parsePosition(after);
  const log = logs.find(({ origin }) => parseOrigin(origin)?.logId === wanted?.logId);
  if (wanted === undefined || log === undefined) throw new DaybookError("position-mismatch");
  const { logNo, origin } = log;
  const [row] = await store.events(organizationId, logNo, wanted.seq, 1);
  if (row === undefined || !isPositionOf(wanted, { log: origin, seq: row.seq, leafHash: row.leafHash })) {
    throw new DaybookError("position-mismatch");
  }
  return { logNo, origin, next: row.seq + 1n, position: after, later: logsAfter(logNo, logs) };
}

async function atEnd(store: Store, organizationId: number): Promise<Place> {
  const [head] = await store.heads([organizationId]);
  if (head === undefined) throw new DaybookError("organization-not-found");
  const { logNo, origin, size } = head;
  const [row] = size > 0n ? await store.events(organizationId, logNo, size - 1n, 1) : [];
  const position = row === undefined ? null : positionOf(row, origin);
  return { logNo, origin, next: size, position, later: [] };
}
