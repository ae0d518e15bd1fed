/**
 * Finds the account for a sign-in through the identity provider: first by the provider's subject; then by the verified address, which links
 * the account and removes all other ways to sign in to it; else it makes a new account, without an organization until an invitation.
 */
import { type Context, DaybookError, hideTokens } from "daybook/internal";
import { actorAndContext, type ChangeTransaction, type Initiator, inOneAct } from "../../log/index.ts";
import { StoreError } from "../../store/contract/errors.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { User } from "../../store/contract/users.ts";
import { takeCredentials } from "../accounts/reset.ts";
import { addUser } from "../base/add-user.ts";
import type { From, SignInDependencies } from "../base/dependencies.ts";
import type { Entered } from "../base/entered.ts";
import { newId } from "../base/ids.ts";
import {
  asThemselves,
  logsOf,
  type MemberOrganization,
  recordInAll,
  reserved,
  targetOf,
} from "../base/people.ts";
import { checkEmail, checkPersonName, isEmail } from "../passwords/rules.ts";
import { inWords } from "../second-factor/second-factor.ts";
import { announced } from "../sessions/browsers.ts";
import { beginSession, newSession, type SessionToOpen } from "../sessions/sessions.ts";
import type { Identity } from "./openid.ts";

const attempts = 3;

/** @throws DaybookError `openid-refused` */
export async function enterByOpenId(
  dependencies: SignInDependencies,
  identity: Identity,
  from: From = {},
): Promise<Entered> {
  if (!isSubject(identity.subject)) throw new DaybookError("openid-refused");
  for (let attempt = 1; ; attempt++) {
    try {
      return await enter(dependencies, identity, from);
    } catch (error) {
      // another request made this address or subject meanwhile: most likely the same person
      const isTaken = error instanceof StoreError && error.failure === "conflict";
      if (!isTaken || attempt === attempts) throw error;
    }
  }
}

/**
 * As in OpenID Connect: at most 255 ASCII characters. A token is not allowed, because events would hide it, and subjects must stay
 * distinguishable.
 */
const isSubject = (subject: string): boolean =>
  /^[\x20-\x7e]{1,255}$/.test(subject) && hideTokens(subject) === subject;

async function enter(
  dependencies: SignInDependencies,
  identity: Identity,
  { context, browser }: From,
): Promise<Entered> {
  const { store, log, clock } = dependencies;
  const { issuer, subject } = identity;
  const { authenticatedAt } = identity;
  const session = newSession(clock(), "OPENID", { userAgent: context?.userAgent, browser, authenticatedAt });
  const known = await store.user({ issuer, subject });
  if (known !== undefined) {
    const logs = await logsOf(store, known);
    const entered = await log.change(
      async (tx) => {
        const user = await tx.rows.userForUpdate({ userId: known.userId });
        if (user === undefined || !isThem(user, identity)) throw anothers();
        return beginSession(tx, { session, user, logs, initiator: asThemselves(user, context) });
      },
      spanning("account", logs),
    );
    return announced(dependencies, entered, context);
  }
  const email = verifiedAddress(identity);
  const ofAddress = await store.user({ email });
  if (ofAddress === undefined && dependencies.byPassword && !(await store.anyUser())) throw notSetUp();
  refuseAnothers(dependencies, ofAddress, context);
  const logs = ofAddress === undefined ? [reserved] : await logsOf(store, ofAddress);
  const { isAdded, hadFactor, ...entered } = await log.change(
    (tx) => linkOrAdd(tx, { identity, email, session, logs, context }),
    spanning("account", logs),
  );
  if (hadFactor) dependencies.letters.factorRemoved(entered.user, inWords);
  return isAdded ? entered : announced(dependencies, entered, context);
}

const isThem = ({ issuer, subject }: User, identity: Identity): boolean =>
  issuer === identity.issuer && subject === identity.subject;

function verifiedAddress({ email }: Identity): string {
  if (email !== undefined && isEmail(email)) return checkEmail(email);
  throw new DaybookError("openid-refused", {
    detail:
      "The identity provider sent no verified email address for you, so your account could not be found.",
    remedy: "Verify your address with the provider, then sign in again.",
  });
}

/** An account that is linked to another person at the provider is not taken over, whoever has its address now. */
function refuseAnothers(
  { refusing }: SignInDependencies,
  user: User | undefined,
  context: Context | undefined,
): void {
  if (user === undefined || user.subject === null) return;
  refusing.note({
    user,
    method: "OPENID",
    why: "The account is linked to another person at the provider",
    context,
  });
  throw anothers();
}

interface Linking {
  readonly identity: Identity;
  readonly email: string;
  readonly session: SessionToOpen;
  readonly logs: readonly MemberOrganization[];
  readonly context: Context | undefined;
}

/** `isAdded`: the account was just made. `hadFactor`: its previous holder had a second factor. */
interface Linked extends Entered {
  readonly isAdded: boolean;
  readonly hadFactor: boolean;
}

async function linkOrAdd(tx: ChangeTransaction, linking: Linking): Promise<Linked> {
  const { identity, email, session, logs, context } = linking;
  const { issuer, subject } = identity;
  const known = await tx.rows.userForUpdate({ email });
  if (known === undefined) {
    const account = { id: newId("user_"), email, name: nameOf(identity, email), password: null };
    const initiator = (user: User): Initiator => inOneAct(asThemselves(user, context), session.row.id);
    const added = { ...account, issuer, subject, isOperator: false };
    const user = await addUser(tx, { account: added, how: "OPENID", logs, initiator });
    return {
      ...(await beginSession(tx, { session, user, logs, initiator: initiator(user) })),
      isAdded: true,
      hadFactor: false,
    };
  }
  if (known.subject !== null && !isThem(known, identity)) throw anothers();
  await tx.rows.updateUser(known.userId, { issuer, subject });
  const initiator = inOneAct(asThemselves(known, context), session.row.id);
  const event = {
    type: "USER_CHANGED",
    ...actorAndContext(initiator),
    targets: [targetOf(known)],
    changes: [{ path: "/issuer", label: "Identity provider", from: known.issuer, to: issuer }],
    data: { userId: known.id, issuer, subject },
  };
  if (known.issuer !== issuer) await recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
  // an operator's password was chosen with a code that was handed over
  const isTaken = known.subject === null && !known.isOperator;
  const why = "Linked to the identity provider";
  const hadFactor = isTaken && (await takeCredentials(tx, { user: known, logs, initiator, why }));
  return {
    ...(await beginSession(tx, { session, user: known, logs, initiator })),
    isAdded: false,
    hadFactor,
  };
}

/** The name from the provider, if it is valid; else the part before the @. */
function nameOf({ name }: Identity, email: string): string {
  try {
    return checkPersonName(name ?? "");
  } catch {
    return email.split("@")[0] ?? email;
  }
}

const anothers = (): DaybookError =>
  new DaybookError("openid-refused", {
    detail: "The account of your email address is linked to another person at the identity provider.",
    remedy: "Ask an operator to reset the account, then sign in again.",
  });

const notSetUp = (): DaybookError =>
  new DaybookError("openid-refused", {
    detail:
      "Daybook is not set up yet. The first person signs up with the link in the file set-up-link of its data folder.",
    remedy: "Ask the person who installed Daybook to set it up.",
  });
