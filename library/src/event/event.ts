/**
 * The event: its shape as a producer sends it, as it is kept (slots), and as it is read back.
 * Shapes only; the rules are in `normalise.ts`, the numbers in `limits.ts`. Source: spec/event.md.
 */

/** A JSON value as the strict reader gives it: objects have no prototype, numbers are safe, strings well-formed. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

/** How what was tried ended. */
export type Outcome = "success" | "denied" | "failed";
export const outcomes: readonly Outcome[] = ["success", "denied", "failed"];

/** Who did it. Never null. */
export type ActorType = "user" | "api_client" | "system" | "anonymous";
export const actorTypes: readonly ActorType[] = ["user", "api_client", "system", "anonymous"];

export interface Actor {
  type: ActorType;
  /** May be left out of an actor of type `anonymous`; Daybook leaves it out of some of type `system` too. */
  id?: string;
  name?: string;
  email?: string;
  /** The one it acts for, who can't itself act for another. */
  onBehalfOf?: Omit<Actor, "onBehalfOf">;
}

/** What it was done to. `type` matches `^[a-z][a-z0-9_]*$`. `name` is a snapshot. */
export interface Target {
  type: string;
  id: string;
  name?: string;
}

/** One field: an absent `from` or `to` means that the member did not exist; `hidden` stands for a secret's values. */
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
  /** JSON Pointers into the event of what a client changed to make it recordable. */
  adjusted?: string[];
}

/** Where the event comes from. */
export interface Producer {
  id: string;
  /** Its own counter, a whole number from 0, so that gaps show. */
  n?: number;
  /** The id that the event has there. Found by words; need not be unique. */
  externalId?: string;
}

/** An event as a producer sends it. Times are RFC 3339 with at most 9 decimals, of which 6 are kept. */
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

/** The slots, sorted. Names are opaque to verifiers; new ones may be added without a new leaf version. */
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

/** The slots that the server sets; a repeat of the same event is compared without them. */
export const serverSlots: readonly SlotName[] = ["recordedBy", "rules", "typeVersion"];

/** The values of the slots that an event has. */
export type Slots = Partial<Record<SlotName, Json>>;

/** Who was authenticated when the event came in, as against whom the event claims. */
export interface RecordedBy {
  type: "api_client" | "operator" | "server";
  id: string;
  /** Exactly where the event was recorded in the transaction that changed Daybook's own rows: it is no claim of others. */
  own?: true;
}

/** An event after normalising: ready for its place in the log. Times are microseconds since 1970 UTC. */
export interface NormalEvent {
  /** Absent: the server makes one. */
  id: string | undefined;
  type: string;
  /** Absent: recordedAt. */
  occurredAt: bigint | undefined;
  outcome: Outcome;
  /** Without `recordedBy`; with `typeVersion` and `rules` only where they are over 1. */
  slots: Slots;
  /** True where before and after were both sent, are equal, and the outcome is success: nothing is recorded. */
  unchanged: boolean;
}

/** What the normaliser needs to know of an event type; the catalogue gives it. Paths are RFC 6901 pointers. */
export interface TypeRules {
  readonly name: string;
  readonly version: number;
  /** Labels of change paths, e.g. `{"/name": "Client name"}`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Paths of changes whose values are never kept. */
  readonly secret: Pick<Marks, "changes">;
  /** What is personal. */
  readonly personal: Marks;
  /** What has the name of a secret and is none. */
  readonly plain: Marks;
}

/** Marks of a type: paths of changes, and pointers into `data`. The token `-` stands for any index. */
export interface Marks {
  readonly changes: readonly string[];
  readonly data: readonly string[];
}

/** Whose log an event is in. */
export interface OrganizationName {
  id: string;
  slug: string;
  name: string;
}

/** An event as it is read back: as sent, and what the server knows of it. */
export interface RecordedEvent extends Omit<EventInput, "before" | "after"> {
  id: string;
  occurredAt: string;
  outcome: Outcome;
  organization: OrganizationName;
  seq: number;
  recordedAt: string;
  leafHash: string;
  recordedBy: RecordedBy;
  /** Slots that were erased, sorted; absent where none was. `actor` may then be absent too. */
  erased?: SlotName[];
}

/** The answer to a recorded event. `log` is the log's origin, `leafHash` padded base64. */
export interface Receipt {
  id: string;
  log: string;
  seq: number;
  recordedAt: string;
  leafHash: string;
  /** With `?receipt=full`, to the caller that recorded it, so that it can check `leafHash`: the leaf data, … */
  leafData?: string;
  /** … and by slot the disclosures, which say what is kept, labels and hidden values included. */
  disclosures?: Partial<Record<SlotName, string>>;
}

/** The answer where nothing had changed, and so nothing was recorded. */
export interface Unrecorded {
  id: string;
  recorded: false;
}
