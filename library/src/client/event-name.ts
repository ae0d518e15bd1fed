/** The names of event types that TypeScript checks, and the `data` of each. Types only. */
import type { CustomEventTypes, EventData } from "../catalogue/index.ts";
import type { AsRead } from "./json-data.ts";

/** The name of an event type: those of the catalogue, and those that `CustomEventTypes` declares. */
export type EventName = keyof EventData | keyof CustomEventTypes;

/** The `data` of a type as it is read back; undefined if it has none. */
export type DataOf<T extends EventName> = T extends keyof EventData
  ? EventData[T]
  : T extends keyof CustomEventTypes
    ? AsRead<CustomEventTypes[T]>
    : never;
