/** What other rooms may use of `event-types`. */
export { type EventTypes, openEventTypes } from "./event-types.ts";
export { registerEventType } from "./register.ts";
export { warningsOf } from "./warnings.ts";
