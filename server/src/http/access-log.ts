/**
 * The access log: one compact line for each request but successful probes, and one for each failure of the server. It has no queries, no
 * tokens, and nothing that was sent or stored.
 */
import type { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { endedWith, isCut } from "./cut.ts";
import { traceparentOf } from "./request-facts.ts";

/** What monitoring requests every few seconds. */
const probes: ReadonlySet<string | undefined> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Logs each request at `info`, if that level is on; otherwise it collects nothing. */
export function addAccessLog(app: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled("info")) return;
  app.addHook("onResponse", (request, reply, done) => {
    const status = endedWith(reply);
    if (status < 400 && probes.has(request.routeOptions.url)) return done();
    const cut = isCut(reply) ? { cut: true } : undefined;
    logger.info({ ...factsOf(request), status, ms: Math.round(reply.elapsedTime * 100) / 100, ...cut });
    done();
  });
}

/** Logs failures of the server: `internal` with the error, failures of the store in one line. */
export function logFailure(logger: Logger, request: FastifyRequest, error: DaybookError): void {
  if (error.status < 500) return;
  const line = { ...factsOf(request), code: error.code, status: error.status };
  if (error.code === "internal")
    logger.error({ ...line, cause: causeOf(error.cause ?? error) }, error.message);
  else logger.warn({ ...line, cause: causeOf(error.cause)?.message }, error.message);
}

interface Facts {
  readonly requestId: string;
  readonly traceparent?: string;
  readonly method: string;
  /** The pattern of the address, without its values. */
  readonly route: string;
}

function factsOf(request: FastifyRequest): Facts {
  const traceparent = traceparentOf(request.raw);
  const { method, routeOptions } = request;
  const facts = { requestId: request.id, method, route: routeOptions.url ?? "none" };
  return traceparent === undefined ? facts : { ...facts, traceparent };
}

/** Name, message and stack, without the members that drivers add, because they quote rows. */
function causeOf(cause: unknown): { name: string; message: string; stack: string | undefined } | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { name, message, stack } = cause;
  return { name, message, stack };
}
