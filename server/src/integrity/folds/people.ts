/** Folds events about members, invitations and teams. */
import { addressKey, nameKey } from "../../store/contract/name-key.ts";
import { actorText, type Folds, type OwnEvent, ofOrganization } from "./own-event.ts";
import { removeOwnViews } from "./saved-views.ts";
import type { FoldedRows } from "./state.ts";

type OfOrganization = Pick<OwnEvent, "organization">;

const memberKey = ({ organization }: OfOrganization, userId: string): string =>
  `${organization.id} ${userId}`;

const setRole = (
  rows: FoldedRows,
  event: OfOrganization,
  { userId, role }: { readonly userId: string; readonly role: string },
): void => rows.count("membership", memberKey(event, userId), { role });

export const peopleFolds: Folds<
  | "NEW_ORGANIZATION_MEMBER"
  | "INVITATION_WITHDRAWN"
  | "ACCEPT_ORG_MEMBER_INVITE"
  | "UPDATE_ORGANIZATION_MEMBER"
  | "REMOVE_ORGANIZATION_MEMBER"
  | "NEW_COLLABORATION"
  | "REMOVE_COLLABORATION"
  | "NEW_TEAM"
  | "TEAM_RENAMED"
  | "REMOVE_TEAM"
  | "NEW_TEAM_MEMBER"
  | "REMOVE_TEAM_MEMBER"
> = {
  NEW_ORGANIZATION_MEMBER: {
    organization: (rows, event) => {
      const { invitationId: id = "", email = "", role, expiresAt = null, credential = null } = event.data;
      rows.put("invitation", {
        ...{ ...ofOrganization(event), id, email, email_key: addressKey(email), role, state: "open" },
        ...{ invited_by: actorText(event), created_at: event.occurredAt },
        ...{ expires_at: expiresAt, token_hash: credential },
      });
    },
  },
  INVITATION_WITHDRAWN: {
    organization: (rows, { data: { invitationId = "" } }) =>
      rows.change("invitation", invitationId, { state: "withdrawn" }),
  },
  ACCEPT_ORG_MEMBER_INVITE: {
    organization: (rows, event) => {
      const { invitationId = "", userId: user_id, role } = event.data;
      rows.change("invitation", invitationId, { state: "accepted" });
      const joined_at = event.occurredAt;
      rows.put("membership", { ...ofOrganization(event), user_id, version: 1, role, joined_at });
    },
  },
  UPDATE_ORGANIZATION_MEMBER: { organization: (rows, event) => setRole(rows, event, event.data) },
  REMOVE_ORGANIZATION_MEMBER: {
    organization: (rows, event) => {
      const { userId } = event.data;
      rows.remove("membership", memberKey(event, userId));
      removeOwnViews(rows, event, userId);
    },
  },
  NEW_COLLABORATION: {
    organization: (rows, event) => {
      const { principalType, principal, roles } = event.data;
      const role = roles[0]!;
      if (principalType === "USER") setRole(rows, event, { userId: principal, role });
      else rows.countOnce("team", principal, { role, at: event.occurredAt });
    },
  },
  REMOVE_COLLABORATION: {
    organization: (rows, { data: { principal }, occurredAt: at }) =>
      rows.countOnce("team", principal, { role: null, at }),
  },
  NEW_TEAM: {
    organization: (rows, event) => {
      const { teamId: id, team: name } = event.data;
      const about = { id, version: 1, name, name_key: nameKey(name), role: null };
      rows.put("team", { ...ofOrganization(event), ...about, created_at: event.occurredAt });
    },
  },
  TEAM_RENAMED: {
    organization: (rows, { data: { teamId, team: name }, occurredAt: at }) =>
      rows.countOnce("team", teamId, { name, name_key: nameKey(name), at }),
  },
  REMOVE_TEAM: {
    organization: (rows, { data: { teamId } }) => {
      rows.remove("team", teamId);
      rows.removeGroup("team_member", teamId);
    },
  },
  NEW_TEAM_MEMBER: {
    organization: (rows, event) => {
      const { teamId: team_id, userId: user_id } = event.data;
      rows.put("team_member", { ...ofOrganization(event), user_id, team_id, joined_at: event.occurredAt });
    },
  },
  REMOVE_TEAM_MEMBER: {
    organization: (rows, { data: { teamId, userId } }) => rows.remove("team_member", `${teamId} ${userId}`),
  },
};
