/** What `data` holds, by event type. Written from the catalogue by event-data.test.ts; don't edit it by hand. */

export interface ApiClientAddedData {
  clientId: string;
  name: string;
  expiresOn?: string;
  scopes?: readonly string[];
}

export interface ApiClientTokenRotatedData {
  clientId: string;
  name: string;
  expiresOn?: string;
  overlapUntil?: string;
}

export interface ApiClientRefusedData {
  clientId: string;
  name: string;
  why: string;
  count?: number;
}

export interface NewApiData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  specification?: string;
  origin?: "CREATED" | "IMPORTED" | "TEMPLATE";
  digest?: string;
}

export interface ApiRenameData {
  owner: string;
  oldName: string;
  newName: string;
}

export interface ApiSavedData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  specification?: string;
  oldDigest?: string;
  digest: string;
  source?: "EDITOR" | "API" | "CLI" | "SYNC";
  commitMessage?: string;
}

export interface ApiLifecycleData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  published: boolean;
  wasPublished: boolean;
}

export interface ApiTransferData {
  name: string;
  fromOwner: string;
  toOwner: string;
  direction: "IN" | "OUT";
}

export interface ForkApiData {
  source: { owner: string; name: string; version?: string };
  fork: { owner: string; name: string; version?: string };
  direction: "IN" | "OUT";
}

export interface RemoveApiData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  versions?: readonly string[];
}

export interface NewApiVersionData {
  objectPath: string;
  owner: string;
  name: string;
  version: string;
  clonedFrom?: string;
  digest?: string;
}

export interface RemoveApiVersionData {
  objectPath: string;
  owner: string;
  name: string;
  version: string;
  lastDigest?: string;
}

export interface NewDraftApiData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  baseDigest?: string;
  draftDigest: string;
}

export interface RemoveDraftApiData {
  objectPath: string;
  owner: string;
  name: string;
  version?: string;
  discardedDigest?: string;
  digest?: string;
}

export interface NewOrganizationMemberData {
  userId?: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
}

export interface AcceptOrgMemberInviteData {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
}

export interface UpdateOrganizationMemberData {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  oldRole: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
}

export interface RemoveOrganizationMemberData {
  userId: string;
  email?: string;
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  how: "LEFT" | "REMOVED";
}

export interface NewCollaborationData {
  resourceType: "ORGANIZATION" | "API" | "DOMAIN";
  resource: string;
  principalType: "USER" | "TEAM";
  principal: string;
  roles: readonly string[];
  oldRoles?: readonly string[];
}

export interface NewTeamData {
  teamId: string;
  team: string;
}

export interface NewTeamMemberData {
  teamId: string;
  team: string;
  userId: string;
  email?: string;
}

export interface ProductPlanChangeData {
  plan: string;
  oldPlan?: string;
  paymentMethodChanged?: boolean;
  effectiveAt?: string;
}

export interface SubscriptionAssignedData {
  userId: string;
  email?: string;
  product: string;
}

/** The event types that a producer may record; `undefined` where the type takes no data. */
export interface EventData {
  /** API client added */
  API_CLIENT_ADDED: ApiClientAddedData;
  /** API client updated */
  API_CLIENT_UPDATED: ApiClientAddedData;
  /** API client revoked */
  API_CLIENT_REVOKED: ApiClientAddedData;
  /** API client deleted */
  API_CLIENT_DELETED: ApiClientAddedData;
  /** API client expired */
  API_CLIENT_EXPIRED: ApiClientAddedData;
  /** API client token rotated */
  API_CLIENT_TOKEN_ROTATED: ApiClientTokenRotatedData;
  /** API client refused */
  API_CLIENT_REFUSED: ApiClientRefusedData;
  /** API created */
  NEW_API: NewApiData;
  /** API renamed */
  API_RENAME: ApiRenameData;
  /** API saved */
  API_SAVED: ApiSavedData;
  /** API published or unpublished */
  API_LIFECYCLE: ApiLifecycleData;
  /** API transferred */
  API_TRANSFER: ApiTransferData;
  /** API forked */
  FORK_API: ForkApiData;
  /** API deleted */
  REMOVE_API: RemoveApiData;
  /** API version created */
  NEW_API_VERSION: NewApiVersionData;
  /** API version deleted */
  REMOVE_API_VERSION: RemoveApiVersionData;
  /** API draft saved */
  NEW_DRAFT_API: NewDraftApiData;
  /** API draft discarded */
  REMOVE_DRAFT_API: RemoveDraftApiData;
  /** Domain created */
  NEW_DOMAIN: NewApiData;
  /** Domain renamed */
  RENAME_DOMAIN: ApiRenameData;
  /** Domain saved */
  DOMAIN_SAVED: ApiSavedData;
  /** Domain published or unpublished */
  DOMAIN_LIFECYCLE: ApiLifecycleData;
  /** Domain transferred */
  DOMAIN_TRANSFER: ApiTransferData;
  /** Domain forked */
  FORK_DOMAIN: ForkApiData;
  /** Domain deleted */
  REMOVE_DOMAIN: RemoveApiData;
  /** Domain version created */
  NEW_DOMAIN_VERSION: NewApiVersionData;
  /** Domain version deleted */
  REMOVE_DOMAIN_VERSION: RemoveApiVersionData;
  /** Domain draft saved */
  NEW_DRAFT_DOMAIN: NewDraftApiData;
  /** Domain draft discarded */
  REMOVE_DRAFT_DOMAIN: RemoveDraftApiData;
  /** Member invited */
  NEW_ORGANIZATION_MEMBER: NewOrganizationMemberData;
  /** Invitation accepted */
  ACCEPT_ORG_MEMBER_INVITE: AcceptOrgMemberInviteData;
  /** Member's role changed */
  UPDATE_ORGANIZATION_MEMBER: UpdateOrganizationMemberData;
  /** Member left or removed */
  REMOVE_ORGANIZATION_MEMBER: RemoveOrganizationMemberData;
  /** Role assigned */
  NEW_COLLABORATION: NewCollaborationData;
  /** Role removed */
  REMOVE_COLLABORATION: NewCollaborationData;
  /** Organization changed */
  ORGANIZATION_CHANGE: undefined;
  /** Team created */
  NEW_TEAM: NewTeamData;
  /** Team deleted */
  REMOVE_TEAM: NewTeamData;
  /** Team member added */
  NEW_TEAM_MEMBER: NewTeamMemberData;
  /** Team member removed */
  REMOVE_TEAM_MEMBER: NewTeamMemberData;
  /** Billing details changed */
  BILLING_CHANGE: undefined;
  /** Plan changed */
  PRODUCT_PLAN_CHANGE: ProductPlanChangeData;
  /** Plan cancellation scheduled */
  PRODUCT_PLAN_CANCELLATION_SCHEDULED: ProductPlanChangeData;
  /** Subscription assigned */
  SUBSCRIPTION_ASSIGNED: SubscriptionAssignedData;
  /** Subscription removed */
  SUBSCRIPTION_REMOVED: SubscriptionAssignedData;
}
