/** The public names of `log`, for other folders. */
export type { RecordAnswer } from "./answer.ts";
export type { BusinessRows } from "./business-rows.ts";
export { byServer, type ChangeTransaction } from "./change.ts";
export { actorAndContext, type ChangeRequest, type Initiator, inOneAct, rowOf } from "./change-request.ts";
export { type EventLog, type LogOptions, openLog } from "./event-log.ts";
export { initialiseDeployment, reservedSlug } from "./initialise.ts";
export { clockMayBeBehind, clocksMayDiffer } from "./limits.ts";
export { type Idempotency, type Once, once } from "./once.ts";
export { type OrganizationToOpen, openOrganization } from "./open-organization.ts";
export { newOrganizationId } from "./organization-id.ts";
export type { RecordingFailure } from "./outcomes.ts";
export { reasonOf } from "./reason.ts";
export { catalogueTypes, type KnownType, type TypeLookup } from "./types.ts";
export { type UnreadEvents, unreadEvents } from "./unread.ts";
