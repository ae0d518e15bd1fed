/** Versions as entity tags (RFC 9110 section 8.8.3): what a change was read at, and that nobody changed it since. */
import { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "./answers.ts";

/** Answers with JSON and the entity tag of its version. */
export const sendTagged = (reply: FastifyReply, value: unknown, version: number): FastifyReply =>
  sendJson(reply.header("etag", `"${version}"`), value);

/**
 * The version that If-Match asks for; undefined if there is none, or `*`.
 * @throws DaybookError `changed-meanwhile` for what is no entity tag of ours: it can't be the newest
 */
export function versionOf(request: FastifyRequest): number | undefined {
  const header = request.headers["if-match"];
  if (header === undefined || header.trim() === "*") return undefined;
  const version = /^"([1-9]\d{0,9})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new DaybookError("changed-meanwhile");
  return Number(version);
}
