/**
 * A proxy in front of a real server that fails like networks and proxies: it refuses with a status, drops the connection before or after
 * the server's response, hangs, or breaks off within a response. Each request takes the next fault of the list; without one, it passes.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | "drop-before"
  | "drop-after"
  | "hang"
  | { readonly breakAfter: number };

export interface FaultyProxy {
  readonly url: string;
  /** The faults of the next requests, in order. */
  readonly faults: Fault[];
  /** Requests that came, as `POST /v1/…`. */
  readonly seen: string[];
  /** Breaks every connection that is open. */
  breakAll(): void;
  close(): void;
}

function pass(incoming: IncomingMessage, answer: ServerResponse, to: { url: URL; fault?: Fault }): void {
  const { url, fault } = to;
  const outgoing = request(
    {
      host: url.hostname,
      port: url.port,
      path: incoming.url,
      method: incoming.method,
      headers: incoming.headers,
    },
    (response) => {
      if (fault === "drop-after") {
        response.resume().on("end", () => answer.destroy());
        return;
      }
      answer.writeHead(response.statusCode ?? 500, response.headers);
      if (typeof fault !== "object" || !("breakAfter" in fault)) {
        response.pipe(answer);
        answer.on("close", () => response.destroy());
        return;
      }
      let left = fault.breakAfter;
      response.on("data", (piece: Buffer) => {
        answer.write(piece.subarray(0, left));
        left -= piece.length;
        if (left <= 0) setImmediate(() => answer.destroy());
      });
      response.on("end", () => left > 0 && answer.end());
      answer.on("close", () => response.destroy());
    },
  );
  outgoing.on("error", () => answer.destroy());
  incoming.pipe(outgoing);
}

/** Opens a proxy to a server. */
export async function openFaultyProxy(target: string): Promise<FaultyProxy> {
  const url = new URL(target);
  const faults: Fault[] = [];
  const seen: string[] = [];
  const server = createServer((incoming, answer) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const fault = faults.shift();
    if (fault === "drop-before") return void answer.destroy();
    if (fault === "hang") return void incoming.resume();
    if (typeof fault === "object" && "status" in fault) {
      incoming.resume().on("end", () => answer.writeHead(fault.status, fault.headers).end(fault.body ?? ""));
      return;
    }
    pass(incoming, answer, { url, ...(fault === undefined ? {} : { fault }) });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    faults,
    seen,
    breakAll: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
