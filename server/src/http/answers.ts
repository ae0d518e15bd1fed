/** Writes responses: JSON as `JSON.stringify` gives it, pages with a Link header. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { baseOf } from "./addresses.ts";

const jsonHeader = "application/json; charset=utf-8";

/** Responds with JSON. No schema drops or converts values. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  sendText(reply, JSON.stringify(value));

/** Responds with what is already JSON. */
export const sendText = (reply: FastifyReply, json: string | Buffer): FastifyReply =>
  reply.header("content-type", jsonHeader).send(json);

interface AnyPage {
  readonly next: string | null;
}

/** Responds with a page; `next` also goes into a Link header (RFC 8288): the same address with that cursor. */
export const sendPage = (request: FastifyRequest, reply: FastifyReply, page: AnyPage): FastifyReply =>
  sendJson(linked(request, reply, page), page);

/** The same for a page that is already JSON, in memory that is released when the system has it. */
export function sendJsonPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: AnyPage & { readonly json: Buffer; readonly release?: () => void },
): FastifyReply {
  // a response that is cut keeps its memory until it is collected
  if (page.release !== undefined) reply.raw.once("finish", page.release);
  return sendText(linked(request, reply, page), page.json);
}

function linked(request: FastifyRequest, reply: FastifyReply, { next }: AnyPage): FastifyReply {
  if (next === null) return reply;
  const [path = "", query = ""] = request.url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", next);
  return reply.header("link", `<${baseOf(request)}${path}?${parameters}>; rel="next"`);
}
