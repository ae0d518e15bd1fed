/** Decides for one caller, one grant and one organization. All functions are pure. */
import type { Organization } from "../store/contract/organizations.ts";
import { type Audience, byPersonalToken, type Grant } from "./actions.ts";
import type { Caller } from "./caller.ts";

/** The roles of a caller in one place. */
export type Standpoint = Audience | "api_client" | "viewer";

/** The caller's roles in the organization; if empty, they may not see that it exists. */
export function placesOf(caller: Caller, { organizationId }: Organization): readonly Standpoint[] {
  switch (caller.kind) {
    case "operator":
      return ["operator"];
    case "user": {
      const here = caller.memberships.find((membership) => membership.organizationId === organizationId);
      const roles = here === undefined ? [] : [here.role, ...here.teamRoles];
      return caller.user.isOperator ? ["operator", ...roles] : roles;
    }
    case "api_client":
      return caller.organization.organizationId === organizationId ? ["api_client"] : [];
    case "viewer":
      return caller.organization.organizationId === organizationId ? ["viewer"] : [];
    default:
      return [];
  }
}

/** The caller's roles in the service as a whole. */
function placesInService(caller: Caller): readonly Standpoint[] {
  switch (caller.kind) {
    case "operator":
      return ["everyone", "operator"];
    case "user":
      return caller.user.isOperator ? ["everyone", "signed-in", "operator"] : ["everyone", "signed-in"];
    case "api_client":
    case "viewer":
      return ["everyone", caller.kind];
    default:
      return ["everyone"];
  }
}

/** Whether the caller sent a personal token. */
export const isByToken = (caller: Caller): boolean => caller.kind === "user" && caller.session === undefined;

/** Whether the grant allows the caller. False for an organization's action without the organization. */
export function judge(caller: Caller, grant: Grant, organization: Organization | undefined): boolean {
  const { where, people, scope, viewers } = grant;
  if (where === "organization" && organization === undefined) return false;
  if (isByToken(caller) && !byPersonalToken(grant)) return false;
  const places =
    where === "organization" && organization !== undefined
      ? placesOf(caller, organization)
      : placesInService(caller);
  if (places.some((place) => (people as readonly Standpoint[]).includes(place))) return true;
  if (caller.kind === "api_client" && places.includes("api_client"))
    return scope !== undefined && caller.client.scopes.includes(scope);
  if (caller.kind === "viewer" && places.includes("viewer")) {
    const covers =
      viewers === "of-a-target" || (viewers === "of-the-log" && caller.session.onlyTarget === null);
    return covers && people.includes(caller.session.role);
  }
  return false;
}
