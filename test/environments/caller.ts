/** A caller of the API by curl, which speaks HTTP/2 and TLS with a private authority, as callers behind a proxy do. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { operatorToken } from "../support/server-process.ts";

const run = promisify(execFile);

/** A response: its status line and headers, and its body. */
export interface CurlResponse {
  readonly head: string;
  readonly body: string;
}

type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<CurlResponse>;

const always = (authority: string | undefined): string[] => [
  "--silent",
  "--show-error",
  "--header",
  `authorization: Bearer ${operatorToken}`,
  ...(authority === undefined ? [] : ["--cacert", authority]),
];

/** Asks the server at an address, as the operator. */
export const askAt =
  (url: string, authority?: string): Ask =>
  async (method, path, body, headers = {}) => {
    const sent = body === undefined ? {} : { ...headers, "content-type": "application/json" };
    const named = Object.entries(sent).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
    const data = body === undefined ? [] : ["--data-binary", JSON.stringify(body)];
    const rest = ["--include", "--request", method, ...named, ...data, url + path];
    const { stdout } = await run("curl", [...always(authority), ...rest]);
    const end = stdout.indexOf("\r\n\r\n") + 2;
    return { head: stdout.slice(0, end), body: stdout.slice(end + 2) };
  };

/** Follows a log as a stream of server-sent events. */
export function followAt(
  url: string,
  path: string,
  authority?: string,
): { until(text: string): Promise<void>; end(): Promise<void> } {
  const rest = ["--no-buffer", "--max-time", "60", "--header", "accept: text/event-stream", url + path];
  const child = spawn("curl", [...always(authority), ...rest], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let received = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (received += piece));
  return {
    async until(text) {
      while (!received.includes(text)) {
        if (child.exitCode !== null) throw new Error(`the follower received only: ${received}`);
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
    async end() {
      child.kill();
      await ended;
    },
  };
}
