/**
 * The waiting requests and running groups of one placement, which neither mix with those of another placement nor wait for them. A group is
 * filled from all organizations in turn, and takes about as long as `pace` says, so a noisy organization does not make the others wait.
 */
import { Overloaded, TimedQueue } from "../fairness/index.ts";
import type { LogLimits } from "./limits.ts";
import { Pace, weightOf } from "./pace.ts";
import type { Submission, Verdict } from "./prepared.ts";

/** A waiting submission, with the functions that settle it. */
export interface WaitingRequest {
  readonly submission: Submission;
  readonly bytes: number;
  /** When it has waited too long, by the clock of the queue. */
  readonly until: number;
  readonly settle: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

/** The limits of a group, and the function that runs one: `run` settles or fails everything in its group, and never rejects. */
export interface Grouping {
  readonly run: (group: readonly WaitingRequest[]) => Promise<void>;
  readonly limits: LogLimits;
  /** Milliseconds, for the time that groups take and requests wait. */
  readonly now: () => number;
}

/** The weight from which requests do not wait for the end of a running group: one larger group costs less than two. */
const worthAnother = 64;
/** How long lighter requests wait for it, in milliseconds. Those of its organizations wait longer, because it has their heads. */
const patienceMs = 10;

/** A group that runs. */
interface RunningGroup {
  readonly organizations: ReadonlySet<number>;
  /** Whether it has run for long. */
  isLong: boolean;
}

const weightOfRequest = ({ submission, bytes }: WaitingRequest): number =>
  weightOf({ events: submission.events.length, bytes });

const organizationOf = ({ submission }: WaitingRequest): number => submission.organization.organizationId;

export class PlacementQueue {
  readonly #grouping: Grouping;
  readonly #waiting: TimedQueue<number, WaitingRequest>;
  readonly #pace = new Pace();
  readonly #running = new Set<RunningGroup>();
  /** Of everything that waits. */
  #weight = 0;
  #scheduled = false;

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
    const late = (request: WaitingRequest): void => {
      this.#weight -= weightOfRequest(request);
      request.fail(this.late());
    };
    this.#waiting = new TimedQueue(weightOfRequest, { now: grouping.now, late });
  }

  /** The number of running groups. */
  get running(): number {
    return this.#running.size;
  }

  /** In how many seconds work of this weight is done, for `Retry-After`. */
  secondsFor(weight: number): number {
    const { queuedMs } = this.#grouping.limits;
    return Math.max(1, Math.ceil(Math.min(this.#pace.msOf(weight), queuedMs) / 1_000));
  }

  /** The refusal of a request that has waited too long. */
  late(): Overloaded {
    const { queuedMs } = this.#grouping.limits;
    return new Overloaded("queue-wait", {
      detail: `The request waited ${queuedMs / 1_000} seconds for its turn. Nothing in it was recorded.`,
      retryAfter: this.secondsFor(Number.POSITIVE_INFINITY),
    });
  }

  add(waiting: WaitingRequest): void {
    this.#weight += weightOfRequest(waiting);
    this.#waiting.add(organizationOf(waiting), waiting);
    this.#schedule();
  }

  /** Starts a group after everything that has arrived by now has been read. */
  #schedule(): void {
    if (this.#scheduled || !this.#mayStart()) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#start();
    });
  }

  /** Whether a group of what waits would do more than wait for those that run. */
  #mayStart(): boolean {
    if (this.#waiting.length === 0 || this.running >= this.#grouping.limits.groupsInFlight) return false;
    if (this.#weight >= worthAnother) return true;
    const running = [...this.#running];
    if (running.some(({ isLong }) => !isLong)) return false;
    return this.#waiting.hasKey((key) => !running.some(({ organizations }) => organizations.has(key)));
  }

  async #start(): Promise<void> {
    if (!this.#mayStart()) return;
    const { group, weight } = this.#takeGroup();
    const running = { organizations: new Set(group.map(organizationOf)), isLong: false };
    this.#running.add(running);
    this.#schedule();
    const becomesLong = setTimeout(() => {
      running.isLong = true;
      this.#schedule();
    }, patienceMs);
    const began = this.#grouping.now();
    await this.#grouping.run(group);
    this.#pace.learn(weight, this.#grouping.now() - began);
    clearTimeout(becomesLong);
    this.#running.delete(running);
    this.#schedule();
  }

  /** The requests that go together: at least one. A group ends with the request that makes it long enough. */
  #takeGroup(): { readonly group: readonly WaitingRequest[]; readonly weight: number } {
    const { groupEvents, groupBytes } = this.#grouping.limits;
    const most = this.#pace.most;
    const group: WaitingRequest[] = [];
    let [events, bytes, weight] = [0, 0, 0];
    for (let next = this.#waiting.next; next !== undefined; next = this.#waiting.next) {
      events += next.submission.events.length;
      bytes += next.bytes;
      if (group.length > 0 && (events > groupEvents || bytes > groupBytes)) break;
      weight += weightOfRequest(next);
      this.#weight -= weightOfRequest(next);
      group.push(next);
      this.#waiting.take();
      if (weight >= most) break;
    }
    return { group, weight };
  }
}
