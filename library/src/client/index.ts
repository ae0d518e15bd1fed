/** The public names of `client`, for other folders and packages. */
export type { ApiClients } from "./api-clients.ts";
export type { AuditEvent, AuditEventOf } from "./audit-event.ts";
export type { CallOptions, ChangeOptions, Tagged } from "./changes.ts";
export { Daybook } from "./daybook.ts";
export type { EventName } from "./event-name.ts";
export type { EventTypeOptions, EventTypes } from "./event-types.ts";
export type { ExportOptions } from "./export.ts";
export type { FollowedEvent, FollowOptions } from "./follow.ts";
export type { Invitations, Members } from "./members.ts";
export type { NewEvent, NewEventOf, Snapshot } from "./new-event.ts";
export type { ClientOptions } from "./options.ts";
export type { SettingsOfOrganization } from "./organization-settings.ts";
export type { ListOptions } from "./pages.ts";
export type { RecordOptions } from "./record.ts";
export type { EventFilter, EventPage, Search, SearchOptions } from "./search.ts";
export type { Teams } from "./teams.ts";
export type { ViewerSessions } from "./viewer-sessions.ts";
export type { SavedViews } from "./views.ts";
