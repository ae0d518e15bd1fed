/**
 * The service itself: whether it is alive and ready, for anyone who can reach the port; metrics, for operators. It reveals nothing about
 * anyone.
 */
import type { FastifyInstance } from "fastify";
import type { Limits, Metrics } from "../../http/index.ts";
import { sendJson } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/service.ts";

/** The dependencies of the routes besides the services. */
interface ServiceRoutesOptions {
  readonly metrics: Metrics;
  /** If undefined, there are no limits. */
  readonly limits: Limits | undefined;
}

/** Registers the routes. */
export function addService(
  app: FastifyInstance,
  { readiness }: RequestServices,
  { metrics, limits }: ServiceRoutesOptions,
): void {
  const config = { action: "service:read" } as const;

  app.get("/healthz", { config, schema: schemas.health }, async (_request, reply) =>
    sendJson(reply, { status: "alive" }),
  );

  app.get("/readyz", { config, schema: schemas.readiness }, async (request, reply) => {
    await limits?.readiness(request, reply);
    await readiness.check();
    return sendJson(reply, { status: "ready" });
  });

  app.get(
    "/metrics",
    { config: { action: "metrics:read", kinds: metricsKinds }, schema: schemas.metrics },
    async (_request, reply) => reply.header("content-type", metrics.contentType).send(await metrics.text()),
  );
}

const metricsKinds = ["text/plain", "application/openmetrics-text"];
