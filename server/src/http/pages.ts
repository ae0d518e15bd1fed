/** The contract between the server and the pages for browsers. */
import type { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RequestServices } from "../services.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The OpenAPI document of the API, for the pages that show it. */
    readonly openApi: () => Promise<object>;
  }
}

/** The pages for browsers; `web` provides them. */
export interface Pages {
  /** Registers the pages, in a context of their own. */
  add(app: FastifyInstance, services: RequestServices): Promise<void>;
  /** Whether the request comes from a browser that shows the response. */
  wanted(request: FastifyRequest): boolean;
  /** Responds to a browser with a page about an error and what to do. */
  refuse(request: FastifyRequest, reply: FastifyReply, error: DaybookError): Promise<FastifyReply>;
}
