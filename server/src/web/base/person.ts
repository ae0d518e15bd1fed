/** The calling person. Only people have accounts: tokens of machines can't open account pages. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { CallingPerson, SignedIn } from "../../access/index.ts";
import { callerOf, changeRequestOf } from "../../http/index.ts";

/** Throws `not-authenticated`, `not-allowed`. */
export function personOf(request: FastifyRequest): CallingPerson {
  const caller = callerOf(request);
  if (caller.kind !== "user") throw new DaybookError("not-allowed");
  return caller;
}

/** The calling person, with a session. Throws as above. */
export function signedInOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  if (person.session === undefined) throw new DaybookError("not-allowed");
  return person;
}

/** A change of the person's own account. */
export interface PersonChange {
  readonly caller: SignedIn;
  readonly initiator: ReturnType<typeof changeRequestOf>["initiator"];
}

export const ownChange = (request: FastifyRequest): PersonChange => ({
  caller: signedInOf(request),
  initiator: changeRequestOf(request).initiator,
});
