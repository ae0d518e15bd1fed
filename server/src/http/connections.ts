/** The open connections of a server, also those that have not sent a request yet: Node closes only connections that have. */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface Connections {
  /** Closes every connection without a request in progress, if everything that was written to it is on its way. */
  closeIdle(busy: ReadonlySet<Socket>): void;
}

/** Keeps the list of open connections from now on. */
export function openConnections(server: Server): Connections {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return {
    closeIdle(busy) {
      for (const socket of open) if (!busy.has(socket) && socket.writableLength === 0) socket.destroy();
    },
  };
}
