/** What other rooms may use of `log`. */
export type { Answer } from "./answer.ts";
export { type BusinessRows, byServer, type ChangeTransaction, type InOrganization } from "./change.ts";
export type { Clock } from "./clock.ts";
export type { Load } from "./coalesce.ts";
export { type EventLog, type LogOptions, openLog, type RecordRequest } from "./event-log.ts";
export { type FirstStart, initialiseDeployment, reservedSlug } from "./initialise.ts";
export { defaultLimits, type LogLimits } from "./limits.ts";
export { type NewOrganization, openOrganization } from "./open-organization.ts";
export { newOrganizationId } from "./organization-id.ts";
export type { Input } from "./prepared.ts";
export type { CorrectedClock } from "./recover-clock.ts";
export { catalogueTypes, type KnownType, type TypeLookup } from "./types.ts";
