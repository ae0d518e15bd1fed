/** The one table of what may be done by whom. Every route names its action here. It refuses to know HTTP. */
import type { Scope } from "../store/contract/api-clients.ts";
import type { MemberRole } from "../store/contract/members.ts";

/** Of people: everyone who reaches the port, whoever signed in, operators of the service, members of the organization by role. */
export type Audience = "everyone" | "signed-in" | "operator" | MemberRole;

/** Who may do one thing. */
export interface Grant {
  /** Where it is done: in the service as a whole, or in the organization that is named. */
  readonly where: "service" | "organization";
  readonly people: readonly Audience[];
  /** The scope that lets an API client do it, in its own organization; absent: none does. */
  readonly scope?: Scope;
  /**
   * Whether a person must have shown lately who they are: of what is permanent, or gives others a way in. A host's token needs not,
   * for nobody sits before it.
   */
  readonly fresh?: true;
  /** Whether a person has to be signed in for it: what is `fresh` too is done by no personal token of theirs. */
  readonly signedIn?: true;
  /** Whether a viewer session with a role among `people` may: one of the whole log only, or one of a single target too. */
  readonly viewers?: "of-the-log" | "of-a-target";
}

const inService = (...people: Audience[]): Grant => ({ where: "service", people });
const inOrganization = (...people: Audience[]): Grant => ({ where: "organization", people });

/** What a person does only who has just shown who they are. */
const fresh = (grant: Grant): Grant => ({ ...grant, fresh: true });
/** What a person does in a session, and by no personal token. */
const signedIn = (grant: Grant): Grant => ({ ...grant, signedIn: true });

/** Whether a personal token does it for its holder, where they may. */
export const byPersonalToken = ({ fresh: isFresh, signedIn: needsSession }: Grant): boolean =>
  !isFresh && !needsSession;

const members: readonly MemberRole[] = ["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"];

/** One thing that can be done. */
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
  | "audit-log:download"
  | "viewer-sessions:open"
  | "viewer-sessions:open-as-owner"
  | "viewer-sessions:read"
  | "viewer-sessions:end"
  | "event-types:read"
  | "event-types:register";

/** Every action with who may do it. */
export const actions: Readonly<Record<Action, Grant>> = {
  // the service itself
  "service:read": inService("everyone"),
  "catalogue:read": inService("everyone"),
  "metrics:read": inService("operator"),
  // signing in, and one's own account
  "sign-in": inService("everyone"),
  "account:read": inService("signed-in"),
  "account:change": signedIn(inService("signed-in")),
  "personal-tokens:add": fresh(inService("signed-in")),
  "second-factor:change": fresh(inService("signed-in")),
  // accounts of others, and who sees every organization
  "users:change": fresh(inService("operator")),
  "operators:read": inService("operator"),
  "operators:change": fresh(inService("operator")),
  "operator-token:replace": fresh(inService("operator")),
  // organizations
  "organizations:add": inService("operator"),
  "organizations:list": { ...inService("operator", "signed-in"), scope: "events:read" },
  "organization:read": {
    ...inOrganization("operator", ...members),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "organization:change": inOrganization("operator", "OWNER"),
  "organization:close": fresh(inOrganization("operator")),
  // who is in them
  "members:read": inOrganization("operator", "OWNER", "AUDITOR"),
  "members:change": inOrganization("operator", "OWNER"),
  "members:remove": fresh(inOrganization("operator", "OWNER")),
  "members:make-owner": fresh(inOrganization("operator", "OWNER")),
  "membership:end": inOrganization("operator", ...members),
  "teams:read": inOrganization("operator", "OWNER", "AUDITOR"),
  "teams:change": inOrganization("operator", "OWNER"),
  "teams:remove": fresh(inOrganization("operator", "OWNER")),
  // the machines
  "api-clients:read": inOrganization("operator", "OWNER", "AUDITOR"),
  // a token that another made would outlive it
  "api-clients:change": signedIn(inOrganization("operator", "OWNER")),
  "api-clients:end": fresh(inOrganization("operator", "OWNER")),
  // their events
  "events:write": { ...inOrganization("operator"), scope: "events:write" },
  "events:import": { ...inOrganization("operator"), scope: "events:import" },
  "events:read": {
    ...inOrganization("operator", ...members),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "events:read-context": {
    ...inOrganization("operator", "OWNER", "AUDITOR"),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "events:read-all": inService("operator"),
  "audit-log:download": {
    ...inOrganization("operator", "OWNER", "AUDITOR"),
    scope: "audit-log:download",
    viewers: "of-the-log",
  },
  // an API client sees and ends those that it opened
  "viewer-sessions:open": signedIn({ ...inOrganization("operator"), scope: "events:read" }),
  "viewer-sessions:open-as-owner": fresh({ ...inOrganization("operator"), scope: "events:read" }),
  "viewer-sessions:read": { ...inOrganization("operator", "OWNER", "AUDITOR"), scope: "events:read" },
  "viewer-sessions:end": { ...inOrganization("operator", "OWNER"), scope: "events:read" },
  // their own event types
  "event-types:read": {
    ...inOrganization("operator", ...members),
    scope: "events:read",
    viewers: "of-a-target",
  },
  "event-types:register": { ...inOrganization("operator", "OWNER"), scope: "event-types:write" },
};
