/**
 * The contract of the store for the placement of organizations, and for the names of a write.
 *
 * A store can spread organizations over several databases (shards). A transaction over two of them needs a two-phase commit, so a write
 * names its organizations before it begins.
 */

/** Where an organization is stored. Organizations of the same placement commit together. Compare placements for equality only. */
export type Placement = string;

/** The connections of a write: for recording, for changes that a caller waits for, or for background work. */
export type WriteLane = "events" | "changes" | "jobs";

/** A change that spans organizations: organization 0, and others. */
export type SpanningChange =
  /** Makes an organization. Its number is not known in advance; organization 0 has its slug and records the event. */
  | "organization-made"
  /** Closes an organization. Organization 0 records the event too. */
  | "organization-closed"
  /** Invites a person, makes them a member or removes them. It locks or changes their account. */
  | "membership"
  /** Takes a name for a custom event type, which is unique over the service and all organizations. */
  | "event-type-name"
  /** Changes an account, a sign-in or an operator. The log of each of the person's organizations records the event. */
  | "account";

/**
 * All changes that span organizations. Each MUST name organization 0, and at most `others` more. No other change spans organizations: a
 * transfer from one organization to another would be one, and MUST be listed here first. `noteUsed` and `sweep` are not changes: each is
 * one statement that can be repeated, records nothing, and may touch rows of all organizations.
 */
export const spanningChanges: Readonly<Record<SpanningChange, { readonly others: number }>> = {
  "organization-made": { others: 1 },
  "organization-closed": { others: 1 },
  membership: { others: 1 },
  "event-type-name": { others: 1 },
  account: { others: Number.POSITIVE_INFINITY },
};

/** A group of recordings. Its organizations MUST have one placement. */
interface RecordingNames {
  readonly lane: "events";
  readonly organizations: ReadonlySet<number>;
}

/** A change. It MUST name one organization, unless `spans` is set. */
export interface ChangeNames {
  readonly lane: "changes" | "jobs";
  readonly organizations: ReadonlySet<number>;
  readonly spans?: SpanningChange;
}

/**
 * The names of a write: its lane, and the organizations that it may touch. Organization 0 stands for what belongs to no organization: the
 * deployment, accounts with their sessions and tokens, and names that are unique over all organizations.
 */
export type WriteNames = RecordingNames | ChangeNames;

/** An organization by its number. */
export interface Numbered {
  readonly organizationId: number;
}

/** A change in one organization. */
export const inOne = ({ organizationId }: Numbered, lane: ChangeNames["lane"] = "changes"): ChangeNames => ({
  lane,
  organizations: new Set([organizationId]),
});

/** A change to what belongs to no organization. */
export const inNone: ChangeNames = inOne({ organizationId: 0 });

/** A change that spans these organizations and organization 0. */
export const spanning = (spans: SpanningChange, organizations: readonly Numbered[]): ChangeNames => ({
  lane: "changes",
  organizations: new Set([0, ...organizations.map(({ organizationId }) => organizationId)]),
  spans,
});
