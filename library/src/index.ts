/** What applications use of Daybook: a list of names, nothing else. */
export type { EventData, EventTypeName } from "./catalogue/index.ts";
export {
  type ClientOptions,
  Daybook,
  daybook,
  type EventFilter,
  type EventOf,
  type EventPage,
  type ExportOptions,
  type FollowedEvent,
  type FollowOptions,
  type PageOptions,
  type RecordOptions,
  type Search,
  type SearchOptions,
} from "./client/index.ts";
export { type Code, codes, DaybookError, type Issue, type Problem } from "./error/index.ts";
export type {
  Actor,
  ActorType,
  Change,
  Context,
  EventInput,
  Json,
  JsonObject,
  OrganizationName,
  Outcome,
  Producer,
  Receipt,
  RecordedBy,
  RecordedEvent,
  Target,
  Unrecorded,
} from "./event/index.ts";
