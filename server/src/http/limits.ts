/**
 * How many requests a minute are taken: of each caller who showed who they are, else of each address. Counted in each process
 * by itself. The `RateLimit` headers say how much is left (draft-ietf-httpapi-ratelimit-headers-10). It refuses to know who may do what.
 */
import rateLimit from "@fastify/rate-limit";
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LimitsConfig } from "../config/index.ts";

/** Seconds. */
const window = 60;
/** Callers and addresses that are counted at once; of more, those that were not seen for longest are forgotten. */
const mostCounted = 100_000;

/** Counts a request. Rejects with DaybookError `too-many-requests` when it is one too many. */
type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface Limits {
  readonly caller: Limit;
  readonly address: Limit;
  /** Of each address too, but apart from all else: whoever asks whether the process is ready isn't held up by who asks for pages. */
  readonly readiness: Limit;
}

/** Makes the limits; undefined where they are off. */
export async function openLimits(app: FastifyInstance, config: LimitsConfig): Promise<Limits | undefined> {
  if (!config.on) return undefined;
  await app.register(rateLimit, { global: false, cache: mostCounted, ipv6Subnet: 64 });
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
  /** Absent: by the address, of IPv6 by its /64. */
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
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header("ratelimit-policy", policy);
    reply.header("ratelimit", `"${name}";r=${counted.remaining};t=${counted.ttlInSeconds}`);
    if (counted.isExceeded)
      throw new DaybookError("too-many-requests", { retryAfter: Math.max(1, counted.ttlInSeconds) });
  };
}
