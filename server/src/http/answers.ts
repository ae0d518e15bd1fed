/** Writes responses: JSON as `JSON.stringify` gives it, pages with a Link header. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { baseOf } from "./addresses.ts";

const jsonHeader = "application/json; charset=utf-8";

/** Responds with JSON. No schema drops or converts values. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  sendText(reply, JSON.stringify(value));

/** Responds with a text that is already JSON. */
export const sendText = (reply: FastifyReply, json: string): FastifyReply =>
  reply.header("content-type", jsonHeader).send(json);

/** Responds with a page; `next` also goes into a Link header (RFC 8288): the same address with that cursor. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly next: string | null },
): FastifyReply {
  if (page.next !== null) {
    const [path = "", query = ""] = request.url.split("?", 2);
    const parameters = new URLSearchParams(query);
    parameters.set("cursor", page.next);
    reply.header("link", `<${baseOf(request)}${path}?${parameters}>; rel="next"`);
  }
  return sendJson(reply, page);
}
