/** The person who asks. Only people have accounts: tokens of machines open no page of one's own. */
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

/** Who asks in a session. Throws as above. */
export function signedInOf(request: FastifyRequest): SignedIn {
  const person = personOf(request);
  if (person.session === undefined) throw new DaybookError("not-allowed");
  return person;
}

/** A change that somebody makes of what is their own. */
export interface PersonChange {
  readonly caller: SignedIn;
  readonly by: ReturnType<typeof changeRequestOf>["by"];
}

export const ownChange = (request: FastifyRequest): PersonChange => ({
  caller: signedInOf(request),
  by: changeRequestOf(request).by,
});
