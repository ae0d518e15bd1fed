/** What other rooms and packages may use of `client`. */
export {
  type ApiClient,
  type ApiClients,
  type IssuedApiClient,
  type NewApiClient,
  type Scope,
  scopes,
} from "./api-clients.ts";
export type { CallOptions, ChangeOptions, Tagged } from "./changes.ts";
export { Daybook, daybook, type Search } from "./daybook.ts";
export type { EventTypeDefinition, EventTypeOptions, EventTypes } from "./event-types.ts";
export type { ExportOptions } from "./export.ts";
export type { FollowedEvent, FollowOptions } from "./follow.ts";
export type {
  Invitation,
  Invitations,
  Member,
  MemberRole,
  Members,
  Person,
  SentInvitation,
  TeamRole,
} from "./members.ts";
export type { ClientOptions } from "./options.ts";
export type { OrganizationSettings, SettingsOfOrganization } from "./organization-settings.ts";
export type { ListOptions } from "./pages.ts";
export type { RecordOptions } from "./record.ts";
export type { EventFilter, EventPage, PageOptions, SearchOptions } from "./search.ts";
export type { NewTeam, Team, Teams } from "./teams.ts";
export type { EventOf } from "./typed-event.ts";
export type {
  NewViewerSession,
  OpenViewerSession,
  ViewerSession,
  ViewerSessions,
} from "./viewer-sessions.ts";
