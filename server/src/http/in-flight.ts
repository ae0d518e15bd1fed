/**
 * The requests in progress. Each gets a response in time, whatever its handler waits for; a response that nobody reads is cut; and when the
 * server stops, what is idle or not read goes immediately, and the rest is answered before the process ends.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { openConnections } from "./connections.ts";
import { isCut, ResponseCut } from "./cut.ts";
import { NumberedPlaces } from "./numbered-places.ts";
import { addPipelining } from "./pipelining.ts";
import { endPause } from "./read-body.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly inFlight: InFlight;
  }
  interface FastifyRequest {
    /** Its place among the requests in progress. */
    place: number;
  }
}

export interface InFlight {
  /** The number of requests whose response has not ended. */
  open(): number;
  /** Answers every request that has no response yet with 503. */
  answerAll(): void;
  /** The number of responses that were cut because their reader received nothing. */
  stalled(): number;
  /** The number of requests that were answered with 503 because their handler took too long. */
  late(): number;
}

/** The times, in milliseconds. */
export interface InFlightTimes {
  /**
   * The maximum time from the end of a request to the start of its response, unless its route waits on purpose. Default: 10,000, which is
   * shorter than the library and the usual proxies wait.
   */
  readonly answerMs?: number;
  /**
   * How long the reader of a response can take none of it. Default: 60,000: long enough for a phone that changes networks. The system's
   * buffers hold about 64 KB, so a reader that takes a kilobyte a second stays.
   */
  readonly stalledMs?: number;
}

/** The dependencies of `addInFlight`; `refuse` sends the response for an error. */
export interface InFlightOptions extends InFlightTimes {
  readonly logger: Logger;
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, error: DaybookError) => Promise<unknown>;
}

interface Exchanged {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** When the request or its reader last made progress, by `performance.now()`. */
  since: number;
  /** The bytes that the system has taken for the reader. */
  taken: number;
}

const sweepMs = 250;
/** While the server stops, a reader has this long to take something. */
const stoppingStalledMs = 1_000;

/** Watches the requests of an app, from registration on, and limits those of a connection. */
export function addInFlight(app: FastifyInstance, options: InFlightOptions): void {
  addPipelining(app);
  const { logger, answerMs = 10_000 } = options;
  let { stalledMs = 60_000 } = options;
  const connections = openConnections(app.server);
  const all = new NumberedPlaces<Exchanged>();
  const counts = { stalled: 0, late: 0 };
  let stopping: NodeJS.Timeout | undefined;

  const sweep = (): void => {
    const now = performance.now();
    for (const each of all.values()) {
      endPause(each.request, now);
      if (isCut(each.reply)) each.reply.raw.emit("error", new ResponseCut());
      else if (madeProgress(each)) each.since = now;
      else if (each.reply.raw.headersSent && now - each.since > stalledMs) {
        counts.stalled++;
        logger.warn({ what: "stalled-reader", route: routeOf(each) }, "a response was cut: nobody reads it");
        each.request.raw.socket.destroy();
      } else if (mayBeLate(each) && now - each.since > answerMs) {
        counts.late++;
        void answer(each, options, "late");
      }
    }
  };
  const sweeping = setInterval(sweep, sweepMs).unref();

  app.decorateRequest("place", -1);
  app.addHook("onRequest", (request, reply, done) => {
    request.place = all.take({ request, reply, since: performance.now(), taken: 0 });
    done();
  });
  app.addHook("onResponse", (request, _reply, done) => {
    all.leave(request.place);
    done();
  });
  app.addHook("preClose", (done) => {
    stalledMs = Math.min(stalledMs, stoppingStalledMs);
    const closeIdle = (): void =>
      connections.closeIdle(new Set([...all.values()].map(({ request }) => request.raw.socket)));
    closeIdle();
    stopping = setInterval(closeIdle, 50);
    done();
  });
  // the app calls itself closed before its last response has ended
  app.server.once("close", () => {
    clearInterval(sweeping);
    clearInterval(stopping);
  });
  app.decorate("inFlight", {
    open: () => all.size,
    answerAll: () => {
      for (const each of all.values()) if (!hasAnswer(each)) void answer(each, options, "stopping");
    },
    stalled: () => counts.stalled,
    late: () => counts.late,
  });
}

const hasAnswer = ({ reply }: Exchanged): boolean => reply.raw.headersSent || reply.sent;

const mayBeLate = (each: Exchanged): boolean =>
  !hasAnswer(each) && each.request.routeOptions.config?.isWaiting !== true;

const routeOf = ({ request }: Exchanged): string => request.routeOptions.url ?? "none";

/** Whether the request is still arriving, its response is not due, or its reader has taken something since the last look. */
function madeProgress(each: Exchanged): boolean {
  const { request, reply } = each;
  if (!reply.raw.headersSent) return !request.raw.complete;
  const { bytesWritten, writableLength } = request.raw.socket;
  const taken = bytesWritten - writableLength;
  const hasMoved = writableLength === 0 || taken !== each.taken;
  each.taken = taken;
  return hasMoved;
}

/** The response for a request whose handler still works: the handler's own response is then ignored. */
async function answer(each: Exchanged, { refuse }: InFlightOptions, why: "late" | "stopping"): Promise<void> {
  const { request, reply } = each;
  const { method, routeOptions } = request;
  const onlyReads = (method === "GET" || method === "HEAD") && routeOptions.config?.records !== true;
  // a page about the failure must not wait for the database
  request.caller = undefined;
  reply.header("connection", "close");
  const detail = `Daybook ${why === "late" ? "got no answer from its database in time" : "stopped before this request was done"}.`;
  const code = why === "late" ? "store-unavailable" : "shutting-down";
  const error = onlyReads
    ? new DaybookError(code, { detail, retryAfter: 2 })
    : new DaybookError("outcome-unknown", { detail, retryAfter: 2 });
  await refuse(request, reply, error).catch(() => request.raw.socket.destroy());
}
