/** An event for `record`: a union by `type`, so that TypeScript completes names and checks the `data` of each. Types only. */
import type { CustomEventTypes, EventData } from "../catalogue/index.ts";
import type {
  Actor,
  Change,
  Context,
  Outcome,
  Producer,
  Receipt,
  Target,
  Unrecorded,
} from "../event/index.ts";
import type { DataOf, EventName } from "./event-name.ts";
import type { AsGiven } from "./json-data.ts";
import type { Lenient } from "./lenient.ts";

/**
 * The state before or after: an object of any type whose members JSON can represent, including Dates. Arrays, Maps and Sets are not
 * allowed.
 */
export type Snapshot = object & {
  /** Absent: a snapshot is no list. */
  readonly [Symbol.iterator]?: never;
};

/**
 * The members of an event of any type. Undefined members are left out.
 * @inline
 */
interface AnyNewEvent {
  /** A UUIDv7. If absent, the client makes one before the first attempt, so that retries record nothing twice. */
  readonly id?: string | undefined;
  /** RFC 3339, or a Date. If absent, the time of recording. */
  readonly occurredAt?: string | Date | undefined;
  /** Who did it. */
  readonly actor: Lenient<Actor>;
  /** What the actor acted on, at most 20. The first one titles the event. */
  readonly targets?: readonly Lenient<Target>[] | undefined;
  /** Either these, or `before` and `after`, from which Daybook computes them. */
  readonly changes?: readonly { readonly [Name in keyof Change]: Change[Name] | undefined }[] | undefined;
  /** The state before, from which Daybook computes the changes. */
  readonly before?: Snapshot | undefined;
  /** The state after. */
  readonly after?: Snapshot | undefined;
  /** How the attempt ended; the default is `success`. */
  readonly outcome?: Outcome | undefined;
  /** The reason, in the person's own words. */
  readonly reason?: string | undefined;
  /** Where the event came from. */
  readonly context?: Lenient<Context> | undefined;
  /** The program that produced the event. */
  readonly producer?: Lenient<Producer> | undefined;
}

type NewData<T extends EventName> = T extends keyof EventData
  ? Lenient<EventData[T]>
  : T extends keyof CustomEventTypes
    ? AsGiven<CustomEventTypes[T]>
    : never;

/** No event has this type. `data` isn't only undefined here, because then only names of types without data would complete. */
interface NoData {
  readonly "This event type takes no data.": never;
}

type WithData<T extends EventName> = [DataOf<T>] extends [undefined]
  ? { readonly data?: NoData | undefined }
  : undefined extends DataOf<T>
    ? { readonly data?: NewData<T> }
    : { readonly data: NewData<T> };

/** An event of the type `T` to record; if `T` is several types, a union by `type`. */
export type NewEventOf<T extends EventName> = T extends EventName
  ? AnyNewEvent & {
      /** The event type, which decides what `data` is. */
      readonly type: T;
    } & WithData<T>
  : never;

/**
 * An event to record. If its type is only known at run time, assert that it is one (`event as NewEvent`): the server checks what TypeScript
 * can't.
 */
export type NewEvent = NewEventOf<EventName>;

/**
 * An event with its type, so that TypeScript's errors are about `data` of that type, and with the types of its snapshots, which decide
 * whether the response can say that nothing changed.
 */
export type Compared<T extends EventName, Before, After> = NewEventOf<T> & {
  readonly type: T;
  readonly before?: (Before & Snapshot) | undefined;
  readonly after?: (After & Snapshot) | undefined;
};

/** The result for an event: a receipt; if `before` and `after` were both given, possibly that nothing had changed. */
export type ReceiptFor<Before, After> = [Before] extends [undefined]
  ? Receipt
  : [After] extends [undefined]
    ? Receipt
    : Receipt | Unrecorded;
