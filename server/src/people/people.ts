/** The whole service: organizations, their settings, members, invitations and teams, over one store and one log. */
import type { Mail } from "../mail/index.ts";
import { type Acceptance, openAcceptance } from "./acceptance.ts";
import { type Accounts, noAccounts } from "./accounts.ts";
import type { PeopleDependencies } from "./dependencies.ts";
import { type Invitations, openInvitations } from "./invitations.ts";
import { KnownOrganizations } from "./known.ts";
import { type Members, openMembers } from "./members.ts";
import { type Organizations, openOrganizations } from "./organizations.ts";
import { openSettings, type Settings } from "./settings.ts";
import { openTeamMembers, type TeamMembers } from "./team-members.ts";
import { openTeams, type Teams } from "./teams.ts";

/** The service. All times are microseconds since 1970 UTC. */
export interface People
  extends Organizations,
    Settings,
    Members,
    Invitations,
    Acceptance,
    Teams,
    TeamMembers {}

/** The dependencies of this service. */
export interface PeopleOptions extends Omit<PeopleDependencies, "clock"> {
  /** Makes accounts for invited people; if absent, only people with an account can accept. */
  readonly accounts?: Accounts | undefined;
  /** If absent, invitations are only links to hand over, and Daybook writes to nobody. */
  readonly mail?: Mail | undefined;
  /** The public address, without a slash at its end; default: that of a server with default settings. */
  readonly publicUrl?: (() => string) | undefined;
  /** Microseconds since 1970 UTC. */
  readonly clock?: () => bigint;
}

/** Opens the service. */
export function openPeople(options: PeopleOptions): People {
  const { store, log, mail, accounts = noAccounts } = options;
  const { publicUrl = () => "http://127.0.0.1:4400", clock = () => BigInt(Date.now()) * 1_000n } = options;
  const dependencies: PeopleDependencies = { store, log, clock };
  const known = new KnownOrganizations();
  return {
    ...openOrganizations(dependencies, known),
    ...openSettings(dependencies, known),
    ...openMembers(dependencies, mail),
    ...openInvitations(dependencies, { mail, address: publicUrl }),
    ...openAcceptance(dependencies, accounts),
    ...openTeams(dependencies, mail),
    ...openTeamMembers(dependencies, mail),
  };
}
