/** The events about a role in the organization that a member or a team gets or loses. */
import type { EventInput, MemberRole } from "daybook/internal";
import type { Organization } from "../store/contract/organizations.ts";

interface RoleChange {
  readonly organization: Pick<Organization, "id">;
  readonly principal: readonly ["USER" | "TEAM", string];
}

type CollaborationEvent = Pick<EventInput, "type" | "data" | "changes">;

/** `oldRole` null: they had none. */
export function roleGiven(
  change: RoleChange & { role: MemberRole; oldRole: MemberRole | null },
): CollaborationEvent {
  const { role, oldRole } = change;
  const old = oldRole === null ? {} : { oldRoles: [oldRole] };
  return {
    type: "NEW_COLLABORATION",
    changes: [{ path: "/roles", ...(oldRole === null ? {} : { from: [oldRole] }), to: [role] }],
    data: { ...whoAndWhere(change), roles: [role], ...old },
  };
}

export const roleTaken = (change: RoleChange & { oldRole: MemberRole }): CollaborationEvent => ({
  type: "REMOVE_COLLABORATION",
  changes: [{ path: "/roles", from: [change.oldRole] }],
  data: { ...whoAndWhere(change), roles: [change.oldRole] },
});

const whoAndWhere = ({ organization, principal: [principalType, principal] }: RoleChange) => ({
  resourceType: "ORGANIZATION",
  resource: organization.id,
  principalType,
  principal,
});
