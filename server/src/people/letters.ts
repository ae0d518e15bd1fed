/** What the letters say, as plain text and as HTML. Knows nothing of how they are sent. */
import { formatTime } from "daybook/event";
import type { Letter } from "../mail/index.ts";
import type { Invitation, MemberRole } from "../store/people.ts";

interface InvitationWords extends Pick<Invitation, "email" | "role" | "invitedBy" | "expiresAt"> {
  /** Its name. */
  readonly organization: string;
  readonly link: string;
}

const roles: Readonly<Record<MemberRole, string>> = {
  OWNER: "an owner",
  DESIGNER: "a designer",
  CONSUMER: "a consumer",
  AUDITOR: "an auditor",
};

/** The letter that an invitation goes out by. */
export function invitationLetter(words: InvitationWords): Letter {
  const { email, role, invitedBy, expiresAt, organization, link } = words;
  const who = invitedBy.name === undefined ? "You are invited" : `${invitedBy.name} invites you`;
  const lines = [
    `${who} to join the organization ${organization} on Daybook as ${roles[role]}.`,
    `To accept, open this link before ${formatTime(expiresAt).slice(0, 16).replace("T", " ")} UTC:`,
    link,
    "The link is for you alone. If you did not expect it, you can ignore this message.",
  ];
  const paragraphs = lines
    .map(escaped)
    .map((line, i) => `<p>${i === 2 ? `<a href="${line}">${line}</a>` : line}</p>`);
  return {
    to: email,
    subject: `Invitation to ${organization}`,
    text: `${lines.join("\n\n")}\n`,
    html: `<!doctype html>\n<html lang="en"><body>\n${paragraphs.join("\n")}\n</body></html>\n`,
  };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
