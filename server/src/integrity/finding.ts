/** The findings of fsck. Shapes only. */

/** One finding. */
export interface Finding {
  /** The organization's id. */
  readonly organization: string;
  /** The log's origin; absent if the finding is about the whole organization. */
  readonly log?: string;
  /** The place in the log; absent if the finding is about the whole log. */
  readonly seq?: bigint;
  /** What is wrong, as a sentence that also names the place. */
  readonly sentence: string;
}

/** A finding in one log. */
export type LogFinding = Pick<Finding, "seq" | "sentence">;
