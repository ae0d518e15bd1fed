/**
 * Mails to the members of a team whose new role permits more than before: more than their own role, and more than the team's previous one.
 */
import type { TeamRole } from "daybook/internal";
import type { Letter } from "../mail/index.ts";
import type { Member } from "../store/contract/members.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Team } from "../store/contract/teams.ts";
import type { PeopleDependencies } from "./dependencies.ts";
import { isRaised, raisedLetter } from "./letters.ts";

/** A team with its previous role. */
export interface ChangedTeam {
  readonly organization: Organization;
  readonly team: Team;
  readonly before: TeamRole | null;
}

/** Members that are read at a time. */
const portion = 1_000;

/** Does nothing if the new role is none or no higher. Never throws: the change is done, and doesn't depend on the mail. */
export async function raisedByTeam(
  store: PeopleDependencies["store"],
  { organization, team, before }: ChangedTeam,
): Promise<Letter[]> {
  const { role } = team;
  if (role === null || role === before || (before !== null && !isRaised(role, before))) return [];
  const letters: Letter[] = [];
  try {
    for await (const { user, role: own } of membersOf(store, team)) {
      if (!isRaised(role, own)) continue;
      letters.push(raisedLetter({ email: user.email, role, organization, team: team.name }));
    }
  } catch {
    // those found so far get their mail
  }
  return letters;
}

async function* membersOf(
  store: PeopleDependencies["store"],
  { organizationId, id }: Team,
): AsyncGenerator<Member> {
  const reads = store.within(organizationId);
  for (let after: string | undefined; ; ) {
    const page = await reads.teamMembers(organizationId, id, { after, limit: portion });
    for (const user of page) {
      const member = await reads.member(organizationId, user.id);
      if (member !== undefined) yield member;
    }
    if (page.length < portion) return;
    after = page.at(-1)!.id;
  }
}
