/**
 * Groups requests: if no transaction runs, a request starts one immediately; while transactions run, requests collect, and go together when
 * one ends. A group has requests of one placement only, so its transaction never spans shards. The queues have one limit of events and
 * bytes together, which organizations share.
 */
import { FairRoom, Overloaded } from "../fairness/index.ts";
import type { Placement } from "../store/contract/placement.ts";
import { weightOf } from "./pace.ts";
import { type Grouping, PlacementQueue } from "./placement-queue.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** Space in the queue, reserved before any work for a request, and released with its response. */
export interface QueueSpace {
  readonly organizationId: number;
  /** At least one; more when they have been read. */
  events: number;
  readonly bytes: number;
  /** When the request has waited too long, by the clock of the queue. */
  readonly until: number;
}

/** The present state, for metrics. */
export interface Load {
  /** Events and bytes that wait or run. */
  readonly events: number;
  readonly bytes: number;
  /** Running transactions. */
  readonly groups: number;
}

/** How groups are formed and run, and where organizations are stored. */
interface Coalescing extends Grouping {
  readonly placementOf: (organizationId: number) => Placement;
}

/** A queue for each placement, with its running groups. */
export class Coalescer {
  readonly #coalescing: Coalescing;
  readonly #queues = new Map<Placement, PlacementQueue>();
  readonly #events: FairRoom<number>;
  readonly #bytes: FairRoom<number>;

  constructor(coalescing: Coalescing) {
    this.#coalescing = coalescing;
    this.#events = new FairRoom(coalescing.limits.queuedEvents);
    this.#bytes = new FairRoom(coalescing.limits.queuedBytes);
  }

  get load(): Load {
    let groups = 0;
    for (const queue of this.#queues.values()) groups += queue.running;
    return { events: this.#events.taken, bytes: this.#bytes.taken, groups };
  }

  /** Reserves space for a request; throws `overloaded` if there is none. Any request fits into an empty queue. */
  enter(organizationId: number, { events, bytes }: Pick<QueueSpace, "events" | "bytes">): QueueSpace {
    if (!this.#events.has(organizationId, events) || !this.#bytes.has(organizationId, bytes))
      throw this.#full(organizationId);
    this.#events.take(organizationId, events);
    this.#bytes.take(organizationId, bytes);
    const { now, limits } = this.#coalescing;
    return { organizationId, events, bytes, until: now() + limits.queuedMs };
  }

  /** Reserves space for all events of a request that has entered; throws `overloaded` if there is none. */
  widen(space: QueueSpace, events: number): void {
    const { organizationId } = space;
    this.#events.give(organizationId, space.events);
    const isFull = !this.#events.has(organizationId, events);
    if (!isFull) space.events = events;
    this.#events.take(organizationId, space.events);
    if (isFull) throw this.#full(organizationId);
  }

  /** Releases what `enter` reserved. */
  leave({ organizationId, events, bytes }: QueueSpace): void {
    this.#events.give(organizationId, events);
    this.#bytes.give(organizationId, bytes);
  }

  /** Throws `overloaded` if a request that has entered has waited too long. */
  demandInTime({ organizationId, until }: QueueSpace): void {
    if (until <= this.#coalescing.now()) throw this.#queueOf(organizationId).late();
  }

  /** Queues a submission; resolves with its verdict, and rejects if its group failed. */
  submit(submission: Submission, { organizationId, bytes, until }: QueueSpace): Promise<Verdict> {
    return new Promise((settle, fail) => {
      this.#queueOf(organizationId).add({ submission, bytes, until, settle, fail });
    });
  }

  #full(organizationId: number): Overloaded {
    const mine = { events: this.#events.heldBy(organizationId), bytes: this.#bytes.heldBy(organizationId) };
    const whose = mine.events > 0 ? "events of this organization" : "events";
    return new Overloaded("queue-full", {
      detail: `Too many ${whose} are waiting to be recorded. Nothing in this request was recorded.`,
      retryAfter: this.#queueOf(organizationId).secondsFor(weightOf(mine)),
    });
  }

  #queueOf(organizationId: number): PlacementQueue {
    const placement = this.#coalescing.placementOf(organizationId);
    let queue = this.#queues.get(placement);
    if (queue === undefined) {
      queue = new PlacementQueue(this.#coalescing);
      this.#queues.set(placement, queue);
    }
    return queue;
  }
}
