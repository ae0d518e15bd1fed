/**
 * Requests that a client sends on one connection before it has the responses (RFC 9112, 9.3.2): only some are in progress at a time. The
 * rest waits with the client, because a database that doesn't answer would otherwise keep all of them in memory.
 */
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** The requests in progress of one connection, beyond which no more are read. */
const mostInProgress = 16;

const inProgress = Symbol("requests in progress");
/** A connection with its number of requests in progress. */
interface CountedSocket extends Socket {
  [inProgress]?: number;
}

/** Limits the requests in progress of each connection, from registration on. */
export function addPipelining(app: FastifyInstance): void {
  app.addHook("onRequest", ({ raw }, _reply, done) => {
    const socket: CountedSocket = raw.socket;
    const count = (socket[inProgress] ?? 0) + 1;
    socket[inProgress] = count;
    if (count > mostInProgress) pause(socket);
    done();
  });
  app.addHook("onResponse", ({ raw }, _reply, done) => {
    const socket: CountedSocket = raw.socket;
    const count = socket[inProgress]! - 1;
    socket[inProgress] = count;
    if (count === mostInProgress) socket.resume();
    done();
  });
}

function pause(socket: CountedSocket): void {
  socket.pause();
  // Node resumes after each body
  if (!socket.listeners("resume").includes(pauseAgain)) socket.on("resume", pauseAgain);
}

function pauseAgain(this: CountedSocket): void {
  if (this[inProgress]! <= mostInProgress) return;
  this.pause();
  // Node reads again at a `resume` that was due before the last `pause`, and stops only at this event
  this.emit("pause");
}
