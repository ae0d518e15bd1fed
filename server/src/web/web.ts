/** What every page's handlers have at hand: the rooms, and how to answer. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { baseOf } from "../http/index.ts";
import type { RequestServices } from "../services.ts";
import { attempt, type Refused } from "./attempt.ts";
import { type Frame, type Page, sendPage } from "./send.tsx";

export interface Web {
  readonly services: RequestServices;
  /** Answers with a page. */
  send(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply>;
  /** Sends the browser on to another of our pages: what was done is done, and a reload doesn't do it again. */
  goTo(reply: FastifyReply, path: string): FastifyReply;
  /**
   * Tries what a form asks for; why it was refused, for the page to be shown again. `fields` by JSON Pointer where they are
   * named otherwise; `otherwise` is the field that whatever belongs to none is shown at.
   */
  attempt<T>(
    work: () => Promise<T>,
    asking?: { readonly fields?: Readonly<Record<string, string>>; readonly otherwise?: string },
  ): Promise<T | Refused>;
}

/** Puts it together. */
export const openWeb = (services: RequestServices, frame: Omit<Frame, "services">): Web => ({
  services,
  send: (request, reply, page) => sendPage({ services, ...frame }, [request, reply], page),
  goTo: (reply, path) =>
    reply
      .code(303)
      .header("location", baseOf(reply.request) + path)
      .send(),
  attempt: (work, asking = {}) => attempt(work, { explain: services.explain, ...asking }),
});
