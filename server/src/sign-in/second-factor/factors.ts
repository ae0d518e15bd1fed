/** All functions for second factors, for the service. */
import type { CallingPerson, SignedIn } from "../../access/index.ts";
import type { Initiator } from "../../log/index.ts";
import type { UserName } from "../../store/contract/users.ts";
import type { OwnChange, SignInDependencies } from "../base/dependencies.ts";
import { type Resealed, resealAll } from "./factor-codes.ts";
import * as own from "./second-factor.ts";
import { type OfferedFactor, offerAgain, offerFactor } from "./second-factor-offer.ts";

export interface Factors {
  /** The caller's own; undefined if there is none. */
  own(caller: CallingPerson): Promise<own.OwnFactor | undefined>;
  /** Throws `second-factor-already`; `not-allowed` for accounts without a password; `secret-unreadable`. */
  offer(caller: SignedIn): Promise<OfferedFactor>;
  /** Repeats an offer, for a form that is shown again. Throws `request-invalid` at /offer too. */
  offerAgain(caller: SignedIn, offer: string): Promise<OfferedFactor>;
  /** Throws `request-invalid` at /code or /offer, and as `offer`. */
  add(request: OwnChange & { offer: string; code: string }): Promise<own.RecoveryCodes>;
  /** Throws `second-factor-not-found`. */
  renewRecoveryCodes(request: OwnChange): Promise<own.RecoveryCodes>;
  /** Throws `second-factor-not-found`. */
  remove(request: OwnChange): Promise<void>;
  /** By an operator, for a person who lost it. Throws `user-not-found`, `second-factor-not-found`. */
  removeOf(request: { which: own.WhichUser; initiator: Initiator }): Promise<UserName>;
  /** Encrypts all secrets with the present key. */
  resealAll(): Promise<Resealed>;
}

export const openFactors = (dependencies: SignInDependencies): Factors => ({
  own: (caller) => own.ownFactor(dependencies, caller),
  offer: (caller) => offerFactor(dependencies, caller),
  offerAgain: (caller, offer) => offerAgain(dependencies, caller, offer),
  add: (request) => own.addFactor(dependencies, request),
  renewRecoveryCodes: (request) => own.renewRecoveryCodes(dependencies, request),
  remove: (request) => own.removeOwnFactor(dependencies, request),
  removeOf: (request) => own.removeFactorOf(dependencies, request),
  resealAll: () => resealAll(dependencies),
});
