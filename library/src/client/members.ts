/** The members of an organization with their roles, and invitations. */
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

/** The role of a member; docs/access.md lists what each may do. */
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
  /** The roles of their teams, which they have in addition. */
  readonly teamRoles: readonly TeamRole[];
  /** RFC 3339, UTC, six decimals. */
  readonly joinedAt: string;
}

/** Manages members, which are named by the user's id. Daybook refuses tokens of API clients (`not-allowed`). */
export interface Members {
  list(options?: ListOptions): AsyncIterable<Member>;
  /** Throws `member-not-found`. */
  get(user: string, options?: CallOptions): Promise<Tagged<Member>>;
  /** Throws `member-not-found`, `last-owner`, `changed-meanwhile`. */
  changeRole(user: string, role: MemberRole, options?: ChangeOptions): Promise<Tagged<Member>>;
  /** Removes a member, who leaves all teams and is signed out everywhere. Throws `member-not-found`, `last-owner`, `changed-meanwhile`. */
  remove(user: string, options?: ChangeOptions): Promise<void>;
}

const members = (...parts: string[]): string => pathOf("members", ...parts);

/** The members of the client's organization. */
export const membersOf = (settings: Settings): Members => ({
  list: (options) => allOf(settings, { path: members(), name: "members" }, options),
  get: async (user, options) => readOne(settings, { path: members(user), ...options }),
  changeRole: async (user, role, options) =>
    change(settings, { path: members(user), body: { role }, ...options }),
  remove: async (user, options) => remove(settings, { path: members(user), ...options }),
});

/** An open invitation. For 7 days, the person who has its link can accept it. */
export interface Invitation {
  /** `invitation_…` */
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly invitedBy: { readonly type: string; readonly id: string; readonly name?: string };
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Whether it is too old to be accepted. */
  readonly expired: boolean;
}

/**
 * A new invitation. `link` is returned once; it is absent if a retry got the response, because the first response was lost: withdraw the
 * invitation then, and make another. `emailed`: whether it also went out by mail; absent if Daybook has no mail server.
 */
export type SentInvitation = Invitation & { readonly link?: string; readonly emailed?: boolean };

/** Manages invitations. Daybook refuses tokens of API clients (`not-allowed`). */
export interface Invitations {
  /** `email`: at most 320 bytes. Throws `invited-already`, `member-already`, `request-invalid`. */
  send(
    invitation: { readonly email: string; readonly role: MemberRole },
    options?: CallOptions,
  ): Promise<SentInvitation>;
  /** The open invitations, including expired ones. */
  list(options?: ListOptions): AsyncIterable<Invitation>;
  /** Makes its link stop working; repeating it has no effect. Throws `invitation-not-found`, `invitation-used`. */
  withdraw(id: string, options?: CallOptions): Promise<void>;
}

/** The invitations of the client's organization. */
export const invitationsOf = (settings: Settings): Invitations => ({
  send: async (body, options) =>
    post(settings, { path: "/invitations", body, ...options }, plain<SentInvitation>),
  list: (options) => allOf(settings, { path: "/invitations", name: "invitations" }, options),
  withdraw: async (id, options) => remove(settings, { path: pathOf("invitations", id), ...options }),
});
