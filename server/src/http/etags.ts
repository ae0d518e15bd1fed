/**
 * Versions as entity tags (RFC 9110 section 8.8.3): the version that a change is based on, so that Daybook can refuse it if someone has
 * changed the resource since.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "./answers.ts";

/** Responds with JSON and the entity tag of its version. */
export const sendTagged = (reply: FastifyReply, value: unknown, version: number): FastifyReply =>
  sendJson(reply.header("etag", `"${version}"`), value);

/**
 * The version in If-Match; undefined if there is none, or it is `*`.
 * @throws DaybookError `changed-meanwhile` for a tag that isn't Daybook's: it can't be the newest
 */
export function versionOf(request: FastifyRequest): number | undefined {
  const header = request.headers["if-match"];
  if (header === undefined || header.trim() === "*") return undefined;
  const version = /^"([1-9]\d{0,9})"$/.exec(header.trim())?.[1];
  if (version === undefined) throw new DaybookError("changed-meanwhile");
  return Number(version);
}
