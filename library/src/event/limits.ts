/** The limits of an event and of a request. Source: spec/event.md. */

/** Sizes are in bytes of UTF-8, times in microseconds. */
export const limits: Limits = {
  depth: 32,
  keptDepth: 40,
  eventBytes: 64 * 1024,
  batchEvents: 1_000,
  batchBytes: 5 * 1024 * 1024,
  targets: 20,
  changes: 500,
  pathBytes: 64 * 1024,
  onePathBytes: 2_048,
  labelBytes: 512,
  eventTypeBytes: 128,
  partyTypeBytes: 32,
  idBytes: 256,
  nameBytes: 512,
  emailBytes: 320,
  reasonBytes: 4_096,
  contextBytes: 512,
  userAgentBytes: 4_096,
  adjusted: 100,
  adjustedBytes: 8 * 1024,
  externalIdBytes: 256,
  futureMicros: 5n * 60_000_000n,
  lateMicros: 7n * 86_400_000_000n,
};

export interface Limits {
  /** The maximum depth of objects and arrays; the event itself is 1. */
  readonly depth: number;
  /** The same for readers of stored texts: slots, disclosures, bundles. */
  readonly keptDepth: number;
  /** The size of one event as sent, from its `{` to its `}`. */
  readonly eventBytes: number;
  /** Events in one request. */
  readonly batchEvents: number;
  /** The body of one request. */
  readonly batchBytes: number;
  readonly targets: number;
  /** Also the maximum of changes computed from `before` and `after`. */
  readonly changes: number;
  /** The sum of all paths of changes computed from `before` and `after`, which repeat the names above them. */
  readonly pathBytes: number;
  /** One path of a change, sent or computed. */
  readonly onePathBytes: number;
  /** A producer's label of a change. */
  readonly labelBytes: number;
  /** The name of an event type. */
  readonly eventTypeBytes: number;
  /** The `type` of a target. */
  readonly partyTypeBytes: number;
  /** Ids of actors, targets and producers. */
  readonly idBytes: number;
  /** Names of actors and targets. */
  readonly nameBytes: number;
  readonly emailBytes: number;
  readonly reasonBytes: number;
  /** Each string of `context`; `userAgent` is cut to this size. */
  readonly contextBytes: number;
  /** `context.userAgent` as sent. */
  readonly userAgentBytes: number;
  /** Pointers of `context.adjusted`. */
  readonly adjusted: number;
  /** The sum of all these pointers. */
  readonly adjustedBytes: number;
  /** `producer.externalId`. */
  readonly externalIdBytes: number;
  /** How far `occurredAt`, and the time within an id, can be in the future. */
  readonly futureMicros: bigint;
  /** How old an event can be without the scope `events:import`; the server enforces this. */
  readonly lateMicros: bigint;
}
