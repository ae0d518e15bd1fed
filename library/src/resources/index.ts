/** What other folders and packages may use of `resources`: the shapes that cross HTTP, and the lists of roles and scopes. */
export type { ApiClient, IssuedApiClient, NewApiClient } from "./api-clients.ts";
export type { OrganizationSettings } from "./organizations.ts";
export type { EventsPage, SearchProgress } from "./pages.ts";
export type {
  Invitation,
  Member,
  NewInvitation,
  Person,
  SentInvitation,
} from "./people.ts";
export { type MemberRole, memberRoles, type TeamRole, teamRoles } from "./roles.ts";
export { type Scope, scopes } from "./scopes.ts";
export type { NewTeam, Team } from "./teams.ts";
export type { NewViewerSession, OpenViewerSession, ViewerSession } from "./viewer-sessions.ts";
