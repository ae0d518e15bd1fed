/** The scopes of API clients; docs/access.md lists the actions of each. */

/** Every scope. */
export const scopes = [
  "events:write",
  "events:read",
  "events:import",
  "audit-log:download",
  "event-types:write",
] as const;

/** What an API client may do, in its own organization. */
export type Scope = (typeof scopes)[number];
