/**
 * Offers a second factor: a new secret, which is not stored. It is encrypted in the form, bound to the session, and comes back with the
 * first code.
 */
import { DaybookError, refuse } from "daybook/internal";
import type { SignedIn } from "../../access/index.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { newTotpSecret, totpUri } from "./totp.ts";

/** A secret for an app. `offer` has it encrypted, for this session and some minutes. */
export interface OfferedFactor {
  readonly secret: string;
  /** `otpauth://totp/…` */
  readonly uri: string;
  readonly offer: string;
}

/** Microseconds. */
const offerLasts = 30n * 60_000_000n;

/**  @throws DaybookError `second-factor-already`; `not-allowed` for accounts without a password; `secret-unreadable` */
export async function offerFactor(
  dependencies: SignInDependencies,
  caller: SignedIn,
): Promise<OfferedFactor> {
  await demandOffer(dependencies, caller);
  return offered(dependencies, caller, { secret: newTotpSecret(), until: dependencies.clock() + offerLasts });
}

/** The offer for a form that is shown again after a wrong code. @throws as `offerFactor`, and `request-invalid` at /offer */
export async function offerAgain(
  dependencies: SignInDependencies,
  caller: SignedIn,
  offer: string,
): Promise<OfferedFactor> {
  await demandOffer(dependencies, caller);
  return offered(dependencies, caller, openedOffer(dependencies, caller, offer));
}

export async function demandOffer({ store }: SignInDependencies, { user }: SignedIn): Promise<void> {
  const [found, factor] = await Promise.all([store.user(user), store.secondFactor(user.userId)]);
  if (found?.password == null)
    throw new DaybookError("not-allowed", {
      detail: "You sign in without a password, so your identity provider asks for the second factor.",
      remedy: "Turn it on there.",
    });
  if (factor !== undefined) throw new DaybookError("second-factor-already");
}

interface Offer {
  readonly secret: string;
  readonly until: bigint;
}

const sealedFor = ({ session }: SignedIn): { purpose: string; row: string } => ({
  purpose: "totp offer",
  row: session.id,
});

function offered(
  { sealer, issuer }: SignInDependencies,
  caller: SignedIn,
  { secret, until }: Offer,
): OfferedFactor {
  const uri = totpUri(secret, { issuer, account: caller.user.email });
  return { secret, uri, offer: sealer.seal(`${until} ${secret}`, sealedFor(caller)) };
}

export function openedOffer({ sealer, clock }: SignInDependencies, caller: SignedIn, offer: string): Offer {
  const expired = (): DaybookError =>
    refuse("request-invalid", {
      pointer: "/offer",
      detail: "This key has expired, or belongs to another session. Start again.",
    });
  let text: string;
  try {
    text = sealer.open(offer, sealedFor(caller));
  } catch {
    throw expired();
  }
  const [until = "0", secret = ""] = text.split(" ");
  if (BigInt(until) <= clock()) throw expired();
  return { secret, until: BigInt(until) };
}
