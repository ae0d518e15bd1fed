/** The one table of what may be done by whom. Every route names its action here. It refuses to know HTTP. */

/** Whom a caller is, for this table: an operator of the service, or somebody who showed nothing. */
export type Role = "operator" | "nobody";

/** One thing that can be done. */
export type Action =
  // the service itself
  | "service:read"
  | "catalogue:read"
  // organizations
  | "organizations:add"
  | "organizations:list"
  | "organization:read"
  | "organization:rename"
  | "organization:close"
  // their events
  | "events:write"
  | "events:import"
  | "events:read"
  | "events:read-all"
  | "audit-log:download"
  // their own event types
  | "event-types:read"
  | "event-types:register";

const everyone: readonly Role[] = ["operator", "nobody"];
const operators: readonly Role[] = ["operator"];

/** Every action with the roles that may do it. */
export const actions: Readonly<Record<Action, readonly Role[]>> = {
  "service:read": everyone,
  "catalogue:read": everyone,
  "organizations:add": operators,
  "organizations:list": operators,
  "organization:read": operators,
  "organization:rename": operators,
  "organization:close": operators,
  "events:write": operators,
  "events:import": operators,
  "events:read": operators,
  "events:read-all": operators,
  "audit-log:download": operators,
  "event-types:read": operators,
  "event-types:register": operators,
};
