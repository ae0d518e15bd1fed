/** What fsck finds. Shapes only. */

/** One thing that is wrong. */
export interface Finding {
  /** The organization's id. */
  readonly organization: string;
  /** The log's origin; absent where it concerns the organization as a whole. */
  readonly log?: string;
  /** The place in the log; absent where it concerns the log as a whole. */
  readonly seq?: bigint;
  /** What is wrong, a whole sentence that names the place too. */
  readonly sentence: string;
}

/** What is wrong with one log. */
export type LogFinding = Pick<Finding, "seq" | "sentence">;
