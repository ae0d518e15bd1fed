/** An event on its way to its place in the log: the output of the steps before the lock, and the input of those under it. Shapes only. */
import type { DaybookError, JsonObject, Outcome, RecordedBy, SlotName } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Organization } from "../store/contract/organizations.ts";

/** One event from a producer. `pointer` is its place in the body, for problem documents; `bytes` is its size as sent. */
export interface Input {
  readonly value: JsonObject;
  readonly pointer: string;
  readonly bytes: number;
}

/** A slot with its salt (16 bytes) and its value's JCS text, ready to store. */
export interface SaltedSlot {
  readonly json: string;
  readonly salt: Uint8Array;
}

/** An event that is checked, split, salted and digested; only its place and time are missing. */
export interface PreparedEvent {
  readonly pointer: string;
  readonly id: string;
  /** Whether the id was made for this request: it can't be in the log unless an attempt of this request put it there. */
  readonly isIdMade: boolean;
  readonly type: string;
  /** The version of the type that normalized it. */
  readonly version: number;
  /** The number of the rules that hid its secrets. */
  readonly rules: number;
  /** If absent, recordedAt. */
  readonly occurredAt: bigint | undefined;
  readonly outcome: Outcome;
  readonly slots: Partial<Record<SlotName, SaltedSlot>>;
  /** The slots' digests, base64url, by name, sorted. */
  readonly sd: Partial<Record<SlotName, string>>;
  /** `type:id`; of an actor without an id, `type:` */
  readonly actor: string;
  /** `type:id`, each once */
  readonly targets: readonly string[];
}

/** Before and after were equal: nothing is recorded, and the id stays free. */
export interface UnchangedEvent {
  readonly id: string;
  readonly unchanged: true;
  /** If the sender gave the id: the data for comparing it with a recorded event. */
  readonly prepared?: PreparedEvent;
}

/** The events of one request for one organization: recorded as a whole or not at all. */
export interface Submission {
  readonly organization: Pick<Organization, "organizationId">;
  readonly events: readonly (PreparedEvent | UnchangedEvent)[];
  /** Whether they can be appended to closed organizations, as the server's own events. */
  readonly writer: "producer" | "server";
  /** Whether the sender may read the log: others don't learn that an event of another recorder is the same. */
  readonly mayRead: boolean;
  /** Whether it is LOG_CLOCK_CORRECTED, the only event at which recordedAt can decrease. */
  readonly correctsClock?: true;
}

/** The place of an event. `origin` is unknown if the event is in an older log of the organization. */
export interface PlacedEvent {
  readonly event: StoredEvent;
  readonly origin: string | undefined;
  /** True if this attempt, or an earlier one with a doubtful outcome, put it there. */
  readonly recorded: boolean;
}

/** The result for a submission under the lock. */
export type Verdict =
  | { readonly kind: "placed"; readonly places: readonly (PlacedEvent | UnchangedEvent)[] }
  | { readonly kind: "refused"; readonly error: DaybookError }
  /** A repeat of events that other versions normalized: prepare it by those, and submit it again. */
  | { readonly kind: "again"; readonly stored: Stored };

/** The sender: what the steps before the lock need about a request. */
export interface Sender {
  readonly organization: Pick<Organization, "organizationId">;
  readonly recordedBy: RecordedBy;
  readonly mayImport: boolean;
  readonly mayRead: boolean;
  readonly writer: "producer" | "server";
  /** Recorded in the transaction that changes Daybook's own rows; goes into `recordedBy`. */
  readonly own?: true;
}

/** The versions that normalized a recorded event, and so normalize its repeats. */
export interface StoredAs {
  readonly type: string;
  readonly version: number;
  /** The number of the rules that hid its secrets. */
  readonly rules: number;
}

/** The versions that normalized already recorded events, by id. */
export type Stored = ReadonlyMap<string, StoredAs>;
