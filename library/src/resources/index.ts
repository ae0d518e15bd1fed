/** The public names of `resources`, for other folders and packages: the shapes that cross HTTP, and the lists of roles and scopes. */
export type {
  Account,
  AddedOperator,
  IssuedOperatorToken,
  IssuedPersonalToken,
  ListedSession,
  NewPersonalToken,
  PersonalToken,
  SecondFactor,
  SecondFactorOffer,
} from "./accounts.ts";
export type { ApiClient, IssuedApiClient, NewApiClient } from "./api-clients.ts";
export type { NewOrganization, Organization, OrganizationSettings } from "./organizations.ts";
export type { EventsPage, Page, SearchProgress } from "./pages.ts";
export type {
  AcceptedInvitation,
  Invitation,
  Member,
  NewInvitation,
  Person,
  PresentedInvitation,
  SentInvitation,
} from "./people.ts";
export { type MemberRole, memberRoles, type TeamRole, teamRoles } from "./roles.ts";
export { type Scope, scopes } from "./scopes.ts";
export type { NewTeam, Team } from "./teams.ts";
export type { NewViewerSession, OpenViewerSession, ViewerSession } from "./viewer-sessions.ts";
export type { NewSavedView, SavedSearch, SavedView } from "./views.ts";
