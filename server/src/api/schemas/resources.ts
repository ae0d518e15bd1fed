/** The library's type for each schema of a resource, by the name of the schema. Types only. */
import type { EventType, EventTypeDefinition, RegisteredEventType } from "daybook/catalogue";
import type {
  AcceptedInvitation,
  Account,
  Actor,
  AddedOperator,
  ApiClient,
  EventInput,
  EventsPage,
  Invitation,
  IssuedApiClient,
  IssuedOperatorToken,
  IssuedPersonalToken,
  ListedSession,
  Member,
  NewApiClient,
  NewInvitation,
  NewOrganization,
  NewPersonalToken,
  NewSavedView,
  NewTeam,
  NewViewerSession,
  OpenViewerSession,
  Organization,
  OrganizationSettings,
  Page,
  Person,
  PersonalToken,
  PresentedInvitation,
  Problem,
  Receipt,
  RecordedEvent,
  SavedSearch,
  SavedView,
  SecondFactor,
  SecondFactorOffer,
  SentInvitation,
  Team,
  Unrecorded,
  ViewerSession,
} from "daybook/internal";
import type { Search } from "../../search/index.ts";

/** The shapes that are components of the document. */
export interface NamedShapes {
  Problem: Problem;
  Organization: Organization;
  OrganizationPage: Page<"organizations", Organization>;
  Settings: OrganizationSettings;
  Member: Member;
  MemberPage: Page<"members", Member>;
  Invitation: Invitation;
  InvitationPage: Page<"invitations", Invitation>;
  NewInvitation: SentInvitation;
  ReadInvitation: PresentedInvitation;
  AcceptedInvitation: AcceptedInvitation;
  Team: Team;
  TeamPage: Page<"teams", Team>;
  TeamMemberPage: Page<"members", Person>;
  SavedSearch: SavedSearch;
  SavedView: SavedView;
  ApiClient: ApiClient;
  IssuedApiClient: IssuedApiClient;
  ApiClientPage: Page<"apiClients", ApiClient>;
  Actor: Actor;
  Event: EventInput;
  EventBatch: { events: EventInput[] };
  Receipts: { receipts: (Receipt | Unrecorded)[] };
  RecordedEvent: RecordedEvent;
  EventPage: EventsPage<RecordedEvent>;
  Histogram: Awaited<ReturnType<Search["histogram"]>>;
  Suggestions: { suggestions: Awaited<ReturnType<Search["suggestions"]>> };
  Breakdown: Awaited<ReturnType<Search["breakdown"]>>;
  Related: Awaited<ReturnType<Search["neighbours"]>>;
  Followed: { events: RecordedEvent[]; position: string | null };
  EventType: EventType;
  EventTypes: Page<"eventTypes", EventType>;
  EventTypeDefinition: EventTypeDefinition;
  RegisteredEventType: RegisteredEventType;
}

/** Shapes that are inlined in the document: most bodies, and responses of a single route. */
export interface InlineShapes {
  NewOrganization: NewOrganization;
  RenameOrganization: Pick<Organization, "name">;
  CloseOrganization: { reason?: string };
  ChangeSettings: Partial<OrganizationSettings>;
  ChangeMember: Pick<Member, "role">;
  Invite: NewInvitation;
  NewTeam: NewTeam;
  ChangeTeam: Partial<NewTeam>;
  SavedViews: { views: SavedView[] };
  NewSavedView: NewSavedView;
  ChangeSavedView: Partial<Pick<NewSavedView, "name" | "search">>;
  NewApiClient: NewApiClient;
  RenameApiClient: Pick<ApiClient, "name">;
  RotateApiClient: { overlapMinutes?: number };
  RevokeApiClient: { reason?: string };
  NewViewerSession: NewViewerSession & { organization: string };
  ViewerSession: ViewerSession;
  ViewerSessionPage: Page<"viewerSessions", OpenViewerSession>;
  Person: Person;
  Account: Account;
  ChangeAccount: Pick<Person, "name">;
  Sessions: { sessions: ListedSession[] };
  SecondFactor: { secondFactor: SecondFactor | null };
  SecondFactorOffer: SecondFactorOffer;
  PersonalTokens: { tokens: PersonalToken[] };
  NewPersonalToken: NewPersonalToken;
  IssuedPersonalToken: IssuedPersonalToken;
  OperatorPage: Page<"operators", Person>;
  AddedOperator: AddedOperator;
  IssuedOperatorToken: IssuedOperatorToken;
}
