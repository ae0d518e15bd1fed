/** The links of the values on an event's card. */

/** The links of an event's values; undefined for none. */
export interface EventLinks {
  readonly type: string;
  readonly actor: string | undefined;
  /** If undefined, to the page of the target. */
  readonly target?: string | undefined;
  readonly outcome?: string | undefined;
  /** If undefined, to all activity of the organization. */
  readonly organization?: string | undefined;
}
