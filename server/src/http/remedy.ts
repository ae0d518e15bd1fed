/** The remedy of an error for its request: the table of errors tells how to send events again, and other requests have no ids. */
import { codes, type DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";

/** The codes whose remedy is about events, though other requests can get them too. */
const aboutEvents: ReadonlySet<DaybookError["code"]> = new Set([
  "overloaded",
  "store-unavailable",
  "outcome-unknown",
]);

/** The remedy for a caller of the API. A remedy that was written for this case is kept. */
export function remedyFor(request: FastifyRequest, { code, remedy }: DaybookError): string {
  if (!aboutEvents.has(code) || remedy !== codes[code].remedy) return remedy;
  if (request.routeOptions.config?.eventsIn !== undefined) return remedy;
  const wait = "Wait for the time in Retry-After, then send it again";
  if (hasKey(request)) return `${wait} with the same Idempotency-Key: nothing is done twice.`;
  return code === "outcome-unknown"
    ? "Check whether the change was made. If it was not, send the request again."
    : `${wait}.`;
}

/** Whether the request has an `Idempotency-Key`, and its route reads it. */
function hasKey({ headers, routeOptions }: FastifyRequest): boolean {
  const { headers: read } = (routeOptions.schema ?? {}) as { headers?: { properties?: object } };
  return headers["idempotency-key"] !== undefined && "idempotency-key" in (read?.properties ?? {});
}
