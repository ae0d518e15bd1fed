/**
 * The members of an organization and their roles. There is always an owner: the organization's row is locked before owners are counted, so
 * that two owners who leave simultaneously do so one after the other.
 */
import { DaybookError, type MemberRole } from "daybook/internal";
import { type ChangeTransaction, inOneAct, reasonOf } from "../log/index.ts";
import type { Mail } from "../mail/index.ts";
import type { SearchedPage } from "../store/contract/lists.ts";
import type { Member } from "../store/contract/members.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne, spanning } from "../store/contract/placement.ts";
import { roleGiven } from "./collaboration.ts";
import {
  type ChangingVersion,
  openForChange,
  type PeopleDependencies,
  recordChange,
  refuseStale,
  reserved,
  type ScopedOrganization,
  sessionsEnded,
  userData,
  userTarget,
  type WithReason,
} from "./dependencies.ts";
import { isId, newId } from "./ids.ts";
import { isRaised, raisedLetter } from "./letters.ts";
import { checkRole } from "./rules.ts";
import { teamMemberData } from "./team-members.ts";

/** A member is identified by the user's id. */
interface ChangingMember extends ChangingVersion {
  readonly userId: string;
}

export interface Members {
  /** By the user's id. A search compares names and addresses. */
  members(place: ScopedOrganization, page: SearchedPage): Promise<Member[]>;
  /** When the last event of each of these people in the organization's log occurred, by their ids; absent for those without one. */
  lastActive(place: ScopedOrganization, userIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  /** Throws `member-not-found`. */
  member(place: ScopedOrganization, userId: string): Promise<Member>;
  /**
   * A change to the same role has no effect, and records no event. Throws `request-invalid`, `member-not-found`, `changed-meanwhile`, `last-owner`,
   * `organization-closed`, and what recording throws.
   */
  changeRole(request: ChangingMember & { readonly role: unknown }): Promise<Member>;
  /**
   * Ends a membership, including their places in teams and, if another person ends it, their sessions. Throws as above, `request-invalid` for
   * the reason.
   */
  endMembership(request: ChangingMember & WithReason & { readonly how: "LEFT" | "REMOVED" }): Promise<void>;
}

/** Opens this part of the service. `mail` writes to people whose role was raised. */
export function openMembers(
  { store, log }: PeopleDependencies,
  mail: Pick<Mail, "post"> | undefined,
): Members {
  return {
    members: ({ organizationId, rowScope }, page) => store.within(rowScope).members(organizationId, page),
    lastActive: async ({ organizationId, rowScope }, userIds) => {
      const actors = userIds.map((id) => `${user}${id}`);
      const latest = await store.within(rowScope).latest({ organizationId, actors });
      return new Map([...latest].map(([party, at]) => [party.slice(user.length), at]));
    },
    member: async ({ organizationId, rowScope }, userId) =>
      found(isId(userId) ? await store.within(rowScope).member(organizationId, userId) : undefined),
    changeRole: async ({ role, ...request }) => {
      const wanted = checkRole(role);
      const { member, before, organization } = await log.change(
        (tx) => changeRole(tx, wanted, request),
        inOne(request.organization),
      );
      const { email } = member.user;
      if (isRaised(wanted, before)) mail?.post(raisedLetter({ email, role: wanted, organization }));
      return member;
    },
    endMembership: async ({ reason, ...request }) => {
      const initiator = inOneAct(request.initiator, newId("act"));
      const why = reasonOf({ reason });
      await log.change(
        (tx) => end(tx, { ...request, initiator }, why),
        spanning("membership", [request.organization]),
      );
    },
  };
}

/** Before the id of a person who is the actor of an event. */
const user = "user:";

function found(member: Member | undefined): Member {
  if (member === undefined) throw new DaybookError("member-not-found");
  return member;
}

/** The member, locked through their organization. */
async function locked(
  tx: ChangeTransaction,
  { organization, userId, ifVersion }: ChangingMember,
): Promise<{ organization: Organization; member: Member }> {
  const open = await openForChange(tx.rows, organization);
  const member = found(isId(userId) ? await tx.rows.memberForUpdate(open.organizationId, userId) : undefined);
  refuseStale(member, ifVersion);
  return { organization: open, member };
}

async function refuseLastOwner(tx: ChangeTransaction, { organizationId, role }: Member): Promise<void> {
  if (role === "OWNER" && (await tx.rows.countOwners(organizationId)) === 1)
    throw new DaybookError("last-owner");
}

/** A person with a new role, and the previous one. */
interface ChangedRole {
  readonly organization: Organization;
  readonly member: Member;
  readonly before: MemberRole;
}

async function changeRole(
  tx: ChangeTransaction,
  role: MemberRole,
  request: ChangingMember,
): Promise<ChangedRole> {
  const { organization, member } = await locked(tx, request);
  const before = member.role;
  if (before === role) return { organization, member, before };
  await refuseLastOwner(tx, member);
  await tx.rows.setMemberRole(organization.organizationId, member.user.userId, role);
  const isOwners = role === "OWNER" || member.role === "OWNER";
  await recordChange(tx, organization, {
    initiator: request.initiator,
    targets: [userTarget(member.user)],
    ...(isOwners
      ? {
          type: "UPDATE_ORGANIZATION_MEMBER",
          changes: [{ path: "/role", from: member.role, to: role }],
          data: { ...userData(member.user), role, oldRole: member.role },
        }
      : roleGiven({ organization, principal: ["USER", member.user.id], role, oldRole: member.role })),
  });
  return { organization, member: { ...member, role, version: member.version + 1 }, before };
}

async function end(
  tx: ChangeTransaction,
  { how, initiator, ...request }: ChangingMember & { readonly how: "LEFT" | "REMOVED" },
  why: { readonly reason?: string },
): Promise<void> {
  const { organization, member } = await locked(tx, { ...request, initiator });
  const { user, role } = member;
  await refuseLastOwner(tx, member);
  const { organizationId } = organization;
  const teams = await tx.rows.teamsOf(organizationId, user.userId);
  await tx.rows.deleteMember(organizationId, user.userId);
  // a member who leaves can stay signed in: each request checks what a session may do
  const ended = how === "REMOVED" ? await tx.rows.deleteSessions({ userId: user.userId }) : [];
  const about = { initiator, targets: [userTarget(user)] };
  await recordChange(tx, organization, {
    ...about,
    type: "REMOVE_ORGANIZATION_MEMBER",
    data: { ...userData(user), role, how },
    ...why,
  });
  for (const team of teams) {
    await recordChange(tx, organization, {
      ...about,
      type: "REMOVE_TEAM_MEMBER",
      data: teamMemberData(team, user),
    });
  }
  for (const data of sessionsEnded(user, "Removed from the organization", ended)) {
    for (const log of [reserved, organization])
      await recordChange(tx, log, { ...about, type: "SESSIONS_ENDED", data });
  }
}
