/** What other rooms may use of `event-types`. */
export { type EventTypes, openEventTypes } from "./event-types.ts";
export { type Registered, type Registration, type Registry, registerEventType } from "./register.ts";
