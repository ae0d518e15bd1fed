/**
 * Following over HTTP: server-sent events (WHATWG HTML section 9.2) for callers that accept them, else one JSON response that waits for
 * events.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  acceptedKind,
  FollowLimits,
  jsonType,
  organizationOf,
  seesStill,
  sendText,
} from "../../http/index.ts";
import {
  type Query,
  readParameters,
  refuseParameter,
  single,
  wholeNumber,
} from "../../query-string/index.ts";
import { type EventsQuery, eventsQueryOf, type FollowBatch, pageLimit } from "../../search/index.ts";
import type { RequestServices } from "../../services.ts";
import { EventStream, streamType } from "../event-stream.ts";
import type { ApiOptions } from "../options.ts";
import * as schemas from "../schemas/events.ts";

const kinds: readonly string[] = [jsonType, streamType];
const streamHeaders = {
  "content-type": streamType,
  "cache-control": "no-store",
  // proxies that buffer responses would delay events
  "x-accel-buffering": "no",
};

interface Following {
  Params: { org: string };
  Querystring: Query;
}

interface Wish {
  readonly query: EventsQuery | undefined;
  readonly after: string | undefined;
  readonly wait: number;
  readonly limit: number;
}

interface FollowRoutesOptions extends Pick<ApiOptions, "heartbeatMs" | "followLimits"> {
  readonly follows: Set<AbortController>;
}

/** Registers the route. `follows` are the open ones, which stopping the server aborts. */
export function addFollow(
  app: FastifyInstance,
  services: RequestServices,
  { follows, followLimits, heartbeatMs = 15_000 }: FollowRoutesOptions,
): void {
  const limits = followLimits && new FollowLimits(followLimits);
  const url = "/v1/organizations/:org/events/follow";
  const config = { action: "events:read", kinds, isWaiting: true } as const;

  app.head<Following>(url, { config, schema: { hide: true } }, async (request, reply) => {
    await organizationOf(request, services);
    reply.header("content-type", acceptedKind(request.headers.accept, kinds)).send();
  });

  app.get<Following>(
    url,
    { config, schema: schemas.followEvents, exposeHeadRoute: false },
    async (request, reply) => {
      const wish = readWish(request);
      const organization = await organizationOf(request, services);
      limits?.enter(request, reply, organization.organizationId);
      const end = new AbortController();
      const { signal } = end;
      follows.add(end);
      reply.raw.once("close", () => {
        follows.delete(end);
        end.abort();
      });
      const { after, limit, query } = wish;
      const batches = await services.search.follow({
        ...{ organization, after, signal, limit },
        ...(query && { query }),
      });
      const check = (): Promise<void> => seesStill(request, services, organization.view);
      if (acceptedKind(request.headers.accept, kinds) === streamType) {
        return reply.headers(streamHeaders).send(new EventStream(batches, { heartbeatMs, check }));
      }
      try {
        const answer = await waited(batches, wish.wait * 1000);
        await check();
        return sendText(reply, answer);
      } finally {
        end.abort();
        void batches.return?.();
      }
    },
  );
}

function readWish(request: FastifyRequest<Following>): Wish {
  const parameters = readParameters(request.query, ["after", "wait", "limit", "q", "tz"]);
  const lastId = request.headers["last-event-id"];
  const after = typeof lastId === "string" && lastId !== "" ? lastId : single(parameters, "after");
  if (after === "")
    throw refuseParameter("after", "is empty.", "Give a position, 'latest', or leave it out.");
  return {
    query: parameters.has("q") || parameters.has("tz") ? eventsQueryOf(parameters) : undefined,
    after,
    wait: wholeNumber(parameters, "wait", { min: 0, max: 60, fallback: 20 }),
    limit: wholeNumber(parameters, "limit", { ...pageLimit, fallback: 500 }),
  };
}

/** The events that are there now; if there are none, the first that arrive within the time. */
async function waited(batches: AsyncIterator<FollowBatch>, waitMs: number): Promise<string> {
  const now = await batches.next();
  // stopped before the first read: there is no position yet, and an absent one would mean the start of the log
  if (now.done) throw new DaybookError("shutting-down", { retryAfter: 1 });
  if (now.value.events.length > 0) return answerOf(now.value);
  const next = batches.next();
  next.catch(() => undefined);
  const later = await within(next, waitMs);
  return answerOf(later === undefined || later.done ? now.value : later.value);
}

const answerOf = ({ events, position }: FollowBatch): string =>
  `{"events":[${events.join(",")}],"position":${JSON.stringify(position)}}`;

/** The result of a promise, or undefined if it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
