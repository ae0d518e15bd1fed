/** How answers are written: JSON as `JSON.stringify` gives it, pages with a Link header. It refuses to know what they say. */
import type { FastifyReply, FastifyRequest } from "fastify";

const jsonHeader = "application/json; charset=utf-8";

/** Answers with JSON. No schema has a say in it: nothing is dropped and nothing coerced. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  sendText(reply, JSON.stringify(value));

/** Answers with a text that is JSON already. */
export const sendText = (reply: FastifyReply, json: string): FastifyReply =>
  reply.header("content-type", jsonHeader).send(json);

/** Answers with a page; `next` also goes into a Link header (RFC 8288): the same address with that cursor. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly next: string | null },
): FastifyReply {
  if (page.next !== null) {
    const [path = "", query = ""] = request.url.split("?", 2);
    const parameters = new URLSearchParams(query);
    parameters.set("cursor", page.next);
    reply.header("link", `<${path}?${parameters}>; rel="next"`);
  }
  return sendJson(reply, page);
}
