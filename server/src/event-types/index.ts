/** The public names of `event-types`, for other folders. */
export { type EventTypes, openEventTypes } from "./event-types.ts";
export { registerEventType } from "./register.ts";
export { warningsOf } from "./warnings.ts";
