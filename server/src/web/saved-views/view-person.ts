/** The person who has views of their own. */
import type { FastifyRequest } from "fastify";
import { callerOf } from "../../http/index.ts";
import type { ViewPerson } from "../../saved-views/index.ts";

/** Undefined for viewers of another site's page. */
export function viewPersonOf(request: FastifyRequest): ViewPerson {
  const caller = callerOf(request);
  return caller.kind === "user" ? caller.user : undefined;
}
