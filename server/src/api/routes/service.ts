/**
 * The service itself: is it alive, is it ready, for everyone who reaches the port; its numbers, for operators. Says nothing of
 * anyone.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import type { Limits, Metrics } from "../../http/index.ts";
import { sendJson } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/service.ts";

/** What the routes stand on besides the rooms. */
interface ServiceRoutesOptions {
  readonly metrics: Metrics;
  /** Undefined: none hold. */
  readonly limits: Limits | undefined;
}

/** How long being ready may take to find out, in milliseconds. */
const patience = 5_000;

/** Registers the routes. */
export function addService(
  app: FastifyInstance,
  { ready, explain }: RequestServices,
  { metrics, limits }: ServiceRoutesOptions,
): void {
  const config = { action: "service:read" } as const;

  app.get("/healthz", { config, schema: schemas.health }, async (_request, reply) =>
    sendJson(reply, { status: "alive" }),
  );

  app.get("/readyz", { config, schema: schemas.readiness }, async (request, reply) => {
    await limits?.readiness(request, reply);
    await inTime(ready()).catch((error: unknown) => {
      throw explain(error) ?? error;
    });
    return sendJson(reply, { status: "ready" });
  });

  app.get(
    "/metrics",
    { config: { action: "metrics:read", kinds: metricsKinds }, schema: schemas.metrics },
    async (_request, reply) => reply.header("content-type", metrics.contentType).send(await metrics.text()),
  );
}

const metricsKinds = ["text/plain", "application/openmetrics-text"];

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DaybookError("store-unavailable", { retryAfter: 2 })), patience);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
