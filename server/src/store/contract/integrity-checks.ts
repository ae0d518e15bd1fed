/**
 * The contract of the store for scheduled checks of the whole deployment: which is due, which process works on it, where it is, and what the
 * last one came to. One check at a time, in whatever process.
 */

/** A complete check. */
export interface LastCheck {
  readonly startedAt: bigint;
  readonly finishedAt: bigint;
  readonly organizations: number;
  readonly events: bigint;
  readonly findings: number;
}

/** A check that this process works on, until another process may take it. */
export interface ClaimedCheck {
  /** By the database's clock; it also identifies the claim. */
  readonly claimedUntil: bigint;
  readonly startedAt: bigint;
  /** What `keepCheck` was given last; null at the beginning. */
  readonly position: string | null;
}

/** When checks begin, and for how long a claim lasts, in microseconds. */
interface CheckTimes {
  readonly every: bigint;
  readonly claim: bigint;
}

export interface IntegrityCheckStore {
  /** The last complete check; undefined if there was none. */
  lastCheck(): Promise<LastCheck | undefined>;
  /**
   * Claims the check that was begun and is nobody's, or begins one if the last one (or the first start) is `every` or longer ago. Undefined
   * if none is due, or while another process's claim lasts. A claim that is longer than these times allow, or a last check in the future,
   * came from a clock that ran ahead, and holds up nothing.
   */
  claimCheck(times: CheckTimes): Promise<ClaimedCheck | undefined>;
  /** Keeps the position of a claimed check, and renews its claim for that duration; undefined if the claim is another's by now. */
  keepCheck(claim: ClaimedCheck, position: string, duration: bigint): Promise<ClaimedCheck | undefined>;
}

export interface IntegrityCheckRows {
  /**
   * Ends a claimed check: it becomes the last one, finished at the time of the change. False, without a change, if the claim is another's by
   * now.
   */
  finishCheck(
    claim: ClaimedCheck,
    result: Pick<LastCheck, "organizations" | "events" | "findings">,
  ): Promise<boolean>;
}
