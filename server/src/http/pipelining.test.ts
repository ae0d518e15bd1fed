/** Requests on one connection that don't wait for responses: how many are read, and that each is answered. */
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { fastify } from "fastify";
import { expect, test, vi } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { addPipelining } from "./pipelining.ts";

const body = `"${"x".repeat(15_000)}"`;
const request = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const count = 400;

test("a client that sends many without waiting has few in progress, and gets all its responses in order", async () => {
  const app = fastify();
  addPipelining(app);
  const waiting: (() => void)[] = [];
  let begun = 0;
  // before the body is read, as a caller is authenticated
  app.addHook("onRequest", () => {
    begun++;
    return begun > count ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve));
  });
  app.post("/", async () => String(begun));
  afterwards(() => app.close());
  await app.listen({ port: 0, host: "127.0.0.1" });
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  afterwards(() => socket.destroy());
  await once(socket, "connect");
  let answers = "";
  socket.on("data", (piece) => {
    answers += piece;
  });
  for (let n = 0; n < count; n++) socket.write(request);
  await vi.waitFor(() => expect(begun).toBeGreaterThan(16));
  await new Promise((resolve) => setTimeout(resolve, 300));
  // what came in one piece with the last one
  expect(begun).toBeLessThan(16 + 8);
  const answered = (): number => answers.split("HTTP/1.1 200").length - 1;
  await vi.waitFor(
    () => {
      for (const goOn of waiting.splice(0)) goOn();
      expect(answered()).toBe(count);
    },
    { timeout: 20_000, interval: 5 },
  );
  expect(begun).toBe(count);
}, 30_000);
