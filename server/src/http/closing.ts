/** Responses to requests whose body isn't read to its end: the connection closes after the response. */
import type { FastifyReply, FastifyRequest } from "fastify";

/** The rest of a shorter body is read and dropped, and the connection stays open. */
const shortBytes = 64 * 1024;
/** How long a client has to read the response, in milliseconds. */
const readMs = 1_000;

const isShort = ({ headers }: FastifyRequest): boolean =>
  headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) <= shortBytes;

/** Before a response: if the body is still arriving and is not short, the response ends the connection. */
export function closeUnlessRead(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.complete || isShort(request)) return;
  reply.header("connection", "close");
  const { socket } = raw;
  // Node calls this after the response. Closing at once, with bytes that nobody read, would reset the connection, and the client could lose
  // the response.
  socket.destroySoon = () => {
    socket.pause();
    socket.end();
    setTimeout(() => socket.destroy(), readMs).unref();
  };
}
