/** Responses that are cut: their connection closed before their end, whoever closed it. */
import type { FastifyReply } from "fastify";

/** A response that has ended as a whole has left before its connection closes. */
export const isCut = ({ raw }: FastifyReply): boolean => raw.destroyed;

/** What Fastify is told, because it would not notice by itself, and would keep the request and all that belongs to it. */
export class ResponseCut extends Error {
  constructor() {
    super("The connection closed before the end of the response.");
  }
}

/** The status for logs and metrics: 499, as nginx has it, if the client went away before the response began. */
export const endedWith = ({ raw, statusCode }: FastifyReply): number => (raw.headersSent ? statusCode : 499);
