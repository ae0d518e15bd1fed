/** The members of a team: adding and removing them. Repeating either has no effect, and records no event. */
import { DaybookError } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Mail } from "../mail/index.ts";
import type { ListPage } from "../store/contract/lists.ts";
import type { Member } from "../store/contract/members.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Team } from "../store/contract/teams.ts";
import type { UserName } from "../store/contract/users.ts";
import {
  type PeopleDependencies,
  recordChange,
  type ScopedOrganization,
  userData,
  userTarget,
} from "./dependencies.ts";
import { isId } from "./ids.ts";
import { isRaised, raisedLetter } from "./letters.ts";
import { type ChangingTeam, foundTeam, lockedTeam } from "./teams.ts";

interface ChangingTeamMember extends Omit<ChangingTeam, "ifVersion"> {
  readonly userId: string;
}

export interface TeamMembers {
  /** By the user's id. Throws `team-not-found`. */
  teamMembers(place: ScopedOrganization & { readonly teamId: string }, page: ListPage): Promise<UserName[]>;
  /** Throws `team-not-found`, `member-not-found` if they are not a member of the organization, `organization-closed`. */
  addTeamMember(request: ChangingTeamMember): Promise<void>;
  /** Throws as above. */
  removeTeamMember(request: ChangingTeamMember): Promise<void>;
}

/** Opens this part of the service. `mail` writes to people whose role was raised. */
export function openTeamMembers(
  { store, log }: PeopleDependencies,
  mail: Pick<Mail, "post"> | undefined,
): TeamMembers {
  return {
    teamMembers: async ({ organizationId, rowScope, teamId }, page) => {
      const reads = store.within(rowScope);
      foundTeam(isId(teamId) ? await reads.team(organizationId, teamId) : undefined);
      return reads.teamMembers(organizationId, teamId, page);
    },
    addTeamMember: async (request) => {
      const { isMoved, team, member, organization } = await log.change(
        (tx) => move(tx, request, "NEW_TEAM_MEMBER"),
        inOne(request.organization),
      );
      const { role } = team;
      if (!isMoved || role === null || !isRaised(role, member.role)) return;
      const { email } = member.user;
      mail?.post(raisedLetter({ email, role, organization, team: team.name }));
    },
    removeTeamMember: async (request) =>
      void (await log.change((tx) => move(tx, request, "REMOVE_TEAM_MEMBER"), inOne(request.organization))),
  };
}

const moves = { NEW_TEAM_MEMBER: "insertTeamMember", REMOVE_TEAM_MEMBER: "deleteTeamMember" } as const;

interface Moved {
  readonly organization: Organization;
  readonly team: Team;
  readonly member: Member;
  /** False if nothing changed. */
  readonly isMoved: boolean;
}

async function move(
  tx: ChangeTransaction,
  request: ChangingTeamMember,
  type: keyof typeof moves,
): Promise<Moved> {
  const { initiator, userId } = request;
  const { organization, team } = await lockedTeam(tx, request);
  const { organizationId } = organization;
  const member = isId(userId) ? await tx.rows.memberForUpdate(organizationId, userId) : undefined;
  if (member === undefined) throw new DaybookError("member-not-found");
  const isMoved = await tx.rows[moves[type]](organizationId, team.id, member.user.userId);
  const moved = { organization, team, member, isMoved };
  if (!isMoved) return moved;
  await recordChange(tx, organization, {
    initiator,
    type,
    targets: [userTarget(member.user)],
    data: teamMemberData(team, member.user),
  });
  return moved;
}

/** The data of events about a team's member. */
export const teamMemberData = (
  { id, name }: Pick<Team, "id" | "name">,
  user: UserName,
): { teamId: string; team: string; userId: string; email: string } => ({
  teamId: id,
  team: name,
  ...userData(user),
});
