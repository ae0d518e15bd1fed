/** Who belongs to an organization, and in which role; and who is invited to. */
import {
  type CallOptions,
  type ChangeOptions,
  change,
  plain,
  post,
  readOne,
  remove,
  type Tagged,
} from "./changes.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions } from "./pages.ts";
import { pathOf } from "./query.ts";

/** What a member may: docs/access.md has the table. */
export type MemberRole = "OWNER" | "AUDITOR" | "DESIGNER" | "CONSUMER";

/** The roles that a team can have. */
export type TeamRole = Exclude<MemberRole, "OWNER">;

/** A person with an account. */
export interface Person {
  /** `user_…` */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Member {
  readonly user: Person;
  readonly role: MemberRole;
  /** What their teams let them besides. */
  readonly teamRoles: readonly TeamRole[];
  /** RFC 3339, UTC, six decimals. */
  readonly joinedAt: string;
}

/** The members; each is named by the user's id. Machines are refused here (`not-allowed`). */
export interface Members {
  list(options?: ListOptions): AsyncIterable<Member>;
  /** Throws `member-not-found`. */
  get(user: string, options?: CallOptions): Promise<Tagged<Member>>;
  /** Throws `member-not-found`, `last-owner`, `changed-meanwhile`. */
  changeRole(user: string, role: MemberRole, options?: ChangeOptions): Promise<Tagged<Member>>;
  /** They leave all teams, and are signed out everywhere. Throws `member-not-found`, `last-owner`, `changed-meanwhile`. */
  remove(user: string, options?: ChangeOptions): Promise<void>;
}

const members = (...parts: string[]): string => pathOf("members", ...parts);

/** The members of the organization that the settings name. */
export const membersOf = (settings: Settings): Members => ({
  list: (options) => allOf(settings, { path: members(), name: "members" }, options),
  get: async (user, options) => readOne(settings, { path: members(user), ...options }),
  changeRole: async (user, role, options) =>
    change(settings, { path: members(user), body: { role }, ...options }),
  remove: async (user, options) => remove(settings, { path: members(user), ...options }),
});

/** An invitation that is open: it can be accepted for 7 days, by whoever has its link. */
export interface Invitation {
  /** `invitation_…` */
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Too old to be accepted. */
  readonly expired: boolean;
}

/**
 * An invitation that was just made. `link` is shown this once, so it is absent where the answer was lost on its way and asked for
 * again: withdraw it then, and send another. `emailed`: whether it went out by mail too; absent where no mail is sent.
 */
export type SentInvitation = Invitation & { readonly link?: string; readonly emailed?: boolean };

/** Machines are refused here (`not-allowed`). */
export interface Invitations {
  /** `email`: at most 320 bytes. Throws `invited-already`, `member-already`, `request-invalid`. */
  send(
    invitation: { readonly email: string; readonly role: MemberRole },
    options?: CallOptions,
  ): Promise<SentInvitation>;
  /** Those that are open, expired ones too. */
  list(options?: ListOptions): AsyncIterable<Invitation>;
  /** Its link works no more; twice does nothing. Throws `invitation-not-found`, `invitation-used`. */
  withdraw(id: string, options?: CallOptions): Promise<void>;
}

/** The invitations of the organization that the settings name. */
export const invitationsOf = (settings: Settings): Invitations => ({
  send: async (body, options) =>
    post(settings, { path: "/invitations", body, ...options }, plain<SentInvitation>),
  list: (options) => allOf(settings, { path: "/invitations", name: "invitations" }, options),
  withdraw: async (id, options) => remove(settings, { path: pathOf("invitations", id), ...options }),
});
