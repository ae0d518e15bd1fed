/** Turns any error into the problem document of a response (RFC 9457). Only messages that were written for callers reach them. */
import { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Explain } from "../services.ts";
import { baseOf } from "./addresses.ts";
import { remedyFor } from "./remedy.ts";
import { Unsupported, unsupportedType } from "./unsupported.ts";

/** Errors of the framework, by code. */
const ofFramework: Readonly<Record<string, (request: FastifyRequest | undefined) => DaybookError>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (request) => unsupportedType(request?.headers["content-type"]),
  // for the method QUERY, which no address has
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: () => new DaybookError("route-not-found"),
  FST_ERR_BAD_URL: () =>
    new DaybookError("request-unreadable", { detail: "The address contains a '%' that encodes nothing." }),
  FST_ERR_MAX_PARAM_LENGTH: () => new DaybookError("route-not-found"),
  FST_ERR_ASYNC_CONSTRAINT: () => new DaybookError("route-not-found"),
};

/** The error of a response; any unexpected error is `internal`, without details. */
export function daybookErrorOf(error: unknown, explain: Explain, request?: FastifyRequest): DaybookError {
  if (error instanceof DaybookError)
    return error.status > 0 ? error : new DaybookError("internal", { cause: error });
  const code = (error as { code?: unknown } | null)?.code;
  // nobody reads the response any more; a caller who goes away is not a failure to log
  if (code === "ECONNRESET" && request?.raw.complete === false)
    return new DaybookError("request-unreadable", { detail: "The connection ended before the body did." });
  const known = typeof code === "string" && Object.hasOwn(ofFramework, code) ? ofFramework[code] : undefined;
  return known?.(request) ?? explain(error) ?? new DaybookError("internal", { cause: error });
}

/** Headers that go with a problem. */
export function problemHeaders(error: DaybookError): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  const retryAfter = error.retryAfter ?? (error.isForLater ? 1 : undefined);
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  if (error instanceof Unsupported && error.isCoding) headers["accept-encoding"] = "identity";
  if (error.status === 401) headers["www-authenticate"] = 'Bearer realm="daybook"';
  return headers;
}

/** Responds with the problem. If the response was to be a file, its file name is removed. */
export function sendProblem(reply: FastifyReply, error: DaybookError): FastifyReply {
  reply.removeHeader("content-disposition").code(error.status).headers(problemHeaders(error));
  const { type, ...problem } = error.toProblem();
  const linked = { type: baseOf(reply.request) + type, ...problem, remedy: remedyFor(reply.request, error) };
  return reply.send(JSON.stringify(linked));
}
