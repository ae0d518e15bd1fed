/** The texts of mails, as plain text and as HTML. */
import { formatTime, type MemberRole } from "daybook/internal";
import { type Letter, letterOf, quoted } from "../mail/index.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import type { Organization } from "../store/contract/organizations.ts";

type NamedOrganization = Pick<Organization, "name" | "slug">;

/** Owners choose the name, but only operators choose the slug. */
const nameOf = ({ name, slug }: NamedOrganization): string => quoted(name) ?? slug;

interface InvitationWords extends Pick<Invitation, "email" | "role" | "invitedBy" | "expiresAt"> {
  readonly organization: NamedOrganization;
  readonly link: string;
}

const roles: Readonly<Record<MemberRole, string>> = {
  OWNER: "an owner",
  DESIGNER: "a designer",
  CONSUMER: "a consumer",
  AUDITOR: "an auditor",
};

/** The mail with an invitation. */
export function invitationLetter(words: InvitationWords): Letter {
  const { email, role, invitedBy, expiresAt, organization, link } = words;
  const inviter = quoted(invitedBy.name ?? "");
  const who = inviter === undefined ? "You are invited" : `${inviter} invites you`;
  const lines = [
    `${who} to join the organization ${nameOf(organization)} on Daybook as ${roles[role]}.`,
    `To accept, open this link before ${formatTime(expiresAt).slice(0, 16).replace("T", " ")} UTC:`,
    link,
    "The link is for you only. If you did not expect it, you can ignore this message.",
  ];
  return letterOf({ to: email, subject: `Invitation to ${nameOf(organization)}`, paragraphs: lines });
}

/** From the role with the fewest permissions. */
const byRank: readonly MemberRole[] = ["CONSUMER", "DESIGNER", "AUDITOR", "OWNER"];

/** Whether a role permits something that the other one does not. */
export const isRaised = (role: MemberRole, from: MemberRole): boolean =>
  byRank.indexOf(role) > byRank.indexOf(from);

interface RaisedWords {
  readonly email: string;
  readonly role: MemberRole;
  readonly organization: NamedOrganization;
  /** The name of the team that gives it, if it comes from a team. */
  readonly team?: string;
}

/** The mail to a person whose role in an organization was raised. */
export function raisedLetter({ email, role, organization, team }: RaisedWords): Letter {
  const named = quoted(team ?? "");
  const ofTeam = named === undefined ? "one of its teams" : `the team ${named}`;
  const through = team === undefined ? "" : `, as a member of ${ofTeam}`;
  const paragraphs = [
    `You are now ${roles[role]} of the organization ${nameOf(organization)} on Daybook${through}.`,
    "If you did not expect this, contact an owner of the organization.",
  ];
  return letterOf({ to: email, subject: `Your role in ${nameOf(organization)} was raised`, paragraphs });
}
