/** Where the values on an event's card lead. */

/** Where the values of an event lead; undefined: nowhere. */
export interface EventLinks {
  readonly type: string;
  readonly actor: string | undefined;
  /** Undefined: to the page of the target. */
  readonly target?: string | undefined;
  readonly outcome?: string | undefined;
  /** Undefined: to all activity of the organization. */
  readonly organization?: string | undefined;
}
