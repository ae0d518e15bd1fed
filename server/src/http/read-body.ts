/** Reads a body into memory: within the limit of its route and the room for bodies, without long pauses, and no further than it is needed. */
import type { IncomingMessage } from "node:http";
import { DaybookError, limits, watchLargeEvents } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
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
  }
}

/** How long a body can pause, in milliseconds. All of it has the time of a request (`timeouts` in `api/app.ts`). */
const longestPause = 10_000;

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

/** The length of the body, if it is known. */
function lengthOf({ headers }: FastifyRequest): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  const length = Number(headers["content-length"]);
  return Number.isInteger(length) ? length : undefined;
}

/** Takes room for each body when the caller is known, before any of it is read. */
export function addBodyRoom(app: FastifyInstance, room: BodyRoom): void {
  app.decorateRequest("bodyLength", undefined);
  app.addHook("preParsing", (request: FastifyRequest, reply: FastifyReply, _payload, done) => {
    if (hasBody(request) && !request.is404) {
      const { bodyLimit } = request.routeOptions;
      const length = lengthOf(request) ?? bodyLimit;
      if (length > bodyLimit) return done(new DaybookError("body-too-large"));
      try {
        request.bodyLength = room.enter(request, reply, length);
      } catch (error) {
        return done(error as Error);
      }
    }
    done();
  });
}

/** The content type parser of all bodies; undefined for an address that isn't there. */
export async function readBody(
  request: FastifyRequest,
  payload: IncomingMessage,
): Promise<Buffer | undefined> {
  if (request.is404) return undefined;
  const { bodyLimit, config } = request.routeOptions;
  const length = lengthOf(request);
  const body = new ArrivingBody(length, bodyLimit);
  const type = config.eventsIn?.find((each) => request.headers["content-type"]?.startsWith(each));
  const isLong = length === undefined || length > limits.eventBytes;
  const watch = type !== undefined && isLong ? watchLargeEvents(type) : undefined;
  await arriving(payload, (part) => {
    if (body.length + part.length > bodyLimit) throw new DaybookError("body-too-large");
    body.add(part);
    watch?.add(part);
  });
  request.bodyLength?.(body.length);
  return body.whole();
}

/** Calls `add` with each part; resolves at the end. Rejects with what `add` throws, and reads no further. */
function arriving(payload: IncomingMessage, add: (part: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const pausing = setTimeout(() => fail(tooSlow()), longestPause);
    const leave = (): void => {
      clearTimeout(pausing);
      payload.off("data", onPart).off("end", onEnd).off("error", fail).off("close", onClose);
    };
    const fail = (error: unknown): void => {
      leave();
      payload.pause();
      reject(error);
    };
    const onPart = (part: Buffer): void => {
      pausing.refresh();
      try {
        add(part);
      } catch (error) {
        fail(error);
      }
    };
    const onEnd = (): void => {
      leave();
      resolve();
    };
    const onClose = (): void => fail(brokenOff());
    payload.on("data", onPart).on("end", onEnd).on("error", fail).on("close", onClose);
  });
}

const tooSlow = (): DaybookError =>
  new DaybookError("request-timeout", {
    detail: `No byte of the body arrived for ${longestPause / 1_000} seconds.`,
  });

const brokenOff = (): DaybookError =>
  new DaybookError("request-unreadable", { detail: "The connection ended before the body did." });
