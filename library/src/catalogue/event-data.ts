/**
 * The TypeScript types of each event type's `data`, and their list. This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of API_CLIENT_ADDED. */
export type ApiClientAddedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Scopes: at most 100. */
  scopes?: string[];
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of API_CLIENT_UPDATED, API_CLIENT_REVOKED, API_CLIENT_DELETED, API_CLIENT_EXPIRED. */
export type ApiClientUpdatedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Scopes: at most 100. */
  scopes?: string[];
};

/** The data of API_CLIENT_EXPIRES_SOON. */
export type ApiClientExpiresSoonData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn: string;
  /** Days: a whole number from 1. */
  days: number;
};

/** The data of API_CLIENT_TOKEN_ROTATED. */
export type ApiClientTokenRotatedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Overlap until: a time with its offset, RFC 3339. */
  overlapUntil?: string;
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of API_CLIENT_REFUSED. */
export type ApiClientRefusedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Why: 1 to 512 characters. */
  why: string;
  /** Count: a whole number from 1. */
  count?: number;
};

/** The data of NEW_API, NEW_DOMAIN. */
export type NewApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Specification. */
  specification?: string;
  /** Origin. */
  origin?: "CREATED" | "IMPORTED" | "TEMPLATE";
  /** Digest. */
  digest?: string;
};

/** The data of API_RENAME, RENAME_DOMAIN. */
export type ApiRenameData = {
  /** Owner: 1 to 256 characters. */
  owner: string;
  /** Old name: 1 to 512 characters. */
  oldName: string;
  /** New name: 1 to 512 characters. */
  newName: string;
};

/** The data of API_SAVED, DOMAIN_SAVED. */
export type ApiSavedData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Specification. */
  specification?: string;
  /** Old digest. */
  oldDigest?: string;
  /** Digest. */
  digest: string;
  /** Source. */
  source?: "EDITOR" | "API" | "CLI" | "SYNC";
  /** Commit message. */
  commitMessage?: string;
};

/** The data of API_LIFECYCLE, DOMAIN_LIFECYCLE. */
export type ApiLifecycleData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Published. */
  published: boolean;
  /** Was published. */
  wasPublished: boolean;
};

/** The data of API_TRANSFER, DOMAIN_TRANSFER. */
export type ApiTransferData = {
  /** Name: 1 to 512 characters. */
  name: string;
  /** From owner: 1 to 256 characters. */
  fromOwner: string;
  /** To owner: 1 to 256 characters. */
  toOwner: string;
  /** Direction. */
  direction: "IN" | "OUT";
};

/** The data of FORK_API, FORK_DOMAIN. */
export type ForkApiData = {
  /** Source. */
  source: {
    /** Owner: 1 to 256 characters. */
    owner: string;
    /** Name: 1 to 512 characters. */
    name: string;
    /** Version: 1 to 256 characters. */
    version?: string;
  };
  /** Fork. */
  fork: {
    /** Owner: 1 to 256 characters. */
    owner: string;
    /** Name: 1 to 512 characters. */
    name: string;
    /** Version: 1 to 256 characters. */
    version?: string;
  };
  /** Direction. */
  direction: "IN" | "OUT";
};

/** The data of REMOVE_API, REMOVE_DOMAIN. */
export type RemoveApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Versions. */
  versions?: string[];
};

/** The data of NEW_API_VERSION, NEW_DOMAIN_VERSION. */
export type NewApiVersionData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
  /** Cloned from. */
  clonedFrom?: string;
  /** Digest. */
  digest?: string;
};

/** The data of REMOVE_API_VERSION, REMOVE_DOMAIN_VERSION. */
export type RemoveApiVersionData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version: string;
  /** Last digest. */
  lastDigest?: string;
};

/** The data of NEW_DRAFT_API, NEW_DRAFT_DOMAIN. */
export type NewDraftApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Base digest. */
  baseDigest?: string;
  /** Draft digest. */
  draftDigest: string;
};

/** The data of REMOVE_DRAFT_API, REMOVE_DRAFT_DOMAIN. */
export type RemoveDraftApiData = {
  /** Object path. */
  objectPath: string;
  /** Owner. */
  owner: string;
  /** Name. */
  name: string;
  /** Version. */
  version?: string;
  /** Discarded digest. */
  discardedDigest?: string;
  /** Digest. */
  digest?: string;
};

/** The data of NEW_ORGANIZATION_MEMBER. */
export type NewOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of ACCEPT_ORG_MEMBER_INVITE. */
export type AcceptOrgMemberInviteData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
};

/** The data of UPDATE_ORGANIZATION_MEMBER. */
export type UpdateOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Old role. */
  oldRole: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** The data of REMOVE_ORGANIZATION_MEMBER. */
export type RemoveOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** How. */
  how: "LEFT" | "REMOVED";
};

/** The data of INVITATION_WITHDRAWN. */
export type InvitationWithdrawnData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
};

/** The data of NEW_COLLABORATION, REMOVE_COLLABORATION. */
export type NewCollaborationData = {
  /** Resource type. */
  resourceType: "ORGANIZATION" | "API" | "DOMAIN";
  /** Resource: 1 to 1100 characters. */
  resource: string;
  /** Principal type. */
  principalType: "USER" | "TEAM";
  /** Principal: 1 to 512 characters. */
  principal: string;
  /** Roles: at most 100. */
  roles: string[];
  /** Old roles: at most 100. */
  oldRoles?: string[];
};

/** The data of ORGANIZATION_ADDED. */
export type OrganizationAddedData = {
  /** Organization id: 1 to 256 characters. */
  organizationId: string;
  /** Slug: 1 to 64 characters. */
  slug: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Origin: 1 to 512 characters. */
  origin: string;
};

/** The data of ORGANIZATION_CLOSED. */
export type OrganizationClosedData = {
  /** Organization id: 1 to 256 characters. */
  organizationId: string;
  /** Slug: 1 to 64 characters. */
  slug: string;
  /** Name: 1 to 512 characters. */
  name: string;
};

/** The data of NEW_TEAM, TEAM_RENAMED, REMOVE_TEAM. */
export type NewTeamData = {
  /** Team id: 1 to 256 characters. */
  teamId: string;
  /** Team: 1 to 512 characters. */
  team: string;
};

/** The data of NEW_TEAM_MEMBER, REMOVE_TEAM_MEMBER. */
export type NewTeamMemberData = {
  /** Team id: 1 to 256 characters. */
  teamId: string;
  /** Team: 1 to 512 characters. */
  team: string;
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
};

/** The data of PRODUCT_PLAN_CHANGE, PRODUCT_PLAN_CANCELLATION_SCHEDULED. */
export type ProductPlanChangeData = {
  /** Plan: 1 to 128 characters. */
  plan: string;
  /** Old plan: 1 to 128 characters. */
  oldPlan?: string;
  /** Payment method changed. */
  paymentMethodChanged?: boolean;
  /** Effective at: a time with its offset, RFC 3339. */
  effectiveAt?: string;
};

/** The data of SUBSCRIPTION_ASSIGNED, SUBSCRIPTION_REMOVED. */
export type SubscriptionAssignedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Product: 1 to 256 characters. */
  product: string;
};

/** The data of LOG_OPENED. */
export type LogOpenedData = {
  /** Keys: at most 100. */
  keys: string[];
  /** Organization: 1 to 256 characters. */
  organization: string;
  /** Previous. */
  previous: null | {
    /** Origin: 1 to 512 characters. */
    origin: string;
    /** Size: a whole number from 0. */
    size: number;
    /** Root: at most 44 characters that match `^[A-Za-z0-9+/]{43}=$`. */
    root: string;
    /** Restored size: a whole number from 0. */
    restoredSize: number;
    /** Restored root: at most 44 characters that match `^[A-Za-z0-9+/]{43}=$`. */
    restoredRoot: string;
    /** Reason: 1 to 4096 characters. */
    reason: string;
  };
};

/** The data of LOG_KEY_ADDED. */
export type LogKeyAddedData = {
  /** Key: 1 to 512 characters. */
  key: string;
};

/** The data of LOG_CLOCK_CORRECTED. */
export type LogClockCorrectedData = {
  /** Previous recorded at: a time with its offset, RFC 3339. */
  previousRecordedAt: string;
};

/** The data of AUDIT_LOG_DOWNLOADED. */
export type AuditLogDownloadedData = {
  /** Format. */
  format: "csv" | "ndjson";
  /** By. */
  by?: "occurred" | "recorded";
  /** From: a time with its offset, RFC 3339. */
  from?: string;
  /** To: a time with its offset, RFC 3339. */
  to?: string;
  /** Context. */
  context?: boolean;
  /** Filter. */
  filter?: {
    /** Types: at most 5000. */
    types?: string[];
    /** Actors: at most 5000. */
    actors?: string[];
    /** Targets: at most 5000. */
    targets?: string[];
    /** Outcomes: at most 5000. */
    outcomes?: ("success" | "denied" | "failed")[];
    /** Recorded by. */
    recordedBy?: "daybook" | "others";
    /** Text: 1 to 4096 characters. */
    text?: string;
  };
};

/** The data of AUDIT_LOG_DOWNLOAD_REFUSED. */
export type AuditLogDownloadRefusedData = {
  /** Why: 1 to 512 characters. */
  why: string;
  /** Format. */
  format?: "csv" | "ndjson";
  /** Count: a whole number from 1. */
  count?: number;
};

/** The data of EVENT_TYPE_REGISTERED. */
export type EventTypeRegisteredData = {
  /** Name: 1 to 128 characters. */
  name: string;
  /** Version: a whole number from 1. */
  version: number;
  /** Title: 1 to 200 characters. */
  title: string;
  /** Scope. */
  scope: "SERVICE" | "ORGANIZATION";
  /** Digest: at most 64 characters that match `^[0-9a-f]{64}$`. */
  digest: string;
};

/** The data of SIGN_IN. */
export type SignInData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Method. */
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  /** Second factor. */
  secondFactor?: "TOTP" | "RECOVERY_CODE";
  /** Session id: 1 to 256 characters. */
  sessionId: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};

/** The data of SIGN_IN_REFUSED. */
export type SignInRefusedData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Method. */
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  /** Why: 1 to 512 characters. */
  why: string;
  /** Count: a whole number from 1. */
  count?: number;
};

/** The data of SESSIONS_ENDED. */
export type SessionsEndedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Why: 1 to 512 characters. */
  why: string;
  /** Sessions: a whole number from 1. */
  sessions: number;
  /** Session ids: at most 1000. */
  sessionIds: string[];
};

/** The data of PASSWORD_CHANGED. */
export type PasswordChangedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** How. */
  how: "CHANGED" | "RESET" | "SET_UP";
};

/** The data of SIGN_IN_LINK_ISSUED. */
export type SignInLinkIssuedData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Purpose. */
  purpose: "SET_UP" | "PASSWORD";
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};

/** The data of USER_ADDED. */
export type UserAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email: string;
  /** How. */
  how: "OPENID" | "INVITATION" | "SET_UP" | "OPERATOR";
  /** Issuer: 1 to 2048 characters. */
  issuer?: string;
  /** Subject: 1 to 255 characters. */
  subject?: string;
};

/** The data of USER_CHANGED. */
export type UserChangedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Issuer: 1 to 2048 characters. */
  issuer?: string;
  /** Subject: 1 to 255 characters. */
  subject?: string;
};

/** The data of VIEWER_SESSION_OPENED. */
export type ViewerSessionOpenedData = {
  /** Viewer session id: 1 to 256 characters. */
  viewerSessionId: string;
  /** Opened by. */
  openedBy: {
    /** Type. */
    type: "api_client" | "user";
    /** Id: 1 to 256 characters. */
    id: string;
  };
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Viewer name: 1 to 512 characters. */
  viewerName?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Session id: 1 to 256 characters. */
  sessionId?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
  /** Only target. */
  onlyTarget?: {
    /** Type: 1 to 32 characters. */
    type: string;
    /** Id: 1 to 256 characters. */
    id: string;
  };
};

/** The data of VIEWER_SESSION_ENDED. */
export type ViewerSessionEndedData = {
  /** Viewer session id: 1 to 256 characters. */
  viewerSessionId: string;
  /** Opened by. */
  openedBy: {
    /** Type. */
    type: "api_client" | "user";
    /** Id: 1 to 256 characters. */
    id: string;
  };
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Viewer name: 1 to 512 characters. */
  viewerName?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** The data of OPERATOR_ADDED, OPERATOR_REMOVED. */
export type OperatorAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
};

/** The data of SECOND_FACTOR_ADDED, SECOND_FACTOR_REMOVED. */
export type SecondFactorAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Kind. */
  kind: "TOTP" | "RECOVERY_CODES";
};

/** The data of PERSONAL_TOKEN_ADDED, PERSONAL_TOKEN_REMOVED. */
export type PersonalTokenAddedData = {
  /** Token id: 1 to 256 characters. */
  tokenId: string;
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn: string;
};

/** The data of OPERATOR_TOKEN_REPLACED. */
export type OperatorTokenReplacedData = {
  /** How. */
  how: "FIRST_START" | "REPLACED";
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};

/** The type of `data` by the name of the event type; undefined if the type has no `data`. */
export interface EventData {
  /** API client added. */
  API_CLIENT_ADDED: ApiClientAddedData;
  /** API client updated. */
  API_CLIENT_UPDATED: ApiClientUpdatedData;
  /** API client revoked. */
  API_CLIENT_REVOKED: ApiClientUpdatedData;
  /** API client deleted. */
  API_CLIENT_DELETED: ApiClientUpdatedData;
  /** API client expired. */
  API_CLIENT_EXPIRED: ApiClientUpdatedData;
  /** API client expires soon. */
  API_CLIENT_EXPIRES_SOON: ApiClientExpiresSoonData;
  /** API client token rotated. */
  API_CLIENT_TOKEN_ROTATED: ApiClientTokenRotatedData;
  /** API client refused. */
  API_CLIENT_REFUSED: ApiClientRefusedData;
  /** API created. */
  NEW_API: NewApiData;
  /** API renamed. */
  API_RENAME: ApiRenameData;
  /** API saved. */
  API_SAVED: ApiSavedData;
  /** API published or unpublished. */
  API_LIFECYCLE: ApiLifecycleData;
  /** API transferred. */
  API_TRANSFER: ApiTransferData;
  /** API forked. */
  FORK_API: ForkApiData;
  /** API deleted. */
  REMOVE_API: RemoveApiData;
  /** API version created. */
  NEW_API_VERSION: NewApiVersionData;
  /** API version deleted. */
  REMOVE_API_VERSION: RemoveApiVersionData;
  /** API draft saved. */
  NEW_DRAFT_API: NewDraftApiData;
  /** API draft discarded. */
  REMOVE_DRAFT_API: RemoveDraftApiData;
  /** Domain created. */
  NEW_DOMAIN: NewApiData;
  /** Domain renamed. */
  RENAME_DOMAIN: ApiRenameData;
  /** Domain saved. */
  DOMAIN_SAVED: ApiSavedData;
  /** Domain published or unpublished. */
  DOMAIN_LIFECYCLE: ApiLifecycleData;
  /** Domain transferred. */
  DOMAIN_TRANSFER: ApiTransferData;
  /** Domain forked. */
  FORK_DOMAIN: ForkApiData;
  /** Domain deleted. */
  REMOVE_DOMAIN: RemoveApiData;
  /** Domain version created. */
  NEW_DOMAIN_VERSION: NewApiVersionData;
  /** Domain version deleted. */
  REMOVE_DOMAIN_VERSION: RemoveApiVersionData;
  /** Domain draft saved. */
  NEW_DRAFT_DOMAIN: NewDraftApiData;
  /** Domain draft discarded. */
  REMOVE_DRAFT_DOMAIN: RemoveDraftApiData;
  /** Member invited. */
  NEW_ORGANIZATION_MEMBER: NewOrganizationMemberData;
  /** Invitation accepted. */
  ACCEPT_ORG_MEMBER_INVITE: AcceptOrgMemberInviteData;
  /** Member's role changed. */
  UPDATE_ORGANIZATION_MEMBER: UpdateOrganizationMemberData;
  /** Member left or removed. */
  REMOVE_ORGANIZATION_MEMBER: RemoveOrganizationMemberData;
  /** Invitation withdrawn. */
  INVITATION_WITHDRAWN: InvitationWithdrawnData;
  /** Role assigned. */
  NEW_COLLABORATION: NewCollaborationData;
  /** Role removed. */
  REMOVE_COLLABORATION: NewCollaborationData;
  /** Organization changed. */
  ORGANIZATION_CHANGE: undefined;
  /** Organization added. */
  ORGANIZATION_ADDED: OrganizationAddedData;
  /** Organization closed. */
  ORGANIZATION_CLOSED: OrganizationClosedData;
  /** Team created. */
  NEW_TEAM: NewTeamData;
  /** Team renamed. */
  TEAM_RENAMED: NewTeamData;
  /** Team deleted. */
  REMOVE_TEAM: NewTeamData;
  /** Team member added. */
  NEW_TEAM_MEMBER: NewTeamMemberData;
  /** Team member removed. */
  REMOVE_TEAM_MEMBER: NewTeamMemberData;
  /** Billing details changed. */
  BILLING_CHANGE: undefined;
  /** Plan changed. */
  PRODUCT_PLAN_CHANGE: ProductPlanChangeData;
  /** Plan cancellation scheduled. */
  PRODUCT_PLAN_CANCELLATION_SCHEDULED: ProductPlanChangeData;
  /** Subscription assigned. */
  SUBSCRIPTION_ASSIGNED: SubscriptionAssignedData;
  /** Subscription removed. */
  SUBSCRIPTION_REMOVED: SubscriptionAssignedData;
  /** Log opened. */
  LOG_OPENED: LogOpenedData;
  /** Signing key added. */
  LOG_KEY_ADDED: LogKeyAddedData;
  /** Clock corrected. */
  LOG_CLOCK_CORRECTED: LogClockCorrectedData;
  /** Audit log downloaded. */
  AUDIT_LOG_DOWNLOADED: AuditLogDownloadedData;
  /** Audit log download refused. */
  AUDIT_LOG_DOWNLOAD_REFUSED: AuditLogDownloadRefusedData;
  /** Event type registered. */
  EVENT_TYPE_REGISTERED: EventTypeRegisteredData;
  /** Signed in. */
  SIGN_IN: SignInData;
  /** Sign-in refused. */
  SIGN_IN_REFUSED: SignInRefusedData;
  /** Sessions ended. */
  SESSIONS_ENDED: SessionsEndedData;
  /** Password changed. */
  PASSWORD_CHANGED: PasswordChangedData;
  /** Sign-in link issued. */
  SIGN_IN_LINK_ISSUED: SignInLinkIssuedData;
  /** Account added. */
  USER_ADDED: UserAddedData;
  /** Account changed. */
  USER_CHANGED: UserChangedData;
  /** Viewer session opened. */
  VIEWER_SESSION_OPENED: ViewerSessionOpenedData;
  /** Viewer session ended. */
  VIEWER_SESSION_ENDED: ViewerSessionEndedData;
  /** Operator added. */
  OPERATOR_ADDED: OperatorAddedData;
  /** Operator removed. */
  OPERATOR_REMOVED: OperatorAddedData;
  /** Second factor added. */
  SECOND_FACTOR_ADDED: SecondFactorAddedData;
  /** Second factor removed. */
  SECOND_FACTOR_REMOVED: SecondFactorAddedData;
  /** Personal token added. */
  PERSONAL_TOKEN_ADDED: PersonalTokenAddedData;
  /** Personal token removed. */
  PERSONAL_TOKEN_REMOVED: PersonalTokenAddedData;
  /** Operator token replaced. */
  OPERATOR_TOKEN_REPLACED: OperatorTokenReplacedData;
}

/** The name of an event type of the catalogue. */
export type EventTypeName = keyof EventData;
