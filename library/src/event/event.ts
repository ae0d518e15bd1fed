/**
 * The event: its shape as a producer sends it, as it is stored (slots), and as it is read back. This file has only
 * shapes: the rules are in `normalise.ts`, and the limits in `limits.ts`. Source: spec/event.md.
 */

/**
 * A JSON value as the strict reader returns it: objects have no prototype, numbers are safe, strings are well-formed.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

/** The result of the attempt. */
export type Outcome = "success" | "denied" | "failed";
export const outcomes: readonly Outcome[] = ["success", "denied", "failed"];

/** Who did it. Never null. */
export type ActorType = "user" | "api_client" | "system" | "anonymous";
export const actorTypes: readonly ActorType[] = ["user", "api_client", "system", "anonymous"];

export interface Actor {
  type: ActorType;
  /** Optional for actors of type `anonymous`, and for Daybook's own of type `system`. */
  id?: string;
  name?: string;
  email?: string;
  /** The party that the actor acts for; it can't have an `onBehalfOf` of its own. */
  onBehalfOf?: Omit<Actor, "onBehalfOf">;
}

/** What the actor acted on. `type` matches `^[a-z][a-z0-9_]*$`. `name` is the name at that time. */
export interface Target {
  type: string;
  id: string;
  name?: string;
}

/**
 * One changed field. If `from` or `to` is absent, the member did not exist. `hidden` means that the values are secret.
 */
export interface Change {
  path: string;
  label?: string;
  from?: Json;
  to?: Json;
  hidden?: true;
}

export interface Context {
  ip?: string;
  userAgent?: string;
  requestId?: string;
  correlationId?: string;
  traceparent?: string;
  interface?: "ui" | "api" | "cli" | "job";
  /** JSON Pointers into the event: the places that a client changed to make it recordable. */
  adjusted?: string[];
}

/** The producer of the event. */
export interface Producer {
  id: string;
  /** The producer's own counter, a whole number from 0, which reveals gaps. */
  n?: number;
  /** The event's id in the producer's system. Free-text search finds it; it need not be unique. */
  externalId?: string;
}

/** An event as a producer sends it. Times are RFC 3339 with at most 9 decimals; Daybook stores 6. */
export interface EventInput {
  id?: string;
  type: string;
  occurredAt?: string;
  actor: Actor;
  targets?: Target[];
  changes?: Change[];
  before?: JsonObject;
  after?: JsonObject;
  outcome?: Outcome;
  reason?: string;
  context?: Context;
  data?: JsonObject;
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
  type: "api_client" | "operator" | "server";
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
  readonly name: string;
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

/** Marks of a type: paths of changes, and pointers into `data`. The token `-` stands for any index. */
export interface Marks {
  readonly changes: readonly string[];
  readonly data: readonly string[];
}

/** The organization of an event. */
export interface OrganizationName {
  id: string;
  slug: string;
  name: string;
}

/** An event as it is read back: as sent, with what the server added. */
export interface RecordedEvent extends Omit<EventInput, "actor" | "before" | "after"> {
  id: string;
  occurredAt: string;
  outcome: Outcome;
  /** Absent only if it was erased. */
  actor?: Actor;
  organization: OrganizationName;
  seq: number;
  recordedAt: string;
  leafHash: string;
  recordedBy: RecordedBy;
  /** The erased slots, sorted; absent if there are none. */
  erased?: SlotName[];
}

/** The response to a recorded event. `log` is the origin of the log, and `leafHash` is base64 with padding. */
export interface Receipt {
  id: string;
  log: string;
  seq: number;
  recordedAt: string;
  leafHash: string;
  /** With `?receipt=full`, for the caller that recorded the event, so that it can check `leafHash`: the leaf data, … */
  leafData?: string;
  /** … and the disclosures by slot, which contain what is stored, including labels and hidden values. */
  disclosures?: Record<string, string>;
}

/** The response if nothing changed, so that nothing was recorded. */
export interface Unrecorded {
  id: string;
  recorded: false;
}
