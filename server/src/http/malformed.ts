/** Responses on the bare connection to data that isn't a request: malformed HTTP, headers that are too large, slow senders. */
import type { Duplex } from "node:stream";
import { DaybookError } from "daybook/internal";
import { problemHeaders } from "./problems.ts";

const statusTexts: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

/** The problem for a broken connection. */
function connectionProblem(code: string | undefined): DaybookError {
  if (code === "HPE_HEADER_OVERFLOW") return new DaybookError("headers-too-large");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new DaybookError("request-timeout");
  return new DaybookError("request-unreadable");
}

/** For the server's `clientError`: responds if it still can, and ends the connection. `base`: the public path, without a slash at its end. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex, base: string): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = connectionProblem(error.code);
  const document = problem.toProblem();
  const body = JSON.stringify({ ...document, type: base + document.type });
  const headers = {
    ...problemHeaders(problem),
    "content-length": String(Buffer.byteLength(body)),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${problem.status} ${statusTexts[problem.status] ?? "Error"}\r\n`;
  socket.end(`${status}${lines.join("")}\r\n${body}`, () => socket.destroy());
}
