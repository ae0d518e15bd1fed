/** Who asks, and under which key, for a change and the event about it. */
import { isIP } from "node:net";
import { cutText, hideTokens } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { ChangeRequest, Initiator } from "../log/index.ts";
import type { From } from "../sign-in/index.ts";
import { idempotencyOf } from "./bodies.ts";
import { browserOf } from "./cookies.ts";
import { callerOf } from "./guard.ts";
import { traceparentOf } from "./request-facts.ts";

/** Characters of a user agent that are kept; an event's context takes 512 bytes. */
const mostOfUserAgent = 128;

/** Where a request comes from, for the event about it: only those who may read `context` see it. */
export function contextOf(request: FastifyRequest): NonNullable<Initiator["context"]> {
  const sent = request.headers["user-agent"]?.replace(/[^\x20-\x7e]/g, "?");
  const userAgent = sent && cutText(hideTokens(sent), mostOfUserAgent);
  const traceparent = traceparentOf(request.raw);
  return {
    requestId: request.id,
    interface: request.routeOptions.config.kinds?.includes("text/html") ? "ui" : "api",
    // what stands in front may write anything
    ...(isIP(request.ip) === 0 ? {} : { ip: request.ip }),
    ...(userAgent ? { userAgent } : {}),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** Where somebody comes from who signs in: the request, and the browser as it may be known. */
export const fromOf = (request: FastifyRequest): From => ({
  context: contextOf(request),
  browser: browserOf(request),
});

/** Of a caller who showed who they are. Throws `not-authenticated`. */
export function changeRequestOf(request: FastifyRequest): ChangeRequest {
  const { actor, recordedBy } = callerOf(request);
  return { by: { actor, recordedBy, context: contextOf(request) }, idempotency: idempotencyOf(request) };
}
