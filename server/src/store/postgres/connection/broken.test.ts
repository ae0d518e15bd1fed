/** A server that ends connections as soon as it opened them: the process goes on. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { afterwards } from "../../../../../test/support/afterwards.ts";
import { databaseOf } from "./database.ts";
import { openPool, type PoolUse } from "./lanes.ts";
import { openPools } from "./pools.ts";

/** A message of the server: its type, its length, and its content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const welcome = [message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))];
const goodbye = message(
  "E",
  Buffer.from("SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0"),
);

/** A server whose whole answer to each connection is this. */
async function answering(
  ...messages: readonly Buffer[]
): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on("error", () => {}).once("data", () => socket.end(Buffer.concat(messages)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://app@127.0.0.1:${port}/audit?sslmode=disable`,
    connections: () => connections,
  };
}

const use = (isPooled: boolean): PoolUse => ({
  roles: { runtime: "app_runtime", reader: "app_reader", schema: "public", readerSchema: "public_reader" },
  isPooled,
  prepares: false,
});

test("the error of a connection that the server ends as soon as it opened it doesn't end the process", async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on("uncaughtException", note);
  afterwards(() => process.off("uncaughtException", note));
  const { url } = await answering(...welcome, goodbye);
  const pool = openPool(databaseOf(url), use(true), { connections: 1, statementTimeout: 1_000 });
  const client = await pool.connect();
  await expect(client.query("SELECT 1")).rejects.toThrow(/terminat|not queryable|connection/i);
  client.release(true);
  await pool.end();
  expect(uncaught).toEqual([]);
});

test("a new connection that a pooler passes on to a dead one is replaced once", async () => {
  const { url, connections } = await answering(...welcome, goodbye);
  const pools = openPools(databaseOf(url), use(true));
  await expect(pools.read((session) => session.rows({ text: "SELECT 1" }))).rejects.toMatchObject({
    failure: "unavailable",
  });
  expect(connections()).toBe(2);
  await pools.close();
});
