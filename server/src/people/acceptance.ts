/**
 * Reading and accepting an invitation with its link, either signed in as the invited person, or with a new account. Membership, account,
 * session and events are one transaction.
 */
import { DaybookError, type MemberRole } from "daybook/internal";
import { byServer, type ChangeTransaction, type Initiator, inOneAct } from "../log/index.ts";
import { isLive } from "../secrets/index.ts";
import type { Invitation } from "../store/contract/invitations.ts";
import { addressKey } from "../store/contract/name-key.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { spanning } from "../store/contract/placement.ts";
import type { UserName } from "../store/contract/users.ts";
import type { Accounts, NewAccount, OpenAccount, OpenedAccount } from "./accounts.ts";
import {
  invitationData,
  openForChange,
  type PeopleDependencies,
  recordChange,
  unlessTaken,
  userData,
  userTarget,
} from "./dependencies.ts";
import { hashOf, isInvitationToken, newId } from "./ids.ts";
import { invitationLifetime } from "./invitations.ts";
import { refuseUnlessInviterMay } from "./inviter.ts";

/** The content of an invitation for the holder of its link. */
interface ReadInvitation extends Pick<Invitation, "email" | "role" | "expiresAt"> {
  readonly organization: Pick<Organization, "id" | "slug" | "name">;
  /** Whether the address has an account: then they sign in, else they choose a name and a password. */
  readonly hasAccount: boolean;
}

/** A new member. */
interface Accepted {
  readonly organization: Organization;
  readonly role: MemberRole;
  readonly user: UserName;
  /** For a person who had no account before. */
  readonly session?: Pick<OpenedAccount, "token" | "expiresAt" | "browser">;
}

/** The person who accepts: signed in, or without an account. */
export type Accepting =
  | { readonly user: UserName; readonly initiator: Initiator }
  | ({ readonly name: unknown; readonly password: unknown } & Pick<NewAccount, "context" | "browser">);

export interface Acceptance {
  /** Throws `invitation-not-found`, `invitation-used`, `invitation-expired`. */
  readInvitation(token: unknown): Promise<ReadInvitation>;
  /**
   * Throws as above, `not-allowed` if it is for another address, `sign-in-first` if the address has an account and nobody is signed in,
   * `member-already`, `organization-closed`, and what making an account throws.
   */
  acceptInvitation(token: unknown, who: Accepting): Promise<Accepted>;
}

/** Opens this part of the service. */
export function openAcceptance(dependencies: PeopleDependencies, accounts: Accounts): Acceptance {
  const { store, log, clock } = dependencies;
  const find = async (token: unknown): Promise<FoundInvitation> => {
    const found = isInvitationToken(token) ? await store.invitationByToken(hashOf(token)) : undefined;
    if (found === undefined) throw new DaybookError("invitation-not-found");
    refuseUnusable(found, clock());
    await refuseUnlessInviterMay(dependencies, found);
    return found;
  };
  return {
    readInvitation: async (token) => {
      const { email, role, expiresAt, organization } = await find(token);
      const { id, slug, name } = organization;
      const hasAccount = (await store.user({ email })) !== undefined;
      return { email, role, expiresAt, organization: { id, slug, name }, hasAccount };
    },
    acceptInvitation: async (token, who) => {
      const found = await find(token);
      // checked again under the lock, but hashing a password takes some time
      if (found.organization.closedAt !== null) throw new DaybookError("organization-closed");
      const joining =
        "user" in who ? asSignedIn(found, who) : await asNew(dependencies, found, { ...who, accounts });
      return unlessTaken(
        log.change(
          (tx) => accept(dependencies, tx, { invitation: found, joining, now: clock() }),
          spanning("membership", [found]),
        ),
        { constraint: "user_account_email_key", error: new DaybookError("sign-in-first") },
      );
    },
  };
}

type FoundInvitation = Invitation & { readonly organization: Organization };

function refuseUnusable({ state, expiresAt }: Invitation, now: bigint): void {
  if (state !== "open") throw new DaybookError("invitation-used");
  if (!isLive(expiresAt, invitationLifetime, now)) throw new DaybookError("invitation-expired");
}

/** Makes sure, in the transaction, that the person exists. */
type Joining = (tx: ChangeTransaction, organization: Organization) => Promise<Joined>;
interface Joined extends Pick<Accepted, "user" | "session"> {
  readonly initiator: Initiator;
}

function asSignedIn(
  { email }: Invitation,
  { user, initiator }: { user: UserName; initiator: Initiator },
): Joining {
  if (addressKey(user.email) !== addressKey(email)) {
    throw new DaybookError("not-allowed", {
      detail: "This invitation is for a different email address than your account's.",
      remedy: "Sign in with the invited address, or ask for an invitation to your address.",
    });
  }
  return async () => ({ user, initiator });
}

interface AsNew
  extends Pick<Extract<Accepting, { password: unknown }>, "name" | "password" | "context" | "browser"> {
  readonly accounts: Accounts;
}

async function asNew({ store }: PeopleDependencies, { email }: Invitation, wanted: AsNew): Promise<Joining> {
  if ((await store.user({ email })) !== undefined) throw new DaybookError("sign-in-first");
  const { name, password, browser, accounts } = wanted;
  // its events belong to the same act
  const { context } = inOneAct(
    { actor: { type: "anonymous" }, recordedBy: byServer, context: wanted.context },
    newId("act"),
  );
  const open: OpenAccount = await accounts.prepare({
    email,
    name,
    password,
    context: context ?? {},
    browser,
  });
  return async (tx, organization) => {
    const { user, token, expiresAt, browser: shown } = await open(tx, organization);
    const actor = { type: "user", id: user.id, name: user.name, email: user.email } as const;
    const initiator = { actor, recordedBy: byServer, ...(context && { context }) };
    return { user, session: { token, expiresAt, browser: shown }, initiator };
  };
}

interface AcceptingInvitation {
  readonly invitation: Invitation;
  readonly joining: Joining;
  readonly now: bigint;
}

async function accept(
  dependencies: PeopleDependencies,
  tx: ChangeTransaction,
  { invitation, joining, now }: AcceptingInvitation,
): Promise<Accepted> {
  const { organizationId, id, role } = invitation;
  const organization = await openForChange(tx.rows, { organizationId });
  const locked = await tx.rows.invitationForUpdate(organizationId, id);
  if (locked === undefined) throw new DaybookError("invitation-not-found");
  refuseUnusable(locked, now);
  await refuseUnlessInviterMay(dependencies, locked, tx);
  const { user, session, initiator } = await joining(tx, organization);
  if (await tx.rows.memberForUpdate(organizationId, user.id)) throw new DaybookError("member-already");
  await tx.rows.insertMember({ organizationId, userId: user.userId, role });
  await tx.rows.closeInvitation(organizationId, id, "accepted");
  const data = { ...userData(user), role, ...invitationData(locked) };
  await recordChange(tx, organization, {
    initiator,
    type: "ACCEPT_ORG_MEMBER_INVITE",
    targets: [userTarget(user)],
    data,
  });
  return { organization, role, user, ...(session && { session }) };
}
