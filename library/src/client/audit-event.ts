/** An event as it is read back: a union by `type`, so that `data` is typed once `type` was looked at. Types only. */
import type { CustomEventTypes } from "../catalogue/index.ts";
import type { JsonObject, RecordedEvent } from "../event/index.ts";
import type { DataOf, EventName } from "./event-name.ts";

type AnyAuditEvent = Omit<RecordedEvent, "type" | "data">;

/** An event of the type `T`, read back. `data` is absent where it was erased (`erased` names it then). */
export type AuditEventOf<T extends EventName> = T extends EventName
  ? AnyAuditEvent & { type: T } & ([DataOf<T>] extends [undefined]
        ? { data?: never }
        : undefined extends DataOf<T>
          ? { data?: DataOf<T> }
          : { data: DataOf<T> })
  : never;

/** An event of a type that is not declared. The names of custom types have a dot, those of the catalogue have none. */
type UndeclaredEvent = AnyAuditEvent & { type: `${string}.${string}`; data?: JsonObject };

/**
 * An event as it is read back. Where `CustomEventTypes` declares none, events of custom types are in the union with any JSON as `data`;
 * once it declares some, the union is the catalogue's types and those, and an event of another type goes to `default`.
 */
export type AuditEvent =
  | AuditEventOf<EventName>
  | ([keyof CustomEventTypes] extends [never] ? UndeclaredEvent : never);
