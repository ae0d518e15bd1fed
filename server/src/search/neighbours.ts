/** The neighbors of an event: those before and after it with the same target, and those of the same request or act. */
import {
  DaybookError,
  isDaybooksParty,
  isEventId,
  type RecordedBy,
  type RecordedEvent,
  type SlotName,
  sourceOf,
} from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { HashedEvent } from "../store/contract/pages.ts";
import type { Reads, Store } from "../store/store.ts";
import { keyOf } from "./full-text/index.ts";
import { recordedSlots, toRecordedEvent } from "./recorded-event.ts";
import { isVisible, type SearchableOrganization, visiblePart } from "./visible.ts";

/** The neighbors of one event. */
export interface Neighbours {
  /** `type:id` of the target that `previous` and `next` are about; null if the event has none. */
  readonly target: string | null;
  /** The id of the event before it; null if it is the first. */
  readonly previous: string | null;
  /** The id of the event after it; null if it is the newest. */
  readonly next: string | null;
  /** Others with the same `requestId` or `correlationId`, newest first; empty for callers who may not see `context`. */
  readonly related: RecordedEvent[];
}

/**
 * The search for related events: how far from an event, in microseconds, among how many on each side, and the maximum number of results.
 */
const nearby = 3_600_000_000n;
const mostLooked = 500;
const mostRelated = 100;

const noSlots: readonly SlotName[] = [];

interface NeighbourTarget {
  readonly type: string;
  readonly id: string;
}
interface Context {
  readonly requestId?: string;
  readonly correlationId?: string;
}

function slotOf<T>(event: HashedEvent, name: "targets" | "context" | "recordedBy"): T | undefined {
  const slot = event.slots[name];
  return slot !== undefined && "json" in slot ? (JSON.parse(slot.json) as T) : undefined;
}

/**
 * The neighbors of the event with that id, for one of its targets (`type:id`; default: the first).
 * @throws DaybookError `event-not-found`, also for an event that isn't visible or doesn't have that target
 */
export async function neighboursOf(
  store: Pick<Store, "within">,
  organization: SearchableOrganization,
  { id, target: wantedTarget }: { readonly id: string; readonly target?: string | undefined },
): Promise<Neighbours> {
  const { organizationId, view } = organization;
  const reads = store.within(view.rowScope);
  const event = isEventId(id) ? await reads.event(organizationId, id) : undefined;
  if (event === undefined || !isVisible(event, view)) throw new DaybookError("event-not-found");
  const targets = (slotOf<NeighbourTarget[]>(event, "targets") ?? []).map((one) => `${one.type}:${one.id}`);
  const target = wantedTarget ?? view.onlyTarget ?? targets[0];
  const isHidden = view.onlyTarget !== undefined && target !== view.onlyTarget;
  if (target !== undefined && (isHidden || !targets.includes(target)))
    throw new DaybookError("event-not-found");
  const [previous, next, related] = await Promise.all([
    target === undefined ? null : besideOf(reads, event, { target, oldestFirst: false }),
    target === undefined ? null : besideOf(reads, event, { target, oldestFirst: true }),
    view.context ? relatedTo(reads, event) : [],
  ]);
  const visible = related.filter((one) => isVisible(one, view)).slice(0, mostRelated);
  return {
    target: target ?? null,
    previous,
    next,
    related: visible.map((one) => toRecordedEvent(visiblePart(one, view), organization)),
  };
}

function readBy(event: StoredEvent): { recordedBy?: RecordedBy } {
  const recordedBy = slotOf<RecordedBy>(event, "recordedBy");
  return recordedBy === undefined ? {} : { recordedBy };
}

async function besideOf(
  reads: Reads,
  event: StoredEvent,
  { target, oldestFirst }: { readonly target: string; readonly oldestFirst: boolean },
): Promise<string | null> {
  const { organizationId } = event;
  // the history of a party of Daybook's is what Daybook did; what others report of it is listed separately
  const recordedBy = isDaybooksParty(target) ? { recordedBy: sourceOf(readBy(event)) } : {};
  const filter = { targets: [target], ...recordedBy };
  const beyond = { after: keyOf(event), limit: 1, oldestFirst };
  const [beside] = await reads.page({ organizationId, filter, ...beyond, slots: noSlots });
  return beside?.id ?? null;
}

async function relatedTo(reads: Reads, event: StoredEvent): Promise<HashedEvent[]> {
  const { organizationId, occurredAt } = event;
  const { requestId, correlationId } = slotOf<Context>(event, "context") ?? {};
  if (requestId === undefined && correlationId === undefined) return [];
  const query = { organizationId, after: keyOf(event), limit: mostLooked, slots: recordedSlots };
  const [older, newer] = await Promise.all([
    reads.page({ ...query, filter: { from: occurredAt > nearby ? occurredAt - nearby : 0n } }),
    reads.page({ ...query, filter: { to: occurredAt + nearby }, oldestFirst: true }),
  ]);
  return [...newer.reverse(), ...older].filter((one) => {
    const context = slotOf<Context>(one, "context");
    return (
      (requestId !== undefined && context?.requestId === requestId) ||
      (correlationId !== undefined && context?.correlationId === correlationId)
    );
  });
}
