/** The table of actions: who may do what. Every route names its action here. */
import { type MemberRole, memberRoles, type Scope } from "daybook/internal";

/** People: anyone who can reach the port, anyone who is signed in, operators of the service, members of the organization by role. */
export type Audience = "everyone" | "signed-in" | "operator" | MemberRole;

/** Who may do one action. */
export interface Grant {
  /** Where the action applies: to the whole service, or to the named organization. */
  readonly where: "service" | "organization";
  readonly people: readonly Audience[];
  /** The scope that lets an API client do it in its own organization; if absent, no API client may. */
  readonly scope?: Scope;
  /**
   * Whether a person must have confirmed their identity recently: for acts that are permanent or give others access. API clients don't
   * confirm, because no person uses their tokens interactively.
   */
  readonly fresh?: true;
  /** Whether a person needs a session for it. Personal tokens also can't do actions that are `fresh`. */
  readonly signedIn?: true;
  /** Whether a viewer session with a role among `people` may do it: only one for the whole log, or also one for a single target. */
  readonly viewers?: "of-the-log" | "of-a-target";
}

const inService = (...people: Audience[]): Grant => ({ where: "service", people });
const inOrganization = (...people: Audience[]): Grant => ({ where: "organization", people });

/** An action that needs a recently confirmed identity. */
const fresh = (grant: Grant): Grant => ({ ...grant, fresh: true });
/** An action that a person does in a session, not with a personal token. */
const signedIn = (grant: Grant): Grant => ({ ...grant, signedIn: true });

/** Whether a personal token may do it for its holder. */
export const byPersonalToken = ({ fresh: isFresh, signedIn: needsSession }: Grant): boolean =>
  !isFresh && !needsSession;

/** The name of an action. */
export type Action =
  | "service:read"
  | "catalogue:read"
  | "metrics:read"
  | "sign-in"
  | "account:read"
  | "account:change"
  | "personal-tokens:add"
  | "second-factor:change"
  | "users:change"
  | "operators:read"
  | "operators:change"
  | "operator-token:replace"
  | "organizations:add"
  | "organizations:list"
  | "organization:read"
  | "organization:change"
  | "organization:close"
  | "members:read"
  | "members:change"
  | "members:remove"
  | "members:make-owner"
  | "membership:end"
  | "teams:read"
  | "teams:change"
  | "teams:remove"
  | "api-clients:read"
  | "api-clients:change"
  | "api-clients:end"
  | "events:write"
  | "events:import"
  | "events:read"
  | "events:read-context"
  | "events:read-all"
  | "views:read"
  | "views:save"
  | "views:share"
  | "audit-log:download"
  | "viewer-sessions:open"
  | "viewer-sessions:open-as-owner"
  | "viewer-sessions:read"
  | "viewer-sessions:end"
  | "event-types:read"
  | "event-types:register";

/** Every action, with who may do it. */
export const actions: Readonly<Record<Action, Grant>> = {
  // the service
  "service:read": inService("everyone"),
  "catalogue:read": inService("everyone"),
  "metrics:read": inService("operator"),
  // signing in, and the caller's own account
  "sign-in": inService("everyone"),
  "account:read": inService("signed-in"),
  "account:change": signedIn(inService("signed-in")),
  "personal-tokens:add": fresh(inService("signed-in")),
  "second-factor:change": fresh(inService("signed-in")),
  // other people's accounts, and who sees every organization
  "users:change": fresh(inService("operator")),
  "operators:read": inService("operator"),
  "operators:change": fresh(inService("operator")),
  "operator-token:replace": fresh(inService("operator")),
  // organizations
  "organizations:add": inService("operator"),
  "organizations:list": { ...inService("operator", "signed-in"), scope: "events:read" },
  "organization:read": {
    ...inOrganization("operator", ...memberRoles),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "organization:change": inOrganization("operator", "OWNER"),
  "organization:close": fresh(inOrganization("operator")),
  // members
  "members:read": inOrganization("operator", "OWNER", "AUDITOR"),
  "members:change": inOrganization("operator", "OWNER"),
  "members:remove": fresh(inOrganization("operator", "OWNER")),
  "members:make-owner": fresh(inOrganization("operator", "OWNER")),
  "membership:end": inOrganization("operator", ...memberRoles),
  "teams:read": inOrganization("operator", "OWNER", "AUDITOR"),
  "teams:change": inOrganization("operator", "OWNER"),
  "teams:remove": fresh(inOrganization("operator", "OWNER")),
  // API clients
  "api-clients:read": inOrganization("operator", "OWNER", "AUDITOR"),
  // a token that another token made would outlive it
  "api-clients:change": signedIn(inOrganization("operator", "OWNER")),
  "api-clients:end": fresh(inOrganization("operator", "OWNER")),
  // events
  "events:write": { ...inOrganization("operator"), scope: "events:write" },
  "events:import": { ...inOrganization("operator"), scope: "events:import" },
  "events:read": {
    ...inOrganization("operator", ...memberRoles),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "events:read-context": {
    ...inOrganization("operator", "OWNER", "AUDITOR"),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "events:read-all": inService("operator"),
  // searches under a name: the shared ones, and one's own
  "views:read": {
    ...inOrganization("operator", ...memberRoles),
    scope: "events:read",
    viewers: "of-the-log",
  },
  "views:save": inOrganization("operator", ...memberRoles),
  "views:share": inOrganization("operator", "OWNER"),
  "audit-log:download": {
    ...inOrganization("operator", "OWNER", "AUDITOR"),
    scope: "audit-log:download",
    viewers: "of-the-log",
  },
  // an API client sees and ends the sessions that it opened
  "viewer-sessions:open": signedIn({ ...inOrganization("operator"), scope: "events:read" }),
  "viewer-sessions:open-as-owner": fresh({ ...inOrganization("operator"), scope: "events:read" }),
  "viewer-sessions:read": { ...inOrganization("operator", "OWNER", "AUDITOR"), scope: "events:read" },
  "viewer-sessions:end": { ...inOrganization("operator", "OWNER"), scope: "events:read" },
  // custom event types
  "event-types:read": {
    ...inOrganization("operator", ...memberRoles),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "event-types:register": { ...inOrganization("operator", "OWNER"), scope: "event-types:write" },
};
