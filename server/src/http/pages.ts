/** The contract between the server and the pages that it shows to browsers. */
import type { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestServices } from "../services.ts";

/** What people look at in a browser; the room of the pages gives it. */
export interface Pages {
  /** Registers the pages, in a context of their own. */
  add(app: FastifyInstance, services: RequestServices): Promise<void>;
  /** Whether the answer is looked at in a browser. */
  wanted(request: FastifyRequest): boolean;
  /** Answers a browser that it was refused, and what to do. */
  refuse(request: FastifyRequest, reply: FastifyReply, error: DaybookError): Promise<FastifyReply>;
}
