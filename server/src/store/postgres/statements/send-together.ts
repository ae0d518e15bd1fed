/**
 * What a connection is given in one turn of the event loop goes out in one write. A write costs more than most statements, because it
 * also wakes the server; and the server works on what has arrived without pausing for the rest.
 */
import type { Writable } from "node:stream";
import type { ClientBase } from "pg";

/** The stream of a connection, which the published types lack. */
interface Connected {
  readonly connection: { readonly stream: Writable };
}

/** Call it before a statement is sent. */
export function sendTogether(client: ClientBase): void {
  const { stream } = (client as unknown as Connected).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
