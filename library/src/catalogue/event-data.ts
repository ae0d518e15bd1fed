/**
 * The TypeScript types of each event type's `data`, and their list. This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** API_CLIENT_ADDED */
export type ApiClientAddedData = {
  clientId: string;
  name: string;
  expiresOn?: string;
  scopes?: string[];
  tokenPrefix?: string;
  credential?: string;
};

/** API_CLIENT_UPDATED, API_CLIENT_REVOKED, API_CLIENT_DELETED, API_CLIENT_EXPIRED */
export type ApiClientUpdatedData = { clientId: string; name: string; expiresOn?: string; scopes?: string[] };

/** API_CLIENT_EXPIRES_SOON */
export type ApiClientExpiresSoonData = { clientId: string; name: string; expiresOn: string; days: number };

/** API_CLIENT_TOKEN_ROTATED */
export type ApiClientTokenRotatedData = {
  clientId: string;
  name: string;
  expiresOn?: string;
  overlapUntil?: string;
  tokenPrefix?: string;
  credential?: string;
};

/** API_CLIENT_REFUSED */
export type ApiClientRefusedData = { clientId: string; name: string; why: string; count?: number };

/** NEW_API, NEW_DOMAIN */
export type NewApiData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  specification?: string;
  origin?: "CREATED" | "IMPORTED" | "TEMPLATE";
  digest?: string;
};

/** API_RENAME, RENAME_DOMAIN */
export type ApiRenameData = { owner: string; oldName: string; newName: string };

/** API_SAVED, DOMAIN_SAVED */
export type ApiSavedData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  specification?: string;
  oldDigest?: string;
  digest: string;
  source?: "EDITOR" | "API" | "CLI" | "SYNC";
  commitMessage?: string;
};

/** API_LIFECYCLE, DOMAIN_LIFECYCLE */
export type ApiLifecycleData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  published: boolean;
  wasPublished: boolean;
};

/** API_TRANSFER, DOMAIN_TRANSFER */
export type ApiTransferData = { name: string; fromOwner: string; toOwner: string; direction: "IN" | "OUT" };

/** FORK_API, FORK_DOMAIN */
export type ForkApiData = {
  source: { owner: string; name: string; version?: string };
  fork: { owner: string; name: string; version?: string };
  direction: "IN" | "OUT";
};

/** REMOVE_API, REMOVE_DOMAIN */
export type RemoveApiData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  versions?: string[];
};

/** NEW_API_VERSION, NEW_DOMAIN_VERSION */
export type NewApiVersionData = {
  objectPath: string;
  owner: string;
  name: string;
  version: string;
  clonedFrom?: string;
  digest?: string;
};

/** REMOVE_API_VERSION, REMOVE_DOMAIN_VERSION */
export type RemoveApiVersionData = {
  objectPath: string;
  owner: string;
  name: string;
  version: string;
  lastDigest?: string;
};

/** NEW_DRAFT_API, NEW_DRAFT_DOMAIN */
export type NewDraftApiData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  baseDigest?: string;
  draftDigest: string;
};

/** REMOVE_DRAFT_API, REMOVE_DRAFT_DOMAIN */
export type RemoveDraftApiData = {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  discardedDigest?: string;
  digest?: string;
};

/** NEW_ORGANIZATION_MEMBER */
export type NewOrganizationMemberData = {
  userId?: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  invitationId?: string;
  expiresAt?: string;
  credential?: string;
};

/** ACCEPT_ORG_MEMBER_INVITE */
export type AcceptOrgMemberInviteData = {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  invitationId?: string;
  expiresAt?: string;
};

/** UPDATE_ORGANIZATION_MEMBER */
export type UpdateOrganizationMemberData = {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  oldRole: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** REMOVE_ORGANIZATION_MEMBER */
export type RemoveOrganizationMemberData = {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  how: "LEFT" | "REMOVED";
};

/** INVITATION_WITHDRAWN */
export type InvitationWithdrawnData = {
  userId?: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  invitationId?: string;
  expiresAt?: string;
};

/** NEW_COLLABORATION, REMOVE_COLLABORATION */
export type NewCollaborationData = {
  resourceType: "ORGANIZATION" | "API" | "DOMAIN";
  resource: string;
  principalType: "USER" | "TEAM";
  principal: string;
  roles: string[];
  oldRoles?: string[];
};

/** ORGANIZATION_ADDED */
export type OrganizationAddedData = { organizationId: string; slug: string; name: string; origin: string };

/** ORGANIZATION_CLOSED */
export type OrganizationClosedData = { organizationId: string; slug: string; name: string };

/** NEW_TEAM, TEAM_RENAMED, REMOVE_TEAM */
export type NewTeamData = { teamId: string; team: string };

/** NEW_TEAM_MEMBER, REMOVE_TEAM_MEMBER */
export type NewTeamMemberData = { teamId: string; team: string; userId: string; email?: string };

/** PRODUCT_PLAN_CHANGE, PRODUCT_PLAN_CANCELLATION_SCHEDULED */
export type ProductPlanChangeData = {
  plan: string;
  oldPlan?: string;
  paymentMethodChanged?: boolean;
  effectiveAt?: string;
};

/** SUBSCRIPTION_ASSIGNED, SUBSCRIPTION_REMOVED */
export type SubscriptionAssignedData = { userId: string; email?: string; product: string };

/** LOG_OPENED */
export type LogOpenedData = {
  keys: string[];
  organization: string;
  previous: null | {
    origin: string;
    size: number;
    root: string;
    restoredSize: number;
    restoredRoot: string;
    reason: string;
  };
};

/** LOG_KEY_ADDED */
export type LogKeyAddedData = { key: string };

/** LOG_CLOCK_CORRECTED */
export type LogClockCorrectedData = { previousRecordedAt: string };

/** AUDIT_LOG_DOWNLOADED */
export type AuditLogDownloadedData = {
  format: "csv" | "ndjson";
  by?: "occurred" | "recorded";
  from?: string;
  to?: string;
  context?: boolean;
  filter?: {
    types?: string[];
    actors?: string[];
    targets?: string[];
    outcomes?: ("success" | "denied" | "failed")[];
    recordedBy?: "daybook" | "others";
    text?: string;
  };
};

/** AUDIT_LOG_DOWNLOAD_REFUSED */
export type AuditLogDownloadRefusedData = { why: string; format?: "csv" | "ndjson"; count?: number };

/** EVENT_TYPE_REGISTERED */
export type EventTypeRegisteredData = {
  name: string;
  version: number;
  title: string;
  scope: "SERVICE" | "ORGANIZATION";
  digest: string;
};

/** SIGN_IN */
export type SignInData = {
  userId: string;
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  secondFactor?: "TOTP" | "RECOVERY_CODE";
  sessionId: string;
  expiresAt: string;
  credential: string;
};

/** SIGN_IN_REFUSED */
export type SignInRefusedData = {
  userId?: string;
  email?: string;
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  why: string;
  count?: number;
};

/** SESSIONS_ENDED */
export type SessionsEndedData = { userId: string; why: string; sessions: number; sessionIds: string[] };

/** PASSWORD_CHANGED */
export type PasswordChangedData = { userId: string; how: "CHANGED" | "RESET" | "SET_UP" };

/** SIGN_IN_LINK_ISSUED */
export type SignInLinkIssuedData = {
  userId?: string;
  purpose: "SET_UP" | "PASSWORD";
  expiresAt: string;
  credential: string;
};

/** USER_ADDED */
export type UserAddedData = {
  userId: string;
  email: string;
  how: "OPENID" | "INVITATION" | "SET_UP" | "OPERATOR";
  issuer?: string;
  subject?: string;
};

/** USER_CHANGED */
export type UserChangedData = { userId: string; issuer?: string; subject?: string };

/** VIEWER_SESSION_OPENED */
export type ViewerSessionOpenedData = {
  viewerSessionId: string;
  openedBy: { type: "api_client" | "user"; id: string };
  userId: string;
  viewerName?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  expiresAt: string;
  sessionId?: string;
  credential: string;
  onlyTarget?: { type: string; id: string };
};

/** VIEWER_SESSION_ENDED */
export type ViewerSessionEndedData = {
  viewerSessionId: string;
  openedBy: { type: "api_client" | "user"; id: string };
  userId: string;
  viewerName?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** OPERATOR_ADDED, OPERATOR_REMOVED */
export type OperatorAddedData = { userId: string; email?: string };

/** SECOND_FACTOR_ADDED, SECOND_FACTOR_REMOVED */
export type SecondFactorAddedData = { userId: string; kind: "TOTP" | "RECOVERY_CODES" };

/** PERSONAL_TOKEN_ADDED, PERSONAL_TOKEN_REMOVED */
export type PersonalTokenAddedData = {
  tokenId: string;
  userId: string;
  tokenPrefix: string;
  credential: string;
  expiresOn: string;
};

/** OPERATOR_TOKEN_REPLACED */
export type OperatorTokenReplacedData = { how: "FIRST_START" | "REPLACED"; credential: string };

/** The type of `data` by the name of the event type; undefined if the type has no `data`. */
export interface EventData {
  API_CLIENT_ADDED: ApiClientAddedData;
  API_CLIENT_UPDATED: ApiClientUpdatedData;
  API_CLIENT_REVOKED: ApiClientUpdatedData;
  API_CLIENT_DELETED: ApiClientUpdatedData;
  API_CLIENT_EXPIRED: ApiClientUpdatedData;
  API_CLIENT_EXPIRES_SOON: ApiClientExpiresSoonData;
  API_CLIENT_TOKEN_ROTATED: ApiClientTokenRotatedData;
  API_CLIENT_REFUSED: ApiClientRefusedData;
  NEW_API: NewApiData;
  API_RENAME: ApiRenameData;
  API_SAVED: ApiSavedData;
  API_LIFECYCLE: ApiLifecycleData;
  API_TRANSFER: ApiTransferData;
  FORK_API: ForkApiData;
  REMOVE_API: RemoveApiData;
  NEW_API_VERSION: NewApiVersionData;
  REMOVE_API_VERSION: RemoveApiVersionData;
  NEW_DRAFT_API: NewDraftApiData;
  REMOVE_DRAFT_API: RemoveDraftApiData;
  NEW_DOMAIN: NewApiData;
  RENAME_DOMAIN: ApiRenameData;
  DOMAIN_SAVED: ApiSavedData;
  DOMAIN_LIFECYCLE: ApiLifecycleData;
  DOMAIN_TRANSFER: ApiTransferData;
  FORK_DOMAIN: ForkApiData;
  REMOVE_DOMAIN: RemoveApiData;
  NEW_DOMAIN_VERSION: NewApiVersionData;
  REMOVE_DOMAIN_VERSION: RemoveApiVersionData;
  NEW_DRAFT_DOMAIN: NewDraftApiData;
  REMOVE_DRAFT_DOMAIN: RemoveDraftApiData;
  NEW_ORGANIZATION_MEMBER: NewOrganizationMemberData;
  ACCEPT_ORG_MEMBER_INVITE: AcceptOrgMemberInviteData;
  UPDATE_ORGANIZATION_MEMBER: UpdateOrganizationMemberData;
  REMOVE_ORGANIZATION_MEMBER: RemoveOrganizationMemberData;
  INVITATION_WITHDRAWN: InvitationWithdrawnData;
  NEW_COLLABORATION: NewCollaborationData;
  REMOVE_COLLABORATION: NewCollaborationData;
  ORGANIZATION_CHANGE: undefined;
  ORGANIZATION_ADDED: OrganizationAddedData;
  ORGANIZATION_CLOSED: OrganizationClosedData;
  NEW_TEAM: NewTeamData;
  TEAM_RENAMED: NewTeamData;
  REMOVE_TEAM: NewTeamData;
  NEW_TEAM_MEMBER: NewTeamMemberData;
  REMOVE_TEAM_MEMBER: NewTeamMemberData;
  BILLING_CHANGE: undefined;
  PRODUCT_PLAN_CHANGE: ProductPlanChangeData;
  PRODUCT_PLAN_CANCELLATION_SCHEDULED: ProductPlanChangeData;
  SUBSCRIPTION_ASSIGNED: SubscriptionAssignedData;
  SUBSCRIPTION_REMOVED: SubscriptionAssignedData;
  LOG_OPENED: LogOpenedData;
  LOG_KEY_ADDED: LogKeyAddedData;
  LOG_CLOCK_CORRECTED: LogClockCorrectedData;
  AUDIT_LOG_DOWNLOADED: AuditLogDownloadedData;
  AUDIT_LOG_DOWNLOAD_REFUSED: AuditLogDownloadRefusedData;
  EVENT_TYPE_REGISTERED: EventTypeRegisteredData;
  SIGN_IN: SignInData;
  SIGN_IN_REFUSED: SignInRefusedData;
  SESSIONS_ENDED: SessionsEndedData;
  PASSWORD_CHANGED: PasswordChangedData;
  SIGN_IN_LINK_ISSUED: SignInLinkIssuedData;
  USER_ADDED: UserAddedData;
  USER_CHANGED: UserChangedData;
  VIEWER_SESSION_OPENED: ViewerSessionOpenedData;
  VIEWER_SESSION_ENDED: ViewerSessionEndedData;
  OPERATOR_ADDED: OperatorAddedData;
  OPERATOR_REMOVED: OperatorAddedData;
  SECOND_FACTOR_ADDED: SecondFactorAddedData;
  SECOND_FACTOR_REMOVED: SecondFactorAddedData;
  PERSONAL_TOKEN_ADDED: PersonalTokenAddedData;
  PERSONAL_TOKEN_REMOVED: PersonalTokenAddedData;
  OPERATOR_TOKEN_REPLACED: OperatorTokenReplacedData;
}

/** The name of an event type of the catalogue. */
export type EventTypeName = keyof EventData;
