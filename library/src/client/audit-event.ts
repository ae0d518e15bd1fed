/** An event as it is read back: a union by `type`, so that checking `type` gives the type of `data`. Types only. */
import type { CustomEventTypes } from "../catalogue/index.ts";
import type { JsonObject, RecordedEvent } from "../event/index.ts";
import type { DataOf, EventName } from "./event-name.ts";

type AnyAuditEvent = Omit<RecordedEvent, "type" | "data">;

/** An event of the type `T`, read back. `data` is absent if it was erased (`erased` names it then). */
export type AuditEventOf<T extends EventName> = T extends EventName
  ? AnyAuditEvent & {
      /** The event type, which decides what `data` is. */
      type: T;
    } & ([DataOf<T>] extends [undefined]
        ? {
            /** The type has no `data`. */
            data?: never;
          }
        : undefined extends DataOf<T>
          ? {
              /** The members of the event type. */
              data?: DataOf<T>;
            }
          : {
              /** The members of the event type. */
              data: DataOf<T>;
            })
  : never;

/** An event of an undeclared custom type, recognized by the dot in its name; names of the catalogue have no dot. */
type UndeclaredEvent = AnyAuditEvent & { type: `${string}.${string}`; data?: JsonObject };

/**
 * An event as it is read back. If `CustomEventTypes` declares no types, the union has events of custom types with any JSON as `data`. If it
 * declares some, the union has the catalogue's types and those, and an event of another type goes to `default`.
 */
export type AuditEvent =
  | AuditEventOf<EventName>
  | ([keyof CustomEventTypes] extends [never] ? UndeclaredEvent : never);
