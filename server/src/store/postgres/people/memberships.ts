/** The memberships of a person, for an authenticator: one column beside the person's own. */
import type { MemberRole, TeamRole } from "daybook/internal";
import type { HeldSession } from "../../contract/sessions.ts";
import { columnBy, type RowShape } from "../statements/row-shape.ts";
import { eachRoleOnce, teamRolesOfMember } from "./columns.ts";

/** The memberships of the user whose number the row with that alias has, as JSON. */
export const heldMemberships = (alias: string): RowShape<HeldSession["memberships"]> =>
  columnBy(heldMembershipsSql(alias), readHeldMemberships);

const heldMembershipsSql = (alias: string): string =>
  `(SELECT coalesce(json_agg(json_build_array(m.organization_id, m.role, ${teamRolesOfMember}, o.id, o.slug)), '[]')
       FROM membership m JOIN organization o ON o.organization_id = m.organization_id WHERE m.user_id = ${alias}.user_id)`;

type HeldMembership = [
  organizationId: number,
  role: MemberRole,
  teamRoles: TeamRole[],
  id: string,
  slug: string,
];

const readHeldMemberships = (json: unknown): HeldSession["memberships"] =>
  (JSON.parse(json as string) as HeldMembership[]).map(([organizationId, role, teamRoles, id, slug]) => ({
    organizationId,
    role,
    teamRoles: eachRoleOnce(teamRoles),
    id,
    slug,
  }));
