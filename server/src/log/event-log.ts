/**
 * The write path put together: `record` for events that come in, `change` for what the server itself does. Each step is a
 * file of its own; this one knows their order and nothing else.
 */
import { allRules, DaybookError, type RecordedBy, type Rules } from "daybook/internal";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import { answer, type RecordAnswer } from "./answer.ts";
import { type ChangeDependencies, type ChangeTransaction, change } from "./change.ts";
import { type Clock, processClock } from "./clock.ts";
import { Coalescer, type Load, type QueueSpace } from "./coalesce.ts";
import { commitGroup } from "./commit.ts";
import { defaultLimits, type LogLimits } from "./limits.ts";
import { Listeners } from "./listeners.ts";
import { type PrepareDependencies, prepare, prepareOrRepeat } from "./prepare.ts";
import type { Input, PreparedEvent, Sender, StoredAs, UnchangedEvent } from "./prepared.ts";
import { type CorrectedClock, recoverClock } from "./recover-clock.ts";
import type { TypeLookup } from "./types.ts";

/** What a log is opened with. */
export interface LogOptions {
  readonly store: Store;
  readonly types: TypeLookup;
  /** Microseconds since 1970 UTC; the process's clock if absent. */
  readonly clock?: Clock;
  readonly limits?: Partial<LogLimits>;
  /** The rules by which secrets are hidden, by number from 1; the library's if absent. */
  readonly rules?: readonly Rules[];
  /** Retention: ids of an organization whose time is before this are refused with `id-expired`. */
  readonly idsFrom?: (organizationId: number) => bigint | undefined;
}

/** Events that came in for one organization, recorded all together or not at all. */
interface RecordRequest {
  readonly organization: Pick<Organization, "organizationId">;
  /** From `readEvents`. */
  readonly inputs: readonly Input[];
  /** Who was authenticated. */
  readonly recordedBy: RecordedBy;
  /** Whether events more than 7 days late are taken. */
  readonly mayImport: boolean;
  /** Whether the sender may read the log, and so be told that another recorded the same. Absent: not. */
  readonly mayRead?: boolean;
  /** `full`: receipts of what the sender recorded have leaf data and disclosures. */
  readonly receipt?: "full" | undefined;
}

/** The write path of one process; any number of processes may write to one database. */
export interface EventLog {
  /** Records events; resolves when they are durable. Throws DaybookError, and then nothing of the request was recorded. */
  record(request: RecordRequest): Promise<RecordAnswer>;
  /** One transaction of our own: business rows and the events about them, both or neither. See `change.ts`. */
  change<T>(work: (tx: ChangeTransaction) => Promise<T>): Promise<T>;
  /** Calls the listener after each commit that appended to an organization's log; gives back how to stop it. */
  appended(listener: (organizationId: number) => void): () => void;
  /** Appends LOG_CLOCK_CORRECTED to each log whose newest event is more than 60 s ahead of the clock. */
  recoverClock(reason?: string): Promise<CorrectedClock[]>;
  /** What waits and runs now, for metrics. */
  readonly load: Load;
  /** Refuses new requests with `shutting-down`; resolves when those that were taken are answered. */
  close(): Promise<void>;
}

/** Whether an event needs no look at the log: nothing changed, and nobody has its id. */
const isNothing = (event: PreparedEvent | UnchangedEvent): event is UnchangedEvent =>
  "unchanged" in event && event.prepared === undefined;

/** How often a repeat may be prepared anew by another version of its type: once for each that is registered meanwhile. */
const mostRounds = 4;

/** Opens the write path. */
export const openLog = (options: LogOptions): EventLog => new RecordingLog(options);

class RecordingLog implements EventLog {
  readonly #store: Store;
  readonly #workshop: PrepareDependencies;
  readonly #coalescer: Coalescer;
  readonly #changing: ChangeDependencies;
  readonly #listeners = new Listeners();
  readonly #idle: (() => void)[] = [];
  #active = 0;
  #closing = false;

  constructor({ store, types, clock = processClock, limits, rules = allRules, idsFrom }: LogOptions) {
    const all: LogLimits = { ...defaultLimits, ...limits };
    const appended = (organizationId: number): void => this.#listeners.tell(organizationId);
    const committing = { store, clock, limits: all, appended };
    this.#store = store;
    this.#workshop = { types, clock, rules, idsFrom };
    this.#coalescer = new Coalescer((group) => commitGroup(group, committing), all);
    this.#changing = { ...committing, dependencies: this.#workshop };
  }

  get load(): Load {
    return this.#coalescer.load;
  }

  record(request: RecordRequest): Promise<RecordAnswer> {
    return this.#whileOpen(async () => {
      const space = { events: request.inputs.length, bytes: bytesOf(request.inputs) };
      this.#coalescer.enter(space);
      try {
        return await this.#record(request, space);
      } finally {
        this.#coalescer.leave(space);
      }
    });
  }

  change<T>(work: (tx: ChangeTransaction) => Promise<T>): Promise<T> {
    return this.#whileOpen(() => change(work, this.#changing));
  }

  appended(listener: (organizationId: number) => void): () => void {
    return this.#listeners.add(listener);
  }

  recoverClock(reason?: string): Promise<CorrectedClock[]> {
    return this.#whileOpen(() => recoverClock(this.#changing, this.#store, reason));
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#active > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #record(
    { organization, inputs, recordedBy, mayImport, mayRead = false, receipt }: RecordRequest,
    space: QueueSpace,
  ): Promise<RecordAnswer> {
    const sender: Sender = { organization, recordedBy, mayImport, mayRead, writer: "producer" };
    const fullFor = receipt === "full" ? recordedBy : undefined;
    let events = await prepareOrRepeat(inputs, sender, { ...this.#workshop, store: this.#store });
    const stored = new Map<string, StoredAs>();
    for (let round = 0; round < mostRounds; round++) {
      if (events.every(isNothing)) return answer(events, this.#store, fullFor);
      const submission = { organization, events, mayRead, writer: "producer" as const };
      const verdict = await this.#coalescer.submit(submission, space.bytes);
      if (verdict.kind === "refused") throw verdict.error;
      if (verdict.kind === "placed") return answer(verdict.places, this.#store, fullFor);
      for (const [id, as] of verdict.stored) stored.set(id, as);
      events = await prepare(inputs, sender, { ...this.#workshop, stored });
    }
    throw new DaybookError("internal", { detail: "The versions of an event type do not settle." });
  }

  async #whileOpen<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) throw new DaybookError("shutting-down", { retryAfter: 1 });
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
      if (this.#active === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }
}

function bytesOf(inputs: readonly Input[]): number {
  let bytes = 0;
  for (const input of inputs) bytes += input.bytes;
  return bytes;
}
