/**
 * Limits of requests a minute: for each authenticated caller, else for each address. Each process counts separately. The `RateLimit`
 * headers state the remaining requests (draft-ietf-httpapi-ratelimit-headers-10).
 */
import rateLimit from "@fastify/rate-limit";
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LimitsConfig } from "../config/index.ts";
import { requestCounts } from "./request-counts.ts";

/** Seconds. */
const window = 60;
/** The maximum number of callers, and of addresses, that are counted. */
const mostCounted = 100_000;

/** Counts a request. Rejects with DaybookError `too-many-requests` beyond the limit. */
type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface Limits {
  readonly caller: Limit;
  readonly address: Limit;
  /** Also by address, but separately: requests for pages don't use up the limit for checking readiness. */
  readonly readiness: Limit;
}

/** Makes the limits; undefined if they are off. */
export async function openLimits(app: FastifyInstance, config: LimitsConfig): Promise<Limits | undefined> {
  if (!config.on) return undefined;
  await app.register(rateLimit, {
    global: false,
    store: requestCounts({ most: mostCounted }),
    ipv6Subnet: 64,
  });
  return {
    caller: limitOf(app, {
      name: "caller",
      max: config.perCaller,
      keyOf: ({ caller }) => (caller === undefined ? "nobody" : `${caller.kind}:${caller.id}`),
    }),
    address: limitOf(app, { name: "address", max: config.perAddress }),
    readiness: limitOf(app, { name: "readiness", max: config.perAddress }),
  };
}

interface RateLimit {
  readonly name: string;
  readonly max: number;
  /** If absent, by the address; for IPv6, by its /64. */
  readonly keyOf?: (request: FastifyRequest) => string;
}

function limitOf(app: FastifyInstance, { name, max, keyOf }: RateLimit): Limit {
  const count = app.createRateLimit({
    max,
    timeWindow: window * 1000,
    ...(keyOf && { keyGenerator: keyOf }),
  });
  const policy = `"${name}";q=${max};w=${window}`;
  return async (request, reply) => {
    // a connection that broke meanwhile has no address, and nobody reads the response
    if ((request.ip as string | undefined) === undefined) throw new DaybookError("request-unreadable");
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header("ratelimit-policy", policy);
    reply.header("ratelimit", `"${name}";r=${counted.remaining};t=${counted.ttlInSeconds}`);
    if (counted.isExceeded)
      throw new DaybookError("too-many-requests", { retryAfter: Math.max(1, counted.ttlInSeconds) });
  };
}
