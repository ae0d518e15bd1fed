/**
 * A proxy in front of a PostgreSQL that can fall silent, like a network that drops packets or a server that is frozen: connections stay
 * open, new ones are accepted, and no byte passes any more.
 */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";

export interface SilentProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /** From now on, no byte passes. */
  silence(): void;
  /** What was held back passes, and everything after it. */
  resume(): void;
  close(): void;
}

/** Opens a proxy to a database with a socket. */
export async function openSilentProxy(databaseUrl: string): Promise<SilentProxy> {
  const target = new URL(databaseUrl.replace("postgresql:///", "postgresql://x/"));
  const { searchParams, pathname } = target;
  const path = join(searchParams.get("host") ?? "", `.s.PGSQL.${searchParams.get("port") ?? "5432"}`);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(path);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isSilent) from.pause();
      from.on("data", (bytes) => to.write(bytes));
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        // a silent network doesn't tell the other side
        if (!isSilent) to.destroy();
      });
      if (isSilent) from.pause();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const user = searchParams.get("user") ?? "daybook";
  return {
    url: `postgresql://${user}@127.0.0.1:${address.port}${pathname}`,
    silence: () => {
      isSilent = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      isSilent = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
