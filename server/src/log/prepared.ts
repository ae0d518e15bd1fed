/** An event on its way to its place in the log: what the steps before the lock make and the steps under it need. Shapes only. */
import type { DaybookError, JsonObject, Outcome, RecordedBy, SlotName } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Organization } from "../store/contract/organizations.ts";

/** One event as it came in. `pointer` is its place in the body, for problem documents; `bytes` its length as sent. */
export interface Input {
  readonly value: JsonObject;
  readonly pointer: string;
  readonly bytes: number;
}

/** A slot with its salt (16 bytes) and its value's JCS text, ready to be kept. */
export interface SaltedSlot {
  readonly json: string;
  readonly salt: Uint8Array;
}

/** An event that was checked, split, salted and digested; what is missing is its place and its time. */
export interface PreparedEvent {
  readonly pointer: string;
  readonly id: string;
  readonly type: string;
  /** The version of the type that it was normalised by. */
  readonly version: number;
  /** The number of the rules by which its secrets were hidden. */
  readonly rules: number;
  /** Absent: recordedAt. */
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
  /** Where the sender gave the id: what is compared with an event that has it already. */
  readonly prepared?: PreparedEvent;
}

/** The events of one request for one organization: recorded all together or not at all. */
export interface Submission {
  readonly organization: Pick<Organization, "organizationId">;
  readonly events: readonly (PreparedEvent | UnchangedEvent)[];
  /** The server's own events append to closed organizations too. */
  readonly writer: "producer" | "server";
  /** Whether the sender may read the log: others are told of no event of another recorder that it is the same. */
  readonly mayRead: boolean;
  /** LOG_CLOCK_CORRECTED: the one place where recordedAt may fall. */
  readonly correctsClock?: true;
}

/** Where an event lies. `origin` is unknown where it lies in an older log of the organization. */
export interface PlacedEvent {
  readonly event: StoredEvent;
  readonly origin: string | undefined;
  /** True where this very attempt, or one before it whose outcome was in doubt, put it there. */
  readonly recorded: boolean;
}

/** What became of a submission under the lock. */
export type Verdict =
  | { readonly kind: "placed"; readonly places: readonly (PlacedEvent | UnchangedEvent)[] }
  | { readonly kind: "refused"; readonly error: DaybookError }
  /** A repeat of events that were normalised by other versions: prepare them by those, and come again. */
  | { readonly kind: "again"; readonly stored: Stored };

/** Who sends: what the steps before the lock need to know of a request. */
export interface Sender {
  readonly organization: Pick<Organization, "organizationId">;
  readonly recordedBy: RecordedBy;
  readonly mayImport: boolean;
  readonly mayRead: boolean;
  readonly writer: "producer" | "server";
  /** Recorded in the transaction that changes Daybook's own rows; goes into `recordedBy`. */
  readonly own?: true;
}

/** By what a recorded event was normalised: a repeat of it is normalised by the same. */
export interface StoredAs {
  readonly type: string;
  readonly version: number;
  /** The number of the rules by which its secrets were hidden. */
  readonly rules: number;
}

/** What events that are recorded already were normalised by, by id. */
export type Stored = ReadonlyMap<string, StoredAs>;
