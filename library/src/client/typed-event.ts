/** Events as TypeScript checks them: where `type` is one of the catalogue's, `data` must be that type's. Types only. */
import type { EventData, EventTypeName } from "../catalogue/index.ts";
import type { EventInput } from "../event/index.ts";

type Rest = Omit<EventInput, "type" | "data">;

/** An event of type `T`; of a custom type, or one that is only known when it runs, `data` is any JSON object. */
export type EventOf<T extends string> = Rest & { type: T } & (T extends EventTypeName
    ? undefined extends EventData[T]
      ? { data?: never }
      : { data: EventData[T] }
    : Pick<EventInput, "data">);
