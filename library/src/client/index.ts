/** What other rooms and packages may use of `client`. */
export { Daybook, daybook, type Search } from "./daybook.ts";
export type { ExportOptions } from "./export.ts";
export type { FollowedEvent, FollowOptions } from "./follow.ts";
export type { ClientOptions } from "./options.ts";
export type { RecordOptions } from "./record.ts";
export type { EventFilter, EventPage, PageOptions, SearchOptions } from "./search.ts";
export type { EventOf } from "./typed-event.ts";
