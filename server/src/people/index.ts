/** The public names of `people`, for other folders. */
export type { Member } from "../store/contract/members.ts";
export type { Team } from "../store/contract/teams.ts";
export type { UserName } from "../store/contract/users.ts";
export type { Accepting } from "./acceptance.ts";
export type { Accounts, NewAccount, OpenAccount } from "./accounts.ts";
export {
  type ChangingVersion,
  type OrganizationChange,
  openForChange,
  recordChange,
  refuseStale,
  type ScopedOrganization,
  sessionsEnded,
  unlessTaken,
} from "./dependencies.ts";
export { isId, newId } from "./ids.ts";
export type { InvitationWithLink, ListedInvitation } from "./invitations.ts";
export type { Whose } from "./organizations.ts";
export { openPeople, type People } from "./people.ts";
export { checkEmail, checkName, checkSlug } from "./rules.ts";
