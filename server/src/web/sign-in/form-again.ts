/** Sending a form again that was kept, as the browser sent it, and answering as it is answered. It refuses to know what is in it. */
import type { FastifyReply } from "fastify";
import type { Exchange } from "../base/web.ts";

/** Of a connection, and not of what is answered. */
const ofTheConnection: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** Goes through everything that a request goes through: who asks, may they, what they sent. */
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
