/**
 * The contract of the store for people: users, sessions, members, invitations, teams. Shapes and methods only; the suite
 * that holds for every driver is `testing/people.ts`. Tokens, codes and passwords come here hashed, never as they are.
 */
import type { Organization } from "./organization.ts";

/** What a member is in an organization. A team never gives OWNER. */
export const memberRoles = ["OWNER", "DESIGNER", "CONSUMER", "AUDITOR"] as const;
export type MemberRole = (typeof memberRoles)[number];
export type TeamRole = Exclude<MemberRole, "OWNER">;

/** How someone signed in. */
export type SignInMethod = "PASSWORD" | "OPENID" | "SETUP_LINK";

/** A person who signs in. `userId` is the store's own; `id` (`user_…`) is what people see. */
export interface User {
  readonly userId: number;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** `$scrypt$…`; null: none is set. */
  readonly password: string | null;
  /** OpenID Connect: the provider and its name for the person. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly isOperator: boolean;
  readonly createdAt: bigint;
}

/** A user as others may see them. */
export type UserName = Pick<User, "userId" | "id" | "name" | "email">;

export interface Session {
  /** `session_…` */
  readonly id: string;
  readonly userId: number;
  readonly method: SignInMethod;
  readonly userAgent: string | null;
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
  /** When a request came last, as far as it was noted. */
  readonly lastSeenAt: bigint;
  /** When its holder last showed who they are. */
  readonly authenticatedAt: bigint;
}

/** A session that is made now. */
type NewSession = Omit<Session, "createdAt" | "lastSeenAt" | "authenticatedAt"> &
  Partial<Pick<Session, "lastSeenAt">> & {
    /** Undefined, or later than now: now. */
    readonly authenticatedAt?: bigint | undefined;
  };

/** A browser that signed in to an account: `tokenHash` of what it shows now, `before` of what it showed until then. */
export interface KnownBrowser {
  readonly userId: number;
  readonly tokenHash: Uint8Array;
  readonly before: Uint8Array | undefined;
  readonly expiresAt: bigint;
}

/** What a user is in one organization. */
export interface Membership {
  readonly organizationId: number;
  readonly role: MemberRole;
  /** What their teams add; each once. */
  readonly teamRoles: readonly TeamRole[];
}

/** Who holds a session, as the authenticator needs it: one read tells all. */
export interface HeldSession extends Session {
  readonly tokenHash: Uint8Array;
  readonly user: Omit<User, "password">;
  /** With the names by which the organizations are asked for. */
  readonly memberships: readonly (Membership & Pick<Organization, "id" | "slug">)[];
}

/** A host application's user at one organization's log. */
export interface ViewerSession {
  /** `viewer_…` */
  readonly id: string;
  readonly organizationId: number;
  readonly role: MemberRole;
  readonly viewerId: string;
  readonly viewerName: string | null;
  /** `type:id`; null: the whole log. */
  readonly onlyTarget: string | null;
  readonly opener: ViewerOpener;
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
}

/** Who opened a viewer session: an API client, a person who is an operator, or whoever held the operator token. */
export type ViewerOpener =
  | { readonly kind: "api_client"; readonly id: string; readonly name: string }
  | { readonly kind: "user"; readonly user: UserName }
  | { readonly kind: "operator" };

/** By what it is opened: it ends with that. */
export type OpenedBy =
  | { readonly kind: "api_client"; readonly id: string }
  | { readonly kind: "user"; readonly userId: number; readonly sessionId: string }
  | { readonly kind: "operator"; readonly tokenHash: Uint8Array };

export interface HeldViewerSession extends ViewerSession {
  readonly tokenHash: Uint8Array;
  readonly organization: Organization;
  /**
   * False once who opened it may not open such a session any more: the API client was revoked, deleted, has expired or lacks the
   * scope; the person is no operator or their session is over; the operator token was replaced.
   */
  readonly openerMay: boolean;
}

/** Which viewer sessions of an organization: those that still work, the newest first. */
interface ViewerSessionsPage {
  /** Whose rows whoever asks may see, -1 nobody's: of another organization there are none. */
  readonly rowScope: number | "everything";
  /** Only those that this API client opened. */
  readonly clientId?: string | undefined;
  /** Microseconds since 1970 UTC. */
  readonly now: bigint;
  /** A session of an operator in which nothing was done since then is over, with what it opened. */
  readonly seenSince: bigint;
  readonly after: Pick<ViewerSession, "createdAt" | "id"> | undefined;
  readonly limit: number;
}

/** A link that works once. `userId` null: for the first person of all. */
export interface OneTimeCode {
  readonly codeHash: Uint8Array;
  readonly userId: number | null;
  readonly expiresAt: bigint;
  /** False once who issued it may not issue it any more: they are no operator, or the operator token was replaced. */
  readonly issuerMay: boolean;
}

/** A code that is issued now. `issuedBy`: the id of an operator, `operator` for the operator token; null: the server. */
type NewCode = Omit<OneTimeCode, "issuerMay"> & { readonly issuedBy: string | null };

export interface Member extends Membership {
  readonly user: UserName;
  readonly version: number;
  readonly joinedAt: bigint;
}

/** Who did it, as it is kept beside a row: a snapshot. */
export interface By {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}

export interface Invitation {
  readonly organizationId: number;
  /** `invitation_…` */
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: By;
  readonly state: "open" | "accepted" | "withdrawn";
  readonly createdAt: bigint;
  readonly expiresAt: bigint;
}

export interface Team {
  readonly organizationId: number;
  /** `team_…` */
  readonly id: string;
  readonly name: string;
  readonly role: TeamRole | null;
  readonly version: number;
  readonly createdAt: bigint;
  /** How many. */
  readonly members: number;
}

/** One subject's refusals: when its last event was recorded, and what waits for the next. */
export interface Refusal {
  readonly organizationId: number;
  readonly subject: string;
  readonly recordedAt: bigint;
  readonly pending: number;
  /** JSON of the event without its count; null while nothing is pending. */
  readonly event: string | null;
}

/** What a settings change may set. Undefined members stay; null empties. */
export interface OrganizationDetails {
  readonly name?: string;
  readonly description?: string | null;
  readonly email?: string | null;
  readonly location?: string | null;
  readonly website?: string | null;
}

/**
 * Step 1 of a writing transaction, for people. Every change in an organization first locks the organization's row
 * (`organizationForUpdate`), so that two of them follow each other; users are locked after it, sessions and codes last.
 */
export interface PeopleRows {
  /** Raises the organization's `version` too. */
  updateOrganization(organizationId: number, details: OrganizationDetails): Promise<void>;

  /** StoreError `conflict`, constraint `user_account_email_key` or `user_account_subject_key`, where one is taken. */
  insertUser(user: Omit<User, "userId" | "createdAt">): Promise<User>;
  /** Locks the row; undefined if there is none. */
  userForUpdate(which: { userId: number } | { id: string } | { email: string }): Promise<User | undefined>;
  updateUser(
    userId: number,
    set: Partial<Pick<User, "name" | "password" | "issuer" | "subject" | "isOperator">>,
  ): Promise<void>;
  /** Whether there is any user yet; locks out another first one until the commit. */
  anyUserForUpdate(): Promise<boolean>;

  /** `lastSeenAt` absent: when it is made. */
  insertSession(session: NewSession & { readonly tokenHash: Uint8Array }): Promise<void>;
  /** All of a user's sessions, or the one of that id, or all but that one; the ids of those that there were, in order. */
  deleteSessions(which: { userId: number; id?: string; except?: string }): Promise<string[]>;
  /**
   * Keeps that the browser signed in to the account, under what it shows from now on; the other accounts that it is known at go
   * with it. Whether it was known at this one before. Of an account's browsers those that end last are kept, some twenty.
   */
  rememberBrowser(browser: KnownBrowser): Promise<boolean>;
  /** All that are known at the account, or all but the one that shows this. */
  forgetBrowsers(which: { userId: number; except?: Uint8Array | undefined }): Promise<void>;
  /** Its holder showed who they are, now. StoreError `conflict` if there is no such session of theirs. */
  authenticateSession(userId: number, id: string): Promise<void>;
  insertViewerSession(
    session: Omit<ViewerSession, "createdAt" | "opener"> & {
      readonly openedBy: OpenedBy;
      readonly tokenHash: Uint8Array;
    },
  ): Promise<void>;
  /** Undefined if there is none; it may have expired. Locks the row. */
  viewerSessionForUpdate(organizationId: number, id: string): Promise<ViewerSession | undefined>;
  deleteViewerSession(organizationId: number, id: string): Promise<void>;
  insertCode(code: NewCode): Promise<void>;
  /** Takes a code out of the store; undefined if there is none. It may have expired. */
  takeCode(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
  /** A user's codes, or those for the first person of all. */
  deleteCodes(userId: number | null): Promise<void>;

  /** StoreError `conflict`, constraint `membership_pkey`, where they are a member already. */
  insertMember(member: Pick<Membership, "organizationId" | "role"> & { userId: number }): Promise<void>;
  /** By the user's public id; undefined if they are no member. */
  memberForUpdate(organizationId: number, id: string): Promise<Member | undefined>;
  countOwners(organizationId: number): Promise<number>;
  /** Raises the member's `version`. */
  setMemberRole(organizationId: number, userId: number, role: MemberRole): Promise<void>;
  /** With their places in its teams. */
  deleteMember(organizationId: number, userId: number): Promise<void>;

  /** StoreError `conflict`, constraint `invitation_open_email_key`, where the address is invited already. */
  insertInvitation(
    invitation: Omit<Invitation, "createdAt" | "state"> & { readonly tokenHash: Uint8Array },
  ): Promise<Invitation>;
  /** Undefined if there is none. Locks the row. */
  invitationForUpdate(organizationId: number, id: string): Promise<Invitation | undefined>;
  /** Throws StoreError `conflict` if it isn't open. */
  /** The one of that address that is open, expired or not. Locks the row. */
  openInvitationForUpdate(organizationId: number, email: string): Promise<Invitation | undefined>;
  closeInvitation(organizationId: number, id: string, state: "accepted" | "withdrawn"): Promise<void>;

  /** StoreError `conflict`, constraint `team_name_key`, where the name is taken. */
  insertTeam(team: Pick<Team, "organizationId" | "id" | "name" | "role">): Promise<Team>;
  /** Undefined if there is none. Locks the row. */
  teamForUpdate(organizationId: number, id: string): Promise<Team | undefined>;
  /** Raises `version`. Throws as `insertTeam`. */
  updateTeam(
    organizationId: number,
    id: string,
    set: { name?: string; role?: TeamRole | null },
  ): Promise<void>;
  /** With its members. */
  deleteTeam(organizationId: number, id: string): Promise<void>;
  /** False if they were in it already. */
  insertTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** False if they were not in it. */
  deleteTeamMember(organizationId: number, teamId: string, userId: number): Promise<boolean>;
  /** In the order of id. */
  teamsOf(organizationId: number, userId: number): Promise<Team[]>;

  /** Locks the row, or the place where it would be. */
  denialForUpdate(organizationId: number, subject: string): Promise<Refusal | undefined>;
  /** Makes the row or replaces it. */
  putDenial(refusal: Refusal): Promise<void>;
}

/** A place in a list in the order of a text that is unique in it; a page goes on after it. */
export interface ListPage {
  readonly after: string | undefined;
  readonly limit: number;
}

/** Reading people. Within one organization's row scope only its own members' names and addresses are seen. */
export interface PeopleReads {
  /** By the user's public id. */
  members(organizationId: number, page: ListPage): Promise<Member[]>;
  member(organizationId: number, id: string): Promise<Member | undefined>;
  /** Those that are open, expired ones too; by id. */
  invitations(organizationId: number, page: ListPage): Promise<Invitation[]>;
  /** By id. */
  teams(organizationId: number, page: ListPage): Promise<Team[]>;
  team(organizationId: number, id: string): Promise<Team | undefined>;
  /** By the user's public id. */
  teamMembers(organizationId: number, teamId: string, page: ListPage): Promise<UserName[]>;
}

/** What the authenticators and the accounts read: it belongs to no organization, or comes before one is known. */
export interface AuthReads {
  /** Those of these that there are, whether or not they still work. */
  sessions(tokenHashes: readonly Uint8Array[]): Promise<HeldSession[]>;
  /** A session of an operator in which nothing was done since then is over, with what it opened. */
  viewerSessions(tokenHashes: readonly Uint8Array[], seenSince: bigint): Promise<HeldViewerSession[]>;
  viewerSessionsOf(organizationId: number, page: ViewerSessionsPage): Promise<ViewerSession[]>;
  user(
    which: { userId: number } | { id: string } | { email: string } | { issuer: string; subject: string },
  ): Promise<User | undefined>;
  anyUser(): Promise<boolean>;
  /** By id. */
  users(page: ListPage): Promise<User[]>;
  sessionsOf(userId: number): Promise<Session[]>;
  /** When the session's last request came: never earlier than what is noted already. It needs no event. */
  noteSeen(sessions: readonly { readonly tokenHash: Uint8Array; readonly at: bigint }[]): Promise<void>;
  /** The accounts that the browser of that token is known at, as numbers of users, whether or not that has ended. */
  knownBrowser(tokenHash: Uint8Array): Promise<{ readonly userId: number; readonly expiresAt: bigint }[]>;
  /** The organizations that a user is a member of, by slug. */
  membershipsOf(userId: number): Promise<(Membership & { readonly organization: Organization })[]>;
  /** By id. */
  operators(page: ListPage): Promise<UserName[]>;
  invitationByToken(
    tokenHash: Uint8Array,
  ): Promise<(Invitation & { readonly organization: Organization }) | undefined>;
  /** A code without taking it. */
  code(codeHash: Uint8Array): Promise<OneTimeCode | undefined>;
  /** Refusals whose last event was recorded before that time and that have more pending. */
  pendingDenials(recordedBefore: bigint, limit: number): Promise<Refusal[]>;
}
