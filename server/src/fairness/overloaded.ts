/** The refusal of a request because something that all share is used up. */
import { DaybookError } from "daybook/internal";

/** What was used up: labels of a metric. */
export const overloads = [
  /** The queue of recording has no room for the organization. */
  "queue-full",
  /** The request waited too long in the queue. */
  "queue-wait",
  /** No connection to the database became free. */
  "connections",
  /** The bodies that are being read take all the memory for them. */
  "bodies",
  /** The caller or the organization has too many open follows. */
  "follows",
] as const;

export type Overload = (typeof overloads)[number];

interface OverloadDetails {
  readonly detail: string;
  readonly remedy?: string;
  /** Seconds. */
  readonly retryAfter: number;
  readonly cause?: unknown;
}

/** `overloaded`, or `too-many-requests` if the caller has to end something of its own first. */
export class Overloaded extends DaybookError {
  readonly overload: Overload;

  constructor(overload: Overload, details: OverloadDetails) {
    super(overload === "follows" ? "too-many-requests" : "overloaded", details);
    this.overload = overload;
  }
}
