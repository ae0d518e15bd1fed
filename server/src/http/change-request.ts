/** The initiator and the key of a change, for the change and its event. */
import { isIP } from "node:net";
import { cutText, hideTokens } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { ChangeRequest, Initiator } from "../log/index.ts";
import type { From } from "../sign-in/index.ts";
import { browserOf } from "./cookies.ts";
import { callerOf } from "./guard.ts";
import { idempotencyOf } from "./idempotency.ts";
import { traceparentOf } from "./request-facts.ts";

/** The stored characters of a user agent; an event's context has 512 bytes. */
const mostOfUserAgent = 128;

/** The origin of a request, for its event: only callers who may read `context` see it. */
export function contextOf(request: FastifyRequest): NonNullable<Initiator["context"]> {
  const sent = request.headers["user-agent"]?.replace(/[^\x20-\x7e]/g, "?");
  const userAgent = sent && cutText(hideTokens(sent), mostOfUserAgent);
  const traceparent = traceparentOf(request.raw);
  return {
    requestId: request.id,
    interface: request.routeOptions.config.kinds?.includes("text/html") ? "ui" : "api",
    // a proxy can write anything
    ...(isIP(request.ip) === 0 ? {} : { ip: request.ip }),
    ...(userAgent ? { userAgent } : {}),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** The origin of a sign-in: the request, and how to recognize the browser. */
export const fromOf = (request: FastifyRequest): From => ({
  context: contextOf(request),
  browser: browserOf(request),
});

/** For a caller with credentials. Throws `not-authenticated`. */
export function changeRequestOf(request: FastifyRequest): ChangeRequest {
  const { actor, recordedBy } = callerOf(request);
  return {
    initiator: { actor, recordedBy, context: contextOf(request) },
    idempotency: idempotencyOf(request),
  };
}
