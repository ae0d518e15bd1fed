/**
 * Teams: added, renamed, given a role in the organization, removed. A team's role gives its members permissions in addition to their own
 * (docs/adr/0013-teams-may-have-a-role.md). `team-members.ts` has their members.
 */
import { DaybookError, refuse, type Target, type TeamRole } from "daybook/internal";
import { type ChangeTransaction, type Initiator, inOneAct, once, reasonOf } from "../log/index.ts";
import type { Mail } from "../mail/index.ts";
import type { SearchedPage } from "../store/contract/lists.ts";
import type { Member } from "../store/contract/members.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Team } from "../store/contract/teams.ts";
import { roleGiven, roleTaken } from "./collaboration.ts";
import {
  type ChangingVersion,
  type OrganizationChange,
  openForChange,
  type PeopleDependencies,
  recordChange,
  refuseStale,
  type ScopedOrganization,
  unlessTaken,
  type WithReason,
} from "./dependencies.ts";
import { isId, newId } from "./ids.ts";
import { type ChangedTeam, raisedByTeam } from "./raised-by-team.ts";
import { checkName, checkTeamRole } from "./rules.ts";

export interface ChangingTeam extends ChangingVersion {
  readonly teamId: string;
}

export interface Teams {
  /** By id. A search compares names. */
  teams(place: ScopedOrganization, page: SearchedPage): Promise<Team[]>;
  /** When the last event about each of these teams occurred, by their ids; absent for those without one. */
  lastAboutTeams(place: ScopedOrganization, teamIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  /** Those of a member, by id. */
  teamsOf(place: ScopedOrganization, member: Pick<Member, "user">): Promise<Team[]>;
  /** Throws `team-not-found`. */
  team(place: ScopedOrganization, teamId: string): Promise<Team>;
  /** `role` absent or null: none. Throws `request-invalid`, `name-taken`, `organization-closed`, and what recording throws. */
  addTeam(request: OrganizationChange & { readonly name: unknown; readonly role?: unknown }): Promise<Team>;
  /**
   * Absent values stay; `role` null removes the role. A change to the present values records nothing. Throws as above, `team-not-found`,
   * `changed-meanwhile`.
   */
  changeTeam(request: ChangingTeam & { readonly name?: unknown; readonly role?: unknown }): Promise<Team>;
  /** Throws `team-not-found`, `changed-meanwhile`, `organization-closed`, `request-invalid` for the reason. */
  removeTeam(request: ChangingTeam & WithReason): Promise<void>;
}

/** Opens this part of the service. `mail` writes to people whose role was raised. */
export function openTeams(
  { store, log }: PeopleDependencies,
  mail: Pick<Mail, "postAll"> | undefined,
): Teams {
  return {
    teams: ({ organizationId, rowScope }, page) => store.within(rowScope).teams(organizationId, page),
    lastAboutTeams: async ({ organizationId, rowScope }, teamIds) => {
      const targets = teamIds.map((id) => `${asTarget}${id}`);
      const latest = await store.within(rowScope).latest({ organizationId, targets });
      return new Map([...latest].map(([party, at]) => [party.slice(asTarget.length), at]));
    },
    teamsOf: ({ organizationId, rowScope }, { user }) =>
      store.within(rowScope).teamsOf(organizationId, user.userId),
    team: async ({ organizationId, rowScope }, teamId) =>
      foundTeam(isId(teamId) ? await store.within(rowScope).team(organizationId, teamId) : undefined),
    addTeam: async ({ name, role = null, ...request }) => {
      const wanted = { id: newId("team"), name: checkName(name, "team name"), role: checkTeamRole(role) };
      const initiator = inOneAct(request.initiator, newId("act"));
      return unlessTaken(
        log.change((tx) => addOnce(tx, wanted, { ...request, initiator }), inOne(request.organization)),
        nameTaken(),
      );
    },
    changeTeam: async ({ name, role, ...request }) => {
      const wanted = {
        ...(name === undefined ? {} : { name: checkName(name, "team name") }),
        ...(role === undefined ? {} : { role: checkTeamRole(role) }),
      };
      const initiator = inOneAct(request.initiator, newId("act"));
      const changed = await unlessTaken(
        log.change((tx) => change(tx, wanted, { ...request, initiator }), inOne(request.organization)),
        nameTaken(),
      );
      if (mail !== undefined) mail.postAll(await raisedByTeam(store, changed));
      return changed.team;
    },
    removeTeam: async ({ reason, ...request }) => {
      const why = reasonOf({ reason });
      await log.change((tx) => remove(tx, request, why), inOne(request.organization));
    },
  };
}

/** Before the id of a team that is the target of an event. */
const asTarget = "team:";

export function foundTeam(team: Team | undefined): Team {
  if (team === undefined) throw new DaybookError("team-not-found");
  return team;
}

/** The team, locked through its organization. */
export async function lockedTeam(
  tx: ChangeTransaction,
  { organization, teamId, ifVersion }: ChangingTeam,
): Promise<{ organization: Organization; team: Team }> {
  const open = await openForChange(tx.rows, organization);
  const team = foundTeam(isId(teamId) ? await tx.rows.teamForUpdate(open.organizationId, teamId) : undefined);
  refuseStale(team, ifVersion);
  return { organization: open, team };
}

const nameTaken = (): Parameters<typeof unlessTaken>[1] => ({
  constraint: "team_name_key",
  error: refuse("name-taken", {
    pointer: "/name",
    detail: "Another team in this organization already has this name.",
  }),
});

type WantedTeam = Pick<Team, "id" | "name" | "role">;

const addOnce = (tx: ChangeTransaction, wanted: WantedTeam, request: OrganizationChange): Promise<Team> =>
  once<Team>(tx.rows, {
    organizationId: request.organization.organizationId,
    idempotency: request.idempotency,
    status: 201,
    work: () => add(tx, wanted, request),
    write: ({ createdAt, ...rest }) => JSON.stringify({ ...rest, createdAt: `${createdAt}` }),
    read: (text) => {
      const { createdAt, ...rest } = JSON.parse(text);
      return { ...rest, createdAt: BigInt(createdAt) };
    },
  });

async function add(tx: ChangeTransaction, wanted: WantedTeam, request: OrganizationChange): Promise<Team> {
  const { initiator } = request;
  const organization = await openForChange(tx.rows, request.organization);
  const team = await tx.rows.insertTeam({ ...wanted, organizationId: organization.organizationId });
  await recordChange(tx, organization, { initiator, type: "NEW_TEAM", ...about(team) });
  await tellRole(tx, { organization, team: { ...team, role: null }, role: team.role, initiator });
  return team;
}

async function change(
  tx: ChangeTransaction,
  wanted: { readonly name?: string; readonly role?: TeamRole | null },
  request: ChangingTeam,
): Promise<ChangedTeam> {
  const { initiator } = request;
  const { organization, team } = await lockedTeam(tx, request);
  const changed = { ...team, ...wanted, version: team.version + 1 };
  if (changed.name === team.name && changed.role === team.role)
    return { organization, team, before: team.role };
  await tx.rows.updateTeam(organization.organizationId, team.id, wanted);
  if (changed.name !== team.name) {
    const changes = [{ path: "/name", from: team.name, to: changed.name }];
    await recordChange(tx, organization, { initiator, type: "TEAM_RENAMED", ...about(changed), changes });
  }
  await tellRole(tx, { organization, team: { ...changed, role: team.role }, role: changed.role, initiator });
  return { organization, team: changed, before: team.role };
}

/** The team with its previous role, and its new role. */
interface RoleOfTeam {
  readonly organization: Organization;
  readonly team: Team;
  readonly role: TeamRole | null;
  readonly initiator: Initiator;
}

async function tellRole(
  tx: ChangeTransaction,
  { organization, team, role, initiator }: RoleOfTeam,
): Promise<void> {
  const { role: oldRole } = team;
  if (role === oldRole) return;
  const about = { organization, principal: ["TEAM", team.id] } as const;
  const changes =
    role !== null
      ? roleGiven({ ...about, role, oldRole })
      : roleTaken({ ...about, oldRole: oldRole as TeamRole });
  await recordChange(tx, organization, { initiator, targets: [teamTarget(team)], ...changes });
}

/**
 * Removal is one event, REMOVE_TEAM, whatever members and role the team had: the log already shows who was in it when, and one act would
 * otherwise cause as many events as the team has members.
 */
async function remove(
  tx: ChangeTransaction,
  request: ChangingTeam,
  why: { readonly reason?: string },
): Promise<void> {
  const { organization, team } = await lockedTeam(tx, request);
  await tx.rows.deleteTeam(organization.organizationId, team.id);
  const { initiator } = request;
  await recordChange(tx, organization, { initiator, type: "REMOVE_TEAM", ...about(team), ...why });
}

const teamTarget = ({ id, name }: Team): Target => ({ type: "team", id, name });

const about = (team: Team): { targets: Target[]; data: { teamId: string; team: string } } => ({
  targets: [teamTarget(team)],
  data: { teamId: team.id, team: team.name },
});
