/** What other rooms and packages may use of `catalogue`. */
export { eventType, eventTypes, reservedDataMembers } from "./catalogue.ts";
export type { CardRow, DataSchema, EventType, Operation } from "./event-type.ts";
