/** Reads a body into memory: within the limit of its route and the room for bodies, without long pauses, and no further than it is needed. */
import type { IncomingMessage } from "node:http";
import { DaybookError, limits, watchLargeEvents } from "daybook/internal";
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ArrivingBody } from "./arriving-body.ts";
import type { BodyRoom } from "./body-room.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The media type of bodies that have events: Daybook receives no more of a body after an event that is too large. */
    eventsIn?: Parameters<typeof watchLargeEvents>[0][];
  }
  interface FastifyRequest {
    /** Gives back the room that the body did not need, once its length is known. */
    bodyLength: ((length: number) => void) | undefined;
    /** The body that is being received. */
    arriving: Arriving | undefined;
  }
}

/** A body that is being received. */
interface Arriving {
  /** When its last part came, by `performance.now()`. */
  since: number;
  fail(error: DaybookError): void;
}

/** How long a body can pause, in milliseconds. All of it has the time of a request (`timeouts` in `api/app.ts`). */
const longestPause = 10_000;

/** Ends a body that has paused too long: called every so often for each request in progress, which costs less than a timer for each. */
export function endPause({ arriving }: FastifyRequest, now: number): void {
  if (arriving !== undefined && now - arriving.since > longestPause) arriving.fail(tooSlow());
}

/** A body of a known length up to that of headers takes as little memory as they do, and needs no room. */
const shortBytes = 16 * 1024;

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/** Whether the client sends the body only after it is asked to (RFC 9110, 10.1.1). */
const waitsToSend = ({ headers }: FastifyRequest): boolean =>
  headers.expect !== undefined && headers.expect.toLowerCase() === "100-continue";

/** The length of the body, if it is known. */
function lengthOf({ headers }: FastifyRequest): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  const length = Number(headers["content-length"]);
  return Number.isInteger(length) ? length : undefined;
}

/** Takes room for each body when the caller is known, before any of it is read. */
export function addBodyRoom(app: FastifyInstance, room: BodyRoom): void {
  app.decorateRequest("bodyLength", undefined);
  app.decorateRequest("arriving", undefined);
  // Node would ask for the body before anything is known about the request
  app.server.on("checkContinue", (request, response) => app.server.emit("request", request, response));
  app.addHook("preParsing", (request: FastifyRequest, reply: FastifyReply, _payload, done) => {
    if (hasBody(request) && !request.is404) {
      const { bodyLimit } = request.routeOptions;
      const length = lengthOf(request) ?? bodyLimit;
      if (length > bodyLimit) return done(new DaybookError("body-too-large"));
      try {
        if (length > shortBytes) request.bodyLength = room.enter(request, reply, length);
      } catch (error) {
        return done(error as Error);
      }
      if (waitsToSend(request)) reply.raw.writeContinue();
    }
    done();
  });
}

/** The content type parser of all bodies; the body is undefined at an address that isn't there. */
export function readBody(
  request: FastifyRequest,
  payload: IncomingMessage,
  done: (error: Error | null, body?: Buffer) => void,
): void {
  if (request.is404) {
    done(null);
    return;
  }
  const { bodyLimit, config } = request.routeOptions;
  const length = lengthOf(request);
  const body = new ArrivingBody(length, bodyLimit);
  const watch = watchOf(request, config.eventsIn, length);
  const leave = (): void => {
    request.arriving = undefined;
    payload.off("data", onPart).off("end", onEnd).off("error", fail).off("close", onClose);
  };
  const fail = (error: Error): void => {
    leave();
    payload.pause();
    done(error);
  };
  const arriving: Arriving = { since: performance.now(), fail };
  const onPart = (part: Buffer): void => {
    arriving.since = performance.now();
    try {
      if (body.length + part.length > bodyLimit) throw new DaybookError("body-too-large");
      body.add(part);
      watch?.add(part);
    } catch (error) {
      fail(error as Error);
    }
  };
  const onEnd = (): void => {
    leave();
    request.bodyLength?.(body.length);
    done(null, body.whole());
  };
  const onClose = (): void => fail(brokenOff());
  request.arriving = arriving;
  payload.on("data", onPart).on("end", onEnd).on("error", fail).on("close", onClose);
}

/** The watch over a body that has events, unless it is so short that no event in it can be too large. */
function watchOf(
  { headers }: FastifyRequest,
  eventsIn: FastifyContextConfig["eventsIn"],
  length: number | undefined,
): ReturnType<typeof watchLargeEvents> | undefined {
  if (length !== undefined && length <= limits.eventBytes) return undefined;
  const type = eventsIn?.find((each) => headers["content-type"]?.startsWith(each));
  return type === undefined ? undefined : watchLargeEvents(type);
}

const tooSlow = (): DaybookError =>
  new DaybookError("request-timeout", {
    detail: `No byte of the body arrived for ${longestPause / 1_000} seconds.`,
  });

const brokenOff = (): DaybookError =>
  new DaybookError("request-unreadable", { detail: "The connection ended before the body did." });
