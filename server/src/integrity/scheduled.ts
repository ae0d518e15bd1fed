/**
 * Scheduled checks of everything: one at a time, in whatever process, and continued by another if that process ends. A check takes at most a
 * quarter of a core. Its result is an event in the log of the reserved organization.
 */
import { setTimeout as pause } from "node:timers/promises";
import { formatTime } from "daybook/internal";
import { schedule } from "../jobs/index.ts";
import { byServer, type EventLog } from "../log/index.ts";
import type { ClaimedCheck, LastCheck } from "../store/contract/integrity-checks.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import type { Finding } from "./finding.ts";
import { type FsckStore, fsck } from "./fsck.ts";
import { type FsckPosition, readPosition, theStart } from "./position.ts";

export interface IntegrityChecks {
  /** Works on the check that is due, if any. Never rejects. */
  due(): Promise<void>;
  /** The last complete check, by whatever process; undefined if there was none. */
  last(): Promise<LastCheck | undefined>;
  /** Stops; another process continues a check that is being made. */
  close(): Promise<void>;
}

export interface IntegrityChecksOptions {
  readonly store: FsckStore & Pick<Store, "claimCheck" | "keepCheck" | "lastCheck">;
  readonly log: Pick<EventLog, "change">;
  /** How often everything is checked, in microseconds; undefined: never. */
  readonly every: bigint | undefined;
  /** Called with each difference, up to a hundred for a check. */
  readonly found?: (finding: Finding) => void;
  /** Called with the failure of a check, which is continued later. */
  readonly failed?: (error: unknown) => void;
}

const lookEveryMs = 60_000;
const claim = 120_000_000n;
const keepEveryMs = 10_000;
/** Few at once: checking an event takes about 0.2 ms, and requests wait meanwhile. */
const atOnce = 100;
/** How long a check rests, as a multiple of the time that it worked. */
const rests = 3;
const longestRestMs = 2_000;
const mostFindings = 100;

const reserved = { organizationId: 0 };

export function openIntegrityChecks(options: IntegrityChecksOptions): IntegrityChecks {
  const { store, every, failed = () => {} } = options;
  const closing = new AbortController();
  const work = async (): Promise<void> => {
    if (every === undefined || closing.signal.aborted) return;
    const claimed = await store.claimCheck({ every, claim });
    if (claimed !== undefined) await new ClaimedWork(options, claimed, closing.signal).run();
  };
  const job = schedule(lookEveryMs, work, failed);
  return {
    due: () => job.now(),
    last: () => store.lastCheck(),
    close: async () => {
      closing.abort();
      await job.stop();
    },
  };
}

/** The work of this process on a check that it has claimed. */
class ClaimedWork {
  readonly #options: IntegrityChecksOptions;
  readonly #closing: AbortSignal;
  #claim: ClaimedCheck | undefined;
  #at: FsckPosition;
  #keptAt = performance.now();
  #workedSince = performance.now();

  constructor(options: IntegrityChecksOptions, claimed: ClaimedCheck, closing: AbortSignal) {
    this.#options = options;
    this.#claim = claimed;
    this.#closing = closing;
    this.#at = (claimed.position === null ? undefined : readPosition(claimed.position)) ?? theStart;
  }

  async run(): Promise<void> {
    const { store, found = () => {} } = this.#options;
    const checking = fsck(store, {
      from: this.#at,
      atOnce,
      onPosition: (position) => {
        this.#at = position;
      },
      goOn: () => this.#goOn(),
    });
    let findings = this.#at.findings;
    for await (const finding of checking) if (++findings <= mostFindings) found(finding);
    if (this.#claim === undefined) return;
    if (this.#closing.aborted) await this.#keep(0n);
    else await finishCheck(this.#options.log, this.#claim, countsOf(this.#at, findings));
  }

  async #goOn(): Promise<boolean> {
    if (performance.now() - this.#keptAt > keepEveryMs) await this.#keep(claim);
    const worked = performance.now() - this.#workedSince;
    await pause(Math.min(worked * rests, longestRestMs), undefined, { signal: this.#closing }).catch(
      () => {},
    );
    this.#workedSince = performance.now();
    return this.#claim !== undefined && !this.#closing.aborted;
  }

  async #keep(duration: bigint): Promise<void> {
    if (this.#claim === undefined) return;
    this.#claim = await this.#options.store.keepCheck(this.#claim, JSON.stringify(this.#at), duration);
    this.#keptAt = performance.now();
  }
}

const countsOf = ({ organizations, events }: FsckPosition, findings: number): CheckCounts => ({
  organizations,
  events,
  findings,
});

/** What a check came to. */
export type CheckCounts = Pick<FsckPosition, "organizations" | "events" | "findings">;

/** Ends a check with its event, unless another process has taken it over. */
export const finishCheck = (
  log: IntegrityChecksOptions["log"],
  claimed: ClaimedCheck,
  counts: CheckCounts,
): Promise<void> =>
  log.change(
    async (tx) => {
      if (!(await tx.rows.finishCheck(claimed, { ...counts, events: BigInt(counts.events) }))) return;
      const data = { startedAt: formatTime(claimed.startedAt), ...counts };
      const actor = { type: "system", id: "daybook" } as const;
      await tx.record(reserved, { type: "INTEGRITY_CHECKED", actor, data }, byServer);
    },
    inOne(reserved, "jobs"),
  );
