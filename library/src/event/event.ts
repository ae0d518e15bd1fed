/**
 * The event: its shape as a producer sends it, as it is stored (slots), and as it is read back. This file has only
 * shapes: the rules are in `normalise.ts`, and the limits in `limits.ts`. Source: spec/event.md.
 */

/**
 * A JSON value as the strict reader returns it: objects have no prototype, numbers are safe, strings are well-formed.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON object, by member. */
export interface JsonObject {
  [member: string]: Json;
}

/** The result of the attempt. */
export type Outcome = "success" | "denied" | "failed";
export const outcomes: readonly Outcome[] = ["success", "denied", "failed"];

/** Who did it. Never null. */
export type ActorType = "user" | "api_client" | "system" | "anonymous";
export const actorTypes: readonly ActorType[] = ["user", "api_client", "system", "anonymous"];

/** Who did it: a person, an API client, the system, or someone who did not sign in. */
export interface Actor {
  /** The kind of actor. */
  type: ActorType;
  /** Optional for actors of type `anonymous`, and for Daybook's own of type `system`. */
  id?: string;
  /** The actor's name at that time, at most 512 bytes. */
  name?: string;
  /** The actor's email address at that time, at most 320 bytes. */
  email?: string;
  /** The party that the actor acts for; it can't have an `onBehalfOf` of its own. */
  onBehalfOf?: Omit<Actor, "onBehalfOf">;
}

/** What the actor acted on. `type` matches `^[a-z][a-z0-9_]*$`. `name` is the name at that time. */
export interface Target {
  /** The kind of target, such as `api_client`: at most 32 bytes, `^[a-z][a-z0-9_]*$`. */
  type: string;
  /** The target's id in your system, 1 to 256 bytes. */
  id: string;
  /** The target's name at that time, at most 512 bytes. */
  name?: string;
}

/**
 * One changed field. If `from` or `to` is absent, the member did not exist. `hidden` means that the values are secret.
 */
export interface Change {
  /** The field, as an RFC 6901 JSON Pointer into `before` and `after`: `/name`; at most 2,048 bytes. */
  path: string;
  /** The field in words, at most 512 bytes. */
  label?: string;
  /** The value before. */
  from?: Json;
  /** The value after. */
  to?: Json;
  /** Present if Daybook hid both values, because they are secret. */
  hidden?: true;
}

/** Where the event came from. Each text has at most 512 bytes. */
export interface Context {
  /** The IP address of the request. */
  ip?: string;
  /** The `User-Agent` of the request; at most 4,096 bytes, of which Daybook stores 512. */
  userAgent?: string;
  /** The id of the request in your system. */
  requestId?: string;
  /** An id that several requests share. */
  correlationId?: string;
  /** The W3C trace context of the request. */
  traceparent?: string;
  /** How the actor reached your system. */
  interface?: "ui" | "api" | "cli" | "job";
  /** JSON Pointers into the event: the places that a client changed to make it recordable. */
  adjusted?: string[];
}

/** The producer of the event. */
export interface Producer {
  /** The producer's id, 1 to 256 bytes. */
  id: string;
  /** The producer's own counter, a whole number from 0, which reveals gaps. */
  n?: number;
  /** The event's id in the producer's system. Free-text search finds it; it need not be unique. */
  externalId?: string;
}

/** An event as a producer sends it. Times are RFC 3339 with at most 9 decimals; Daybook stores 6. */
export interface EventInput {
  /** A UUIDv7 in lower case, public permanently. If absent, the client or the server makes one. */
  id?: string;
  /** The event type: one of the catalogue, such as `API_CLIENT_REVOKED`, or a registered one, such as `invoice.paid`. */
  type: string;
  /** When it happened: RFC 3339, at most 5 minutes ahead, and 7 days back without the scope `events:import`. If absent, the time of recording. */
  occurredAt?: string;
  /** Who did it. */
  actor: Actor;
  /** What the actor acted on, at most 20. The first one titles the event. */
  targets?: Target[];
  /** The changed fields, at most 500. Send either these, or `before` and `after`. */
  changes?: Change[];
  /** The state before, from which Daybook computes the changes. */
  before?: JsonObject;
  /** The state after. */
  after?: JsonObject;
  /** How the attempt ended; the default is `success`. */
  outcome?: Outcome;
  /** The reason in the person's own words, at most 4,096 bytes. */
  reason?: string;
  /** Where the event came from. */
  context?: Context;
  /** The members that the schema of the event type defines. */
  data?: JsonObject;
  /** The program that produced the event. */
  producer?: Producer;
}

/** The names of the slots, sorted. They are opaque to verifiers, so new ones need no new leaf version. */
export const slotNames = [
  "actor",
  "actorPersonal",
  "changes",
  "changesPersonal",
  "context",
  "data",
  "dataPersonal",
  "producer",
  "reason",
  "recordedBy",
  "rules",
  "targets",
  "targetsPersonal",
  "typeVersion",
] as const;
export type SlotName = (typeof slotNames)[number];

/** The slots that the server sets. They are ignored when a repeat is compared. */
export const serverSlots: readonly SlotName[] = ["recordedBy", "rules", "typeVersion"];

/** The values of an event's slots, by name. */
export type Slots = Partial<Record<SlotName, Json>>;

/** The authenticated caller that recorded the event, in contrast to the actor that the event names. */
export interface RecordedBy {
  /** The kind of caller whose token recorded the event. */
  type: "api_client" | "operator" | "server";
  /** The caller's id. */
  id: string;
  /**
   * `true` exactly if the event was recorded in the transaction that changed Daybook's own rows, and so isn't the claim
   * of someone else.
   */
  own?: true;
}

/** A normalized event, ready for its place in the log. Times are microseconds since 1970 UTC. */
export interface NormalEvent {
  /** If absent, the server makes an id. */
  id: string | undefined;
  type: string;
  /** If absent, `recordedAt`. */
  occurredAt: bigint | undefined;
  outcome: Outcome;
  /** All slots except `recordedBy`; `typeVersion` and `rules` only if they are over 1. */
  slots: Slots;
  /** True if `before` and `after` were both sent and are equal, and the outcome is success: nothing is recorded. */
  unchanged: boolean;
}

/** The part of an event type that the normalizer needs, from the catalogue. Paths are RFC 6901 pointers. */
export interface TypeRules {
  /** The type's name. */
  readonly name: string;
  /** The type's version, from 1. */
  readonly version: number;
  /** Labels by the path of the change, such as `{"/name": "Client name"}`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Paths of changes whose values are never stored. */
  readonly secret: Pick<Marks, "changes">;
  /** Personal members. */
  readonly personal: Marks;
  /** Members that have the name of a secret but are not secret. */
  readonly plain: Marks;
}

/**
 * Marks of a type: paths of changes, and pointers into `data`. The token `-` stands for any index.
 * @inline
 */
export interface Marks {
  /** Paths of changes, such as `/email`. */
  readonly changes: readonly string[];
  /** JSON Pointers into `data`, such as `/email`. */
  readonly data: readonly string[];
}

/** The organization of an event. */
export interface OrganizationName {
  /** `org_…`; it never changes. */
  id: string;
  /** The organization's name in addresses. */
  slug: string;
  /** The organization's name when the event is read. */
  name: string;
}

/** An event as it is read back: as sent, with what the server added. */
export interface RecordedEvent extends Omit<EventInput, "actor" | "before" | "after"> {
  /** The event's id, a UUIDv7. */
  id: string;
  /** When it happened: RFC 3339, UTC, six decimals. */
  occurredAt: string;
  /** How the attempt ended. */
  outcome: Outcome;
  /** Absent only if it was erased. */
  actor?: Actor;
  /** The organization whose log has the event. */
  organization: OrganizationName;
  /** The event's place in its log, from 0, without gaps. */
  seq: number;
  /** When it became durable: RFC 3339, UTC, six decimals. */
  recordedAt: string;
  /** The event's hash in the log's Merkle tree, 32 bytes as padded base64. */
  leafHash: string;
  /** Who recorded the event. */
  recordedBy: RecordedBy;
  /** The erased slots, sorted; absent if there are none. */
  erased?: SlotName[];
}

/** The response to a recorded event. `log` is the origin of the log, and `leafHash` is base64 with padding. */
export interface Receipt {
  /** The event's id, as sent or as made by the client. */
  id: string;
  /** The origin of the log that has the event. */
  log: string;
  /** The event's place in its log, from 0, without gaps. */
  seq: number;
  /** When it became durable: RFC 3339, UTC, six decimals. */
  recordedAt: string;
  /** The event's hash in the log's Merkle tree, 32 bytes as padded base64. */
  leafHash: string;
  /** With `?receipt=full`, for the caller that recorded the event, so that it can check `leafHash`: the leaf data, … */
  leafData?: string;
  /** … and the disclosures by slot, which contain what is stored, including labels and hidden values. */
  disclosures?: Record<string, string>;
}

/** The response if nothing changed, so that nothing was recorded. */
export interface Unrecorded {
  /** The id that the event would have had. */
  id: string;
  /** Always false: `before` and `after` are equal. */
  recorded: false;
}
