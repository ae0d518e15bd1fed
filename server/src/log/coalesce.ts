/**
 * Groups requests: if no transaction runs, a request starts one immediately; while transactions run, requests collect, and go together when
 * one ends. A group has requests of one placement only, so its transaction never spans shards. The queues have one limit of events and
 * bytes together.
 */
import { DaybookError } from "daybook/internal";
import type { Placement } from "../store/contract/placement.ts";
import { type Grouping, PlacementQueue } from "./placement-queue.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** Space in the queue, reserved before any work for a request, and released with its response. */
export interface QueueSpace {
  readonly events: number;
  readonly bytes: number;
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
  #events = 0;
  #bytes = 0;

  constructor(coalescing: Coalescing) {
    this.#coalescing = coalescing;
  }

  get load(): Load {
    let groups = 0;
    for (const queue of this.#queues.values()) groups += queue.running;
    return { events: this.#events, bytes: this.#bytes, groups };
  }

  /** Reserves space for a request; throws `overloaded` if there is none. Any request fits into an empty queue. */
  enter(space: QueueSpace): void {
    const { queuedEvents, queuedBytes } = this.#coalescing.limits;
    const full = this.#events + space.events > queuedEvents || this.#bytes + space.bytes > queuedBytes;
    if (full && this.#events > 0) throw new DaybookError("overloaded", { retryAfter: 1 });
    this.#events += space.events;
    this.#bytes += space.bytes;
  }

  /** Releases what `enter` reserved. */
  leave(space: QueueSpace): void {
    this.#events -= space.events;
    this.#bytes -= space.bytes;
  }

  /** Queues a submission; resolves with its verdict, and rejects if its group failed. */
  submit(submission: Submission, bytes: number): Promise<Verdict> {
    const placement = this.#coalescing.placementOf(submission.organization.organizationId);
    return new Promise((settle, fail) => {
      this.#queueOf(placement).add({ submission, bytes, settle, fail });
    });
  }

  #queueOf(placement: Placement): PlacementQueue {
    let queue = this.#queues.get(placement);
    if (queue === undefined) {
      queue = new PlacementQueue(this.#coalescing);
      this.#queues.set(placement, queue);
    }
    return queue;
  }
}
