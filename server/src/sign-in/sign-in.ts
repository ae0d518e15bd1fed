/**
 * The whole service: signing in, the caller's own account, operators, viewer sessions, and the authenticators of tokens. It stores tokens,
 * codes and passwords only as hashes.
 */
import { DaybookError } from "daybook/internal";
import type { Authenticator, CallingPerson } from "../access/index.ts";
import type { Denials } from "../denials/index.ts";
import type { EventLog, Initiator } from "../log/index.ts";
import type { Mail } from "../mail/index.ts";
import type { Accounts } from "../people/index.ts";
import type { Sealer } from "../secrets/index.ts";
import type { ListPage } from "../store/contract/lists.ts";
import type { PersonalToken } from "../store/contract/personal-tokens.ts";
import type { Session } from "../store/contract/sessions.ts";
import type { UserName } from "../store/contract/users.ts";
import type { ViewerSession } from "../store/contract/viewer-sessions.ts";
import { LastUsed } from "../tokens/index.ts";
import * as account from "./accounts/account.ts";
import { invitedAccounts } from "./accounts/invited.ts";
import * as operators from "./accounts/operators.ts";
import { type ResetUser, resetUser } from "./accounts/reset.ts";
import { type FirstPerson, offerSetUp, setUp } from "./accounts/set-up.ts";
import type { From, Idle, OwnChange, SignInDependencies } from "./base/dependencies.ts";
import type { Entered } from "./base/entered.ts";
import { openLastSeen } from "./base/last-seen.ts";
import { openLetters } from "./base/letters.ts";
import { openRefusing } from "./base/refused.ts";
import type { SignInStore } from "./base/sign-in-store.ts";
import { enterByOpenId } from "./by-openid/by-openid.ts";
import { type Flow, type Leaving, type OpenIdOptions, openProvider } from "./by-openid/openid.ts";
import * as byPassword from "./by-password/by-password.ts";
import type { IssuedCode } from "./by-password/codes.ts";
import { reauthenticate, type ShownCredential } from "./by-password/reauthenticate.ts";
import { openTries } from "./limits/tries.ts";
import { openPasswords } from "./passwords/passwords.ts";
import { personalTokenAuthenticator } from "./personal-tokens/personal-token-authenticator.ts";
import * as tokens from "./personal-tokens/personal-tokens.ts";
import { personalTokenPrefix } from "./personal-tokens/personal-tokens.ts";
import { type Factors, openFactors } from "./second-factor/factors.ts";
import { finishHalf, type HalfEntered, isHalfSession } from "./sessions/half-sessions.ts";
import { sessionAuthenticator, sessionPrefix } from "./sessions/sessions.ts";
import { viewerAuthenticator, viewerPrefix } from "./viewers/viewer-authenticator.ts";
import { endViewerSession, listViewerSessions, type ViewerListRequest } from "./viewers/viewer-list.ts";
import { type OpenedViewerSession, type OpenViewerSession, openViewerSession } from "./viewers/viewers.ts";

/** The service. All times are microseconds since 1970 UTC; `from` is the origin of a request, with its browser. */
export interface SignIn {
  /** By the prefix of their tokens. */
  readonly authenticators: Readonly<Record<string, Authenticator>>;
  /** Makes accounts for invited people. */
  readonly accounts: Accounts;
  /** The ways to sign in. */
  readonly ways: { readonly passwords: boolean; readonly openid: boolean };
  /** Whether there is no account yet, so that the first person can use a code. */
  needsSetUp(): Promise<boolean>;
  /** A code for the first account; undefined if an account exists, or people have no passwords. */
  offerSetUp(): Promise<IssuedCode | undefined>;
  /** Throws `set-up-done`, `code-refused`, `request-invalid`, `not-allowed`, `overloaded`. */
  setUp(wanted: FirstPerson, from?: From): Promise<Entered>;
  /** Half, if there is a second factor. Throws `sign-in-refused`, `too-many-requests`, `not-allowed`, `overloaded`. */
  signIn(wanted: { email: string; password: string }, from?: From): Promise<Entered | HalfEntered>;
  /** The other half. Throws `sign-in-expired`, `second-factor-refused`, `too-many-requests`, `secret-unreadable`. */
  finishSignIn(shown: { token: string | undefined; code: string }, from?: From): Promise<Entered>;
  /** Whether the token belongs to a half-session that still works. */
  isHalfSession(token: string | undefined): Promise<boolean>;
  /** Second factors: the caller's own, and those of others. */
  readonly factors: Factors;
  /**
   * With a one-time code for an account; half, if there is a second factor. Throws `code-refused`, `request-invalid`, `not-allowed`,
   * `overloaded`.
   */
  choosePassword(wanted: { code: string; password: string }, from?: From): Promise<Entered | HalfEntered>;
  /** All other sessions end. Throws `request-invalid`, `too-many-requests`, `not-allowed`, `overloaded`. */
  changePassword(request: byPassword.ChangingPassword): Promise<void>;
  /**
   * Where a browser goes to sign in through the identity provider; `again`: even if it is signed in there. Throws `not-allowed` if there is
   * no provider, `openid-unavailable`.
   */
  beginOpenId(again?: true): Promise<{ readonly url: string; readonly flow: Flow }>;
  /**
   * Completes a sign-in there: `query` from the provider, `flow` from the browser's cookie. Throws `openid-refused`, `openid-unavailable`,
   * `not-allowed`.
   */
  finishOpenId(back: { query: string; flow: Flow | undefined }, from?: From): Promise<Entered>;
  /** Where a browser goes to sign out at the identity provider, to come back with that state, or a new one; undefined if it can't. */
  endOpenId(state?: string): Promise<Leaving | undefined>;
  account(caller: CallingPerson): Promise<account.UserAccount>;
  /** Confirms one's identity. Throws `request-invalid` at /password, `too-many-requests`, `not-allowed`, `overloaded`. */
  reauthenticate(request: OwnChange & ShownCredential): Promise<void>;
  /** Setting the same name has no effect, and records no event. Throws `request-invalid`. */
  renameUser(request: OwnChange & { name: string }): Promise<void>;
  /** The open sessions, newest first. */
  sessionsOf(caller: CallingPerson): Promise<Session[]>;
  /** Throws `session-not-found`. */
  endSession(request: OwnChange & { id: string }): Promise<void>;
  signOut(request: OwnChange): Promise<void>;
  /** Personal tokens: listing, making and ending them. */
  readonly tokens: PersonalTokens;
  /** Personal tokens end too. Returns the number of sessions. */
  signOutEverywhere(request: OwnChange): Promise<number>;
  /** All accounts, by id, without their passwords. */
  users(page: ListPage): Promise<account.ListedUser[]>;
  /** By id. */
  operators(page: ListPage): Promise<UserName[]>;
  /** By the public id; undefined if there is no such operator. */
  operator(id: string): Promise<UserName | undefined>;
  /** Operators, with how they sign in and whether they have a second factor. */
  operatorAccounts(page: ListPage): Promise<operators.OperatorAccount[]>;
  /** The names of people who are or were operators, by id. */
  operatorNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The person with that address, or a new account, with a code if they can't sign in yet. Throws `request-invalid`. */
  addOperator(request: operators.AddOperator): Promise<operators.AddedOperator>;
  /** Throws `user-not-found`; `not-allowed` for the last one; `request-invalid` for the reason. */
  removeOperator(request: operators.RemoveOperator): Promise<void>;
  /** Throws `request-invalid`, `not-allowed` for a role beyond the caller's own permissions, `organization-closed`. */
  openViewerSession(request: OpenViewerSession): Promise<OpenedViewerSession>;
  /** Those that work, newest first; `after` is the key of one. An API client sees its own. Throws `cursor-invalid`. */
  viewerSessions(request: ViewerListRequest & ListPage): Promise<ViewerSession[]>;
  /** An API client ends its own. Throws `viewer-session-not-found`. */
  endViewerSession(
    request: ViewerListRequest & { readonly id: string; readonly initiator: Initiator },
  ): Promise<void>;
  /** Removes the password and ends the sessions, and issues a code. Throws `user-not-found`. */
  resetUser(request: { email: string; initiator: Initiator }): Promise<ResetUser>;
  /** The number of sign-ins that this process refused, for existing accounts and others together. */
  refusedSignIns(): number;
  /** Resolves when no background work is in progress. */
  close(): Promise<void>;
}

/** The caller's own personal tokens. */
interface PersonalTokens {
  /** Newest first. */
  list(caller: CallingPerson): Promise<tokens.OwnToken[]>;
  /** Throws `request-invalid`; `not-allowed` beyond the maximum. */
  add(request: OwnChange & tokens.WantedToken): Promise<tokens.AddedToken>;
  /** Throws `personal-token-not-found`. */
  remove(request: OwnChange & { id: string }): Promise<void>;
  /** Stores now which were used; runs every few seconds. Never rejects. */
  noteUsed(): Promise<void>;
}

/** The dependencies of this service. */
export interface SignInOptions {
  readonly store: SignInStore;
  readonly log: Pick<EventLog, "change">;
  readonly denials: Pick<Denials, "note">;
  /** Encrypts secrets that must be read back. */
  readonly sealer: Sealer;
  /** For how many minutes a confirmation of identity is valid; default 15. */
  readonly freshMinutes?: number | undefined;
  /** The name of this service in authenticator apps; default Daybook. */
  readonly issuer?: string | undefined;
  /** Whether people can sign in with a password; default: yes. */
  readonly passwords?: boolean;
  /** If undefined, there is no identity provider. */
  readonly openid?: OpenIdOptions | undefined;
  /** If undefined, no mails are sent. */
  readonly mail?: Pick<Mail, "post"> | undefined;
  /** The public address, without a slash at its end; default: that of a server with default settings. */
  readonly publicUrl?: (() => string) | undefined;
  /** Whether attempts are limited; default: yes. */
  readonly limits?: boolean;
  /** When a session without activity ends, in microseconds; default `usualIdle`. */
  readonly idle?: Idle | undefined;
  /** Called with failures of background work. */
  readonly failed?: (error: unknown) => void;
  /** Called when the first account was set up. */
  readonly wasSetUp?: (() => void) | undefined;
  /** Default: the process's clock. */
  readonly clock?: () => bigint;
  /** scrypt's N is 2 to the power of it; default 17. Lower ones are for tests. */
  readonly scryptLn?: number | undefined;
}

const processClock = (): bigint => BigInt(Date.now()) * 1000n;
const monotonicClock = (): bigint => BigInt(Math.round(performance.now() * 1_000));

const day = 86_400_000_000n;
/** A day, and half an hour for those who see every organization (OWASP ASVS 4.0.3, 3.3.2). */
const usualIdle: Idle = { members: day, operators: day / 48n };

/** Opens the service. */
export function openSignIn(options: SignInOptions): SignIn {
  const { store, log, denials, sealer, issuer = "Daybook", freshMinutes = 15 } = options;
  const { clock = processClock, scryptLn, passwords = true, limits = true } = options;
  const { mail, publicUrl: address = () => "http://127.0.0.1:4400" } = options;
  const refusing = openRefusing({ store, denials });
  const lastSeen = openLastSeen({ store, clock, failed: options.failed ?? (() => {}) });
  const dependencies: SignInDependencies = {
    store,
    log,
    clock,
    passwords: openPasswords(scryptLn === undefined ? {} : { ln: scryptLn }),
    byPassword: passwords,
    sealer,
    issuer,
    freshFor: BigInt(freshMinutes) * 60_000_000n,
    // a wall clock that jumped would lock people out, or let attempts in
    tries: openTries({ clock: options.clock ?? monotonicClock, on: limits }),
    refusing,
    letters: openLetters({ mail, address, clock }),
    idle: options.idle ?? usualIdle,
    lastSeen,
    tokensUsed: new LastUsed<PersonalToken>({
      clock,
      failed: options.failed ?? (() => {}),
      write: (used, day) => store.notePersonalTokensUsed(used, day),
    }),
  };
  return {
    authenticators: {
      [sessionPrefix]: sessionAuthenticator(dependencies),
      [viewerPrefix]: viewerAuthenticator(dependencies),
      [personalTokenPrefix]: personalTokenAuthenticator(dependencies),
    },
    accounts: invitedAccounts(dependencies),
    ways: { passwords, openid: options.openid !== undefined },
    needsSetUp: async () => passwords && !(await store.anyUser()),
    offerSetUp: () => offerSetUp(dependencies),
    ...ofPasswords(dependencies, options),
    finishSignIn: (shown, context) => finishHalf(dependencies, shown, context),
    isHalfSession: (token) => isHalfSession(dependencies, token),
    factors: openFactors(dependencies),
    reauthenticate: (request) => reauthenticate(dependencies, request),
    ...ofOpenId(dependencies, options.openid),
    account: (caller) => account.readAccount(dependencies, caller),
    renameUser: (request) => account.renameUser(dependencies, request),
    sessionsOf: (caller) => account.sessionsOf(dependencies, caller),
    endSession: (request) => account.endSession(dependencies, request),
    tokens: {
      list: (caller) => tokens.listTokens(dependencies, caller),
      add: (request) => tokens.addToken(dependencies, request),
      remove: (request) => tokens.removeToken(dependencies, request),
      noteUsed: () => dependencies.tokensUsed.flush(),
    },
    signOut: (request) => account.signOut(dependencies, request),
    signOutEverywhere: (request) => account.signOutEverywhere(dependencies, request),
    users: (page) => account.listUsers(dependencies, page),
    operators: (page) => operators.listOperators(dependencies, page),
    operator: (id) => operators.operatorById(dependencies, id),
    operatorAccounts: (page) => operators.operatorAccounts(dependencies, page),
    operatorNames: (ids) => operators.operatorNames(dependencies, ids),
    addOperator: (request) => operators.addOperator(dependencies, request),
    removeOperator: (request) => operators.removeOperator(dependencies, request),
    openViewerSession: (request) => openViewerSession(dependencies, request),
    viewerSessions: (request) => listViewerSessions(dependencies, request),
    endViewerSession: (request) => endViewerSession(dependencies, request),
    resetUser: (request) => resetUser(dependencies, request),
    refusedSignIns: () => refusing.count(),
    close: async () => {
      await refusing.settled();
      await lastSeen.close();
      await dependencies.tokensUsed.close();
    },
  };
}

/** The functions that exist only if people have passwords. */
function ofPasswords(
  dependencies: SignInDependencies,
  { wasSetUp }: Pick<SignInOptions, "wasSetUp">,
): Pick<SignIn, "setUp" | "signIn" | "choosePassword" | "changePassword"> {
  const demandPasswords = (): void => {
    if (dependencies.byPassword) return;
    const detail = "Passwords are turned off: everyone signs in with the identity provider.";
    throw new DaybookError("not-allowed", { detail, remedy: "Sign in with the identity provider." });
  };
  return {
    setUp: async (wanted, from) => {
      demandPasswords();
      const entered = await setUp(dependencies, wanted, from);
      wasSetUp?.();
      return entered;
    },
    signIn: async (wanted, from) => {
      demandPasswords();
      return byPassword.signIn(dependencies, wanted, from);
    },
    choosePassword: async (wanted, from) => {
      demandPasswords();
      return byPassword.choosePassword(dependencies, wanted, from);
    },
    changePassword: async (request) => {
      demandPasswords();
      return byPassword.changePassword(dependencies, request);
    },
  };
}

/** The functions that exist only if there is an identity provider. */
function ofOpenId(
  dependencies: SignInDependencies,
  openid: OpenIdOptions | undefined,
): Pick<SignIn, "beginOpenId" | "finishOpenId" | "endOpenId"> {
  const provider = openid && openProvider(openid);
  const noProvider = (): DaybookError =>
    new DaybookError("not-allowed", {
      detail: "No identity provider is configured.",
      remedy: "Sign in with a password.",
    });
  return {
    endOpenId: async (state) => provider?.end(state),
    beginOpenId: async (again) => {
      if (provider === undefined) throw noProvider();
      return provider.begin(again);
    },
    finishOpenId: async ({ query, flow }, from) => {
      if (provider === undefined) throw noProvider();
      return enterByOpenId(dependencies, await provider.finish(query, flow), from);
    },
  };
}
