/** Sends a stored form again, as the browser sent it, and returns the response. */
import type { FastifyReply } from "fastify";
import type { Exchange } from "../base/web.ts";

/** Headers of a connection, which don't belong to the response. */
const ofTheConnection: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** It passes all checks of a request: caller, permission, body. */
export async function sendFormAgain(
  [request, reply]: Exchange,
  { path, sent }: { readonly path: string; readonly sent: string },
): Promise<FastifyReply> {
  const { "content-length": _length, "transfer-encoding": _encoding, ...headers } = request.headers;
  const answer = await request.server.inject({
    method: "POST",
    url: path,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    payload: sent,
    remoteAddress: request.socket.remoteAddress ?? "",
  });
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !ofTheConnection.has(name)) reply.header(name, value);
  }
  return reply.code(answer.statusCode).send(answer.rawPayload);
}
