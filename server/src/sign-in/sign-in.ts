/**
 * The room put together: who signs in and how, one's account, operators, viewer sessions, and the authenticators that say who holds a
 * token. It refuses to know HTTP, and keeps neither tokens nor codes nor passwords, but their hashes.
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
import * as account from "./account.ts";
import { enterByOpenId } from "./by-openid.ts";
import * as byPassword from "./by-password.ts";
import type { IssuedCode } from "./codes.ts";
import type { From, Idle, OwnChange, SignInDependencies } from "./dependencies.ts";
import type { Entered } from "./entered.ts";
import { type Factors, openFactors } from "./factors.ts";
import { finishHalf, type HalfEntered, isHalfSession } from "./half-sessions.ts";
import { invitedAccounts } from "./invited.ts";
import { openLastSeen } from "./last-seen.ts";
import { openLetters } from "./letters.ts";
import { type Flow, type Leaving, type OpenIdOptions, openProvider } from "./openid.ts";
import * as operators from "./operators.ts";
import { openPasswords } from "./passwords.ts";
import { personalTokenAuthenticator } from "./personal-token-authenticator.ts";
import * as tokens from "./personal-tokens.ts";
import { personalTokenPrefix } from "./personal-tokens.ts";
import { reauthenticate, type ShownCredential } from "./reauthenticate.ts";
import { openRefusing } from "./refused.ts";
import { type ResetUser, resetUser } from "./reset.ts";
import { sessionAuthenticator, sessionPrefix } from "./sessions.ts";
import { type FirstPerson, offerSetUp, setUp } from "./set-up.ts";
import type { SignInStore } from "./sign-in-store.ts";
import { openTries } from "./tries.ts";
import { viewerAuthenticator, viewerPrefix } from "./viewer-authenticator.ts";
import { endViewerSession, listViewerSessions, type ViewerListRequest } from "./viewer-list.ts";
import { type OpenedViewerSession, type OpenViewerSession, openViewerSession } from "./viewers.ts";

/** The room. All times are microseconds since 1970 UTC; `from` is where a request comes from, and from which browser. */
export interface SignIn {
  /** By the prefix of the tokens they know. */
  readonly authenticators: Readonly<Record<string, Authenticator>>;
  /** Makes accounts for those who are invited. */
  readonly accounts: Accounts;
  /** How people sign in here. */
  readonly ways: { readonly passwords: boolean; readonly openid: boolean };
  /** Whether there is nobody yet, so that the first person may come by a code. */
  needsSetUp(): Promise<boolean>;
  /** A code for the first person of all; undefined once there is one, or where nobody has a password. */
  offerSetUp(): Promise<IssuedCode | undefined>;
  /** Throws `set-up-done`, `code-refused`, `request-invalid`, `not-allowed`, `overloaded`. */
  setUp(wanted: FirstPerson, from?: From): Promise<Entered>;
  /** Half, for who has a second factor. Throws `sign-in-refused`, `too-many-requests`, `not-allowed`, `overloaded`. */
  signIn(wanted: { email: string; password: string }, from?: From): Promise<Entered | HalfEntered>;
  /** The other half. Throws `sign-in-expired`, `second-factor-refused`, `too-many-requests`, `secret-unreadable`. */
  finishSignIn(shown: { token: string | undefined; code: string }, from?: From): Promise<Entered>;
  /** Whether the token is one of a half-session that still works. */
  isHalfSession(token: string | undefined): Promise<boolean>;
  /** Second factors: one's own, and those of others. */
  readonly factors: Factors;
  /** By a one-time code for an account; half, for who has a second factor. Throws `code-refused`, `request-invalid`, `not-allowed`, `overloaded`. */
  choosePassword(wanted: { code: string; password: string }, from?: From): Promise<Entered | HalfEntered>;
  /** All other sessions end. Throws `request-invalid`, `too-many-requests`, `not-allowed`, `overloaded`. */
  changePassword(request: byPassword.ChangingPassword): Promise<void>;
  /** Where a browser goes to sign in by the identity provider; `again`: even if it is signed in there. Throws `not-allowed` if there is none, `openid-unavailable`. */
  beginOpenId(again?: true): Promise<{ readonly url: string; readonly flow: Flow }>;
  /**
   * Who comes back from there: `query` as the provider sent it, `flow` as the browser's cookie had it.
   * Throws `openid-refused`, `openid-unavailable`, `not-allowed`.
   */
  finishOpenId(back: { query: string; flow: Flow | undefined }, from?: From): Promise<Entered>;
  /** Where a browser goes to sign out at the identity provider, to come back with that state, or a new one; undefined where it can't. */
  endOpenId(state?: string): Promise<Leaving | undefined>;
  account(caller: CallingPerson): Promise<account.UserAccount>;
  /** Shows once more who one is. Throws `request-invalid` at /password, `too-many-requests`, `not-allowed`, `overloaded`. */
  reauthenticate(request: OwnChange & ShownCredential): Promise<void>;
  /** Setting the same name changes and records nothing. Throws `request-invalid`. */
  renameUser(request: OwnChange & { name: string }): Promise<void>;
  /** One's open sessions, the newest first. */
  sessionsOf(caller: CallingPerson): Promise<Session[]>;
  /** Throws `session-not-found`. */
  endSession(request: OwnChange & { id: string }): Promise<void>;
  signOut(request: OwnChange): Promise<void>;
  /** One's personal tokens: those that work, made and ended. */
  readonly tokens: PersonalTokens;
  /** Personal tokens end too. How many sessions there were. */
  signOutEverywhere(request: OwnChange): Promise<number>;
  /** All accounts, by id; without their passwords. */
  users(page: ListPage): Promise<account.ListedUser[]>;
  /** By id. */
  operators(page: ListPage): Promise<UserName[]>;
  /** What people are called who are operators, or were, by id. */
  operatorNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The one who has that address, else a new account, with a code where they can't sign in yet. Throws `request-invalid`. */
  addOperator(request: operators.AddOperator): Promise<operators.AddedOperator>;
  /** Throws `user-not-found`; `not-allowed` for the last one. */
  removeOperator(request: { id: string; by: Initiator }): Promise<void>;
  /** Throws `request-invalid`, `not-allowed` for a role above the caller's own rights, `organization-closed`. */
  openViewerSession(request: OpenViewerSession): Promise<OpenedViewerSession>;
  /** Those that work, the newest first; `after` is the key of one. An API client sees its own. Throws `cursor-invalid`. */
  viewerSessions(request: ViewerListRequest & ListPage): Promise<ViewerSession[]>;
  /** An API client ends its own. Throws `viewer-session-not-found`. */
  endViewerSession(
    request: ViewerListRequest & { readonly id: string; readonly by: Initiator },
  ): Promise<void>;
  /** Takes password and sessions away, and issues a code. Throws `user-not-found`. */
  resetUser(request: { email: string; by: Initiator }): Promise<ResetUser>;
  /** How many sign-ins this process refused, at accounts that exist and at none: which of them is not told apart. */
  refusedSignIns(): number;
  /** Resolves once nothing that was begun after an answer is under way. */
  close(): Promise<void>;
}

/** One's own personal tokens. */
interface PersonalTokens {
  /** The newest first. */
  list(caller: CallingPerson): Promise<tokens.OwnToken[]>;
  /** Throws `request-invalid`; `not-allowed` for one too many. */
  add(request: OwnChange & tokens.WantedToken): Promise<tokens.AddedToken>;
  /** Throws `personal-token-not-found`. */
  remove(request: OwnChange & { id: string }): Promise<void>;
  /** Writes now which were used; runs by itself every few seconds. Never rejects. */
  noteUsed(): Promise<void>;
}

/** What the room stands on. */
export interface SignInOptions {
  readonly store: SignInStore;
  readonly log: Pick<EventLog, "change">;
  readonly denials: Pick<Denials, "note">;
  /** Encrypts what must be read back. */
  readonly sealer: Sealer;
  /** For how many minutes who showed who they are need not do so again; 15 if absent. */
  readonly freshMinutes?: number | undefined;
  /** What authenticator apps call this service; Daybook if absent. */
  readonly issuer?: string | undefined;
  /** Whether people may sign in with a password; absent: they may. */
  readonly passwords?: boolean;
  /** Undefined: nobody signs in by an identity provider. */
  readonly openid?: OpenIdOptions | undefined;
  /** Undefined: no letters are sent. */
  readonly mail?: Pick<Mail, "post"> | undefined;
  /** The address that people reach Daybook by, without a slash at its end; that of a server by default if absent. */
  readonly publicUrl?: (() => string) | undefined;
  /** Whether tries are limited; absent: they are. */
  readonly limits?: boolean;
  /** When a session ends that nothing is done in, in microseconds; `usualIdle` if absent. */
  readonly idle?: Idle | undefined;
  /** Is told of what failed that nobody waits for. */
  readonly failed?: (error: unknown) => void;
  /** Is told once the first person has set up. */
  readonly wasSetUp?: (() => void) | undefined;
  /** The process's clock if absent. */
  readonly clock?: () => bigint;
  /** scrypt's N is 2 to the power of it; 17 if absent. Lower ones are for tests. */
  readonly scryptLn?: number | undefined;
}

const processClock = (): bigint => BigInt(Date.now()) * 1000n;

const day = 86_400_000_000n;
/** A day away from it, and half an hour for those who see every organization (OWASP ASVS 4.0.3, 3.3.2). */
const usualIdle: Idle = { members: day, operators: day / 48n };

/** Opens the room. */
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
    tries: openTries({ clock, on: limits }),
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

/** What there is only where people have passwords. */
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

/** What there is only where there is an identity provider. */
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
