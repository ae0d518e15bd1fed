/** Responses whose connection closes before they end. */
import type { FastifyReply } from "fastify";

/** Only asked of requests in progress: a response that ends is no longer among them when its connection closes. */
export const isCut = ({ raw }: FastifyReply): boolean => raw.destroyed;

/** Ends the request in Fastify, which calls `onResponse` after `finish` or `error`, and not after `close`. */
export class ResponseCut extends Error {
  constructor() {
    super("The connection closed before the end of the response.");
  }
}

/** The status for logs and metrics: 499, as nginx has it, if the client went away before the response began. */
export const endedWith = ({ raw, statusCode }: FastifyReply): number => (raw.headersSent ? statusCode : 499);
