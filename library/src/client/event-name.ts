/** The names of event types that TypeScript knows, and the `data` of each. Types only. */
import type { CustomEventTypes, EventData } from "../catalogue/index.ts";

/** The name of an event type: the catalogue's, and those that `CustomEventTypes` declares. */
export type EventName = keyof EventData | keyof CustomEventTypes;

/** What the `data` of a type is; undefined where it takes none. */
export type DataOf<T extends EventName> = T extends keyof EventData
  ? EventData[T]
  : T extends keyof CustomEventTypes
    ? CustomEventTypes[T]
    : never;
