/** An event as `record` takes it: a union by `type`, so that TypeScript completes names and checks the `data` of each. Types only. */
import type { EventData } from "../catalogue/index.ts";
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

/** As `T`, where whatever may be left out may be undefined too. */
type Lenient<T> = T extends readonly (infer Item)[]
  ? readonly Lenient<Item>[]
  : T extends object
    ? {
        // biome-ignore lint/complexity/noBannedTypes: the type without members is what is meant
        readonly [Name in keyof T]: {} extends Pick<T, Name>
          ? Lenient<T[Name]> | undefined
          : Lenient<T[Name]>;
      }
    : T;

/**
 * How something was before or after: an object of any type whose members JSON can hold, Dates included. Arrays, Maps and Sets are not
 * taken for one.
 */
export type Snapshot = object & { readonly [Symbol.iterator]?: never };

/** What an event of any type may have. A member that is undefined is left out. */
interface AnyNewEvent {
  /** A UUIDv7. Absent: the client makes one before the first attempt, so that a repeat records nothing twice. */
  readonly id?: string | undefined;
  /** RFC 3339, or a Date. Absent: when it is recorded. */
  readonly occurredAt?: string | Date | undefined;
  readonly actor: Lenient<Actor>;
  readonly targets?: readonly Lenient<Target>[] | undefined;
  /** Either these, or `before` and `after`, from which Daybook works them out. */
  readonly changes?: readonly { readonly [Name in keyof Change]: Change[Name] | undefined }[] | undefined;
  readonly before?: Snapshot | undefined;
  readonly after?: Snapshot | undefined;
  readonly outcome?: Outcome | undefined;
  /** Why, in the person's own words. */
  readonly reason?: string | undefined;
  readonly context?: Lenient<Context> | undefined;
  readonly producer?: Lenient<Producer> | undefined;
}

type NewData<T extends EventName> = T extends keyof EventData ? Lenient<DataOf<T>> : DataOf<T>;

/** Nothing is of this type. `data` isn't only undefined there, or names would complete as those of types without data only. */
interface NoData {
  readonly "This event type takes no data.": never;
}

type WithData<T extends EventName> = [DataOf<T>] extends [undefined]
  ? { readonly data?: NoData | undefined }
  : undefined extends DataOf<T>
    ? { readonly data?: NewData<T> }
    : { readonly data: NewData<T> };

/** An event of the type `T`, to be recorded. */
export type NewEventOf<T extends EventName> = AnyNewEvent & { readonly type: T } & WithData<T>;

/**
 * An event to be recorded. A type that is only known when the program runs goes through `recordAll`, which takes any: the server then
 * checks what TypeScript can't.
 */
export type NewEvent = { [T in EventName]: NewEventOf<T> }[EventName];

/** An event with the types of its snapshots, which say whether it may turn out that nothing changed. */
export type Compared<Before, After> = NewEvent & {
  readonly before?: (Before & Snapshot) | undefined;
  readonly after?: (After & Snapshot) | undefined;
};

/** The answer to an event: a receipt; or, where `before` and `after` were both given, perhaps that nothing had changed. */
export type ReceiptFor<Before, After> = [Before] extends [undefined]
  ? Receipt
  : [After] extends [undefined]
    ? Receipt
    : Receipt | Unrecorded;
