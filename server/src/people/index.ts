/** What other rooms may use of `people`. */
export { type Member, type MemberRole, memberRoles, type Team, type UserName } from "../store/people.ts";
export type { Accepting } from "./acceptance.ts";
export type { Accounts, NewAccount, OpenAccount } from "./accounts.ts";
export { sessionsEnded } from "./dependencies.ts";
export type { Invited, ListedInvitation } from "./invitations.ts";
export type { Whose } from "./organizations.ts";
export { openPeople, type People } from "./people.ts";
export { checkEmail, checkName, checkSlug } from "./rules.ts";
