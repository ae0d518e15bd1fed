/** The members of an organization with their roles, and invitations. */
import type { Invitation, Member, MemberRole, NewInvitation, SentInvitation } from "../resources/index.ts";
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

/** Manages members, which are named by the user's id. Daybook refuses tokens of API clients (`not-allowed`). */
export interface Members {
  /** All members. */
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

/** Manages invitations. Daybook refuses tokens of API clients (`not-allowed`). */
export interface Invitations {
  /** `email`: at most 320 bytes. Throws `invited-already`, `member-already`, `request-invalid`. */
  send(invitation: NewInvitation, options?: CallOptions): Promise<SentInvitation>;
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
