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

/** The results of statements that are sent together; the first failure, when all have ended. */
export async function together<Results extends unknown[]>(
  sent: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  for (const one of await Promise.allSettled(sent)) if (one.status === "rejected") throw one.reason;
  return Promise.all(sent) as Promise<Results>;
}

/** Call it before a statement is sent. */
export function sendTogether(client: ClientBase): void {
  const { stream } = (client as unknown as Connected).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
