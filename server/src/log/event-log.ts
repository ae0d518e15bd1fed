/**
 * Recording: `record` for events from producers, `change` for what the server itself does. Each step has its own file; this one has their
 * order.
 */
import { allRules, DaybookError, type RecordedBy, type Rules } from "daybook/internal";
import { type Slices, Turns } from "../fairness/index.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { ChangeNames } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import { answer, type RecordAnswer } from "./answer.ts";
import { type ChangeDependencies, type ChangeTransaction, change } from "./change.ts";
import { type Clock, processClock } from "./clock.ts";
import { Coalescer, type Load, type QueueSpace } from "./coalesce.ts";
import { commitGroup } from "./commit.ts";
import { defaultLimits, type LogLimits } from "./limits.ts";
import { Listeners } from "./listeners.ts";
import { Outcomes } from "./outcomes.ts";
import { type PrepareDependencies, prepare, prepareOrRepeat } from "./prepare.ts";
import type { Input, PreparedEvent, Sender, StoredAs, UnchangedEvent } from "./prepared.ts";
import { type CorrectedClock, recoverClock } from "./recover-clock.ts";
import type { TypeLookup } from "./types.ts";
import { readAll, readNow, type UnreadEvents } from "./unread.ts";

/** The dependencies of a log. */
export interface LogOptions {
  readonly store: Store;
  readonly types: TypeLookup;
  /** Microseconds since 1970 UTC; default: the process's clock. */
  readonly clock?: Clock;
  /** For the time that requests wait and groups take, in milliseconds; default: the process's monotonic clock. */
  readonly now?: () => number;
  readonly limits?: Partial<LogLimits>;
  /** The hiding rules, by number from 1; default: the library's. */
  readonly rules?: readonly Rules[];
  /** Retention: ids of an organization with an earlier time are refused with `id-expired`. */
  readonly idsFrom?: (organizationId: number) => bigint | undefined;
}

/** Events of one request for one organization, recorded as a whole or not at all. */
interface RecordRequest {
  readonly organization: Pick<Organization, "organizationId">;
  readonly unread: UnreadEvents;
  /** The authenticated caller. */
  readonly recordedBy: RecordedBy;
  /** Whether events more than 7 days late are accepted. */
  readonly mayImport: boolean;
  /** Whether the sender may read the log, and so learn that another caller recorded the same event. Default: no. */
  readonly mayRead?: boolean;
  /** `full`: receipts of what the sender recorded have leaf data and disclosures. */
  readonly receipt?: "full" | undefined;
}

/** A request on its way: its space in the queue, and its turns on the thread, if it needs any. */
interface Passage {
  readonly space: QueueSpace;
  readonly slices: Slices | undefined;
}

/** Up to this size, reading and preparing a request takes less than a slice. */
const shortBytes = 8_192;

/** Recording in one process; any number of processes can write to one database. */
export interface EventLog {
  /** Records events; resolves when they are durable. If it throws a DaybookError, nothing of the request was recorded. */
  record(request: RecordRequest): Promise<RecordAnswer>;
  /**
   * One transaction of Daybook's own: business rows and their events, both or neither. It names the organizations that it touches, and
   * can't change or record anything in another. See `change.ts`.
   */
  change<T>(work: (tx: ChangeTransaction) => Promise<T>, names: ChangeNames): Promise<T>;
  /** Calls the listener after each commit that appended to an organization's log; returns a function that stops it. */
  appended(listener: (organizationId: number) => void): () => void;
  /** Appends LOG_CLOCK_CORRECTED to each log whose newest event is more than 60 s ahead of the clock. */
  recoverClock(reason?: string): Promise<CorrectedClock[]>;
  /** The waiting and running events, for metrics. */
  readonly load: Load;
  /** How the last recordings and changes of this process went, for readiness. */
  readonly outcomes: Pick<Outcomes, "trouble" | "succeededAt">;
  /** Refuses new requests with `shutting-down`; resolves when the accepted ones have their responses. */
  close(): Promise<void>;
}

/** Whether an event doesn't need the log: nothing changed, and its id is new. */
const isNothing = (event: PreparedEvent | UnchangedEvent): event is UnchangedEvent =>
  "unchanged" in event && event.prepared === undefined;

/** How often a repeat can be prepared again with another version of its type: once for each version that is registered meanwhile. */
const mostRounds = 4;

/** Opens the log. */
export const openLog = (options: LogOptions): EventLog => new RecordingLog(options);

class RecordingLog implements EventLog {
  readonly #store: Store;
  readonly #preparing: PrepareDependencies;
  readonly #coalescer: Coalescer;
  readonly #turns: Turns;
  readonly #changing: ChangeDependencies;
  readonly #listeners = new Listeners();
  readonly outcomes: Outcomes = new Outcomes();
  readonly #idle: (() => void)[] = [];
  #active = 0;
  #closing = false;

  constructor(options: LogOptions) {
    const { store, types, clock = processClock, limits, rules = allRules, idsFrom } = options;
    const { now = () => performance.now() } = options;
    const all: LogLimits = { ...defaultLimits, ...limits };
    const appended = (organizationId: number): void => {
      this.outcomes.succeeded(organizationId);
      this.#listeners.notify(organizationId);
    };
    const committing = { store, clock, limits: all, appended };
    this.#store = store;
    this.#preparing = { types, clock, rules, idsFrom };
    this.#coalescer = new Coalescer({
      run: (group) => commitGroup(group, committing),
      limits: all,
      now,
      placementOf: (organizationId) => store.placementOf(organizationId),
    });
    this.#turns = new Turns(now);
    this.#changing = { ...committing, dependencies: this.#preparing };
  }

  get load(): Load {
    return this.#coalescer.load;
  }

  async record(request: RecordRequest): Promise<RecordAnswer> {
    this.#enter();
    try {
      const { organization, unread } = request;
      const { bytes, estimate: events } = unread;
      const space = this.#coalescer.enter(organization.organizationId, { events, bytes });
      const slices = bytes > shortBytes ? this.#slicesOf(space) : undefined;
      try {
        const inputs = slices === undefined ? readNow(unread) : await readAll(unread, slices);
        this.#coalescer.widen(space, inputs.length);
        return await this.#record(request, inputs, { space, slices });
      } finally {
        slices?.end();
        this.#coalescer.leave(space);
      }
    } finally {
      this.#leave();
    }
  }

  async change<T>(work: (tx: ChangeTransaction) => Promise<T>, names: ChangeNames): Promise<T> {
    this.#enter();
    try {
      return await change(work, names, this.#changing);
    } catch (error) {
      this.outcomes.failed(error, names.organizations);
      throw error;
    } finally {
      this.#leave();
    }
  }

  appended(listener: (organizationId: number) => void): () => void {
    return this.#listeners.add(listener);
  }

  async recoverClock(reason?: string): Promise<CorrectedClock[]> {
    this.#enter();
    return recoverClock(this.#changing, this.#store, reason).finally(() => this.#leave());
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#active > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** The turns of a request, which ends if it waits too long for one. */
  #slicesOf(space: QueueSpace): Slices {
    const { next, end } = this.#turns.begin(space.organizationId);
    return { next: () => next()?.then(() => this.#coalescer.demandInTime(space)), end };
  }

  async #record(
    request: RecordRequest,
    inputs: readonly Input[],
    { space, slices }: Passage,
  ): Promise<RecordAnswer> {
    const { organization, recordedBy, mayImport, mayRead = false, receipt } = request;
    const sender: Sender = { organization, recordedBy, mayImport, mayRead, writer: "producer" };
    const fullFor = receipt === "full" ? recordedBy : undefined;
    try {
      let events = await prepareOrRepeat(inputs, sender, this.#preparing, { store: this.#store, slices });
      const stored = new Map<string, StoredAs>();
      for (let round = 0; round < mostRounds; round++) {
        if (events.every(isNothing)) return await answer(events, this.#store, fullFor);
        const submission = { organization, events, mayRead, writer: "producer" as const };
        const verdict = await this.#coalescer.submit(submission, space);
        if (verdict.kind === "refused") throw verdict.error;
        if (verdict.kind === "placed") return await answer(verdict.places, this.#store, fullFor);
        for (const [id, as] of verdict.stored) stored.set(id, as);
        events = await prepare(inputs, sender, this.#preparing, { slices, stored });
      }
      throw new DaybookError("internal", { detail: "The versions of an event type do not settle." });
    } catch (error) {
      this.outcomes.failed(error, [organization.organizationId]);
      throw error;
    }
  }

  /** Counts a request in progress, unless the log is closing. */
  #enter(): void {
    if (this.#closing) throw new DaybookError("shutting-down", { retryAfter: 1 });
    this.#active++;
  }

  #leave(): void {
    this.#active--;
    if (this.#active === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }
}
