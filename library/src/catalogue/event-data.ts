/**
 * The list of event types, with the TypeScript type of each one's `data`. This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */
import type {
  OperatorAddedData,
  OperatorTokenReplacedData,
  PasswordChangedData,
  PersonalTokenAddedData,
  SecondFactorAddedData,
  SessionsEndedData,
  SignInData,
  SignInLinkIssuedData,
  SignInRefusedData,
  UserAddedData,
  UserChangedData,
  ViewerSessionEndedData,
  ViewerSessionOpenedData,
} from "./event-data/access.ts";
import type {
  ApiClientAddedData,
  ApiClientExpiresSoonData,
  ApiClientRefusedData,
  ApiClientTokenRotatedData,
  ApiClientUpdatedData,
} from "./event-data/api-clients.ts";
import type {
  ApiLifecycleData,
  ApiRenameData,
  ApiSavedData,
  ApiTransferData,
  ForkApiData,
  NewApiData,
  NewApiVersionData,
  NewDraftApiData,
  RemoveApiData,
  RemoveApiVersionData,
  RemoveDraftApiData,
} from "./event-data/apis.ts";
import type { ProductPlanChangeData, SubscriptionAssignedData } from "./event-data/billing.ts";
import type {
  AuditLogDownloadedData,
  AuditLogDownloadRefusedData,
  EventTypeRegisteredData,
  IntegrityCheckedData,
  LogClockCorrectedData,
  LogKeyAddedData,
  LogOpenedData,
  ViewRemovedData,
  ViewSavedData,
} from "./event-data/log.ts";
import type {
  AcceptOrgMemberInviteData,
  InvitationWithdrawnData,
  NewCollaborationData,
  NewOrganizationMemberData,
  OrganizationAddedData,
  OrganizationClosedData,
  RemoveOrganizationMemberData,
  UpdateOrganizationMemberData,
} from "./event-data/organizations.ts";
import type { NewTeamData, NewTeamMemberData } from "./event-data/teams.ts";

export type * from "./event-data/access.ts";
export type * from "./event-data/api-clients.ts";
export type * from "./event-data/apis.ts";
export type * from "./event-data/billing.ts";
export type * from "./event-data/log.ts";
export type * from "./event-data/organizations.ts";
export type * from "./event-data/teams.ts";

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
  /** Integrity checked. */
  INTEGRITY_CHECKED: IntegrityCheckedData;
  /** Audit log downloaded. */
  AUDIT_LOG_DOWNLOADED: AuditLogDownloadedData;
  /** Audit log download refused. */
  AUDIT_LOG_DOWNLOAD_REFUSED: AuditLogDownloadRefusedData;
  /** Event type registered. */
  EVENT_TYPE_REGISTERED: EventTypeRegisteredData;
  /** View saved. */
  VIEW_SAVED: ViewSavedData;
  /** View deleted. */
  VIEW_REMOVED: ViewRemovedData;
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
