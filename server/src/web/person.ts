/** The person who asks. Only people have accounts: tokens of machines open no page of one's own. */
import { DaybookError } from "daybook/error";
import type { FastifyRequest } from "fastify";
import type { SignedIn } from "../access/index.ts";
import { askedBy, callerOf } from "../api/index.ts";

/** Throws `not-authenticated`, `not-allowed`. */
export function personOf(request: FastifyRequest): SignedIn {
  const caller = callerOf(request);
  if (caller.kind !== "user") throw new DaybookError("not-allowed");
  return caller;
}

/** A change that somebody makes of what is their own. */
export interface OwnChange {
  readonly caller: SignedIn;
  readonly by: ReturnType<typeof askedBy>["by"];
}

export const ownChange = (request: FastifyRequest): OwnChange => ({
  caller: personOf(request),
  by: askedBy(request).by,
});
