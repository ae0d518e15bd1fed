/** Whether the server can listen, before anything is made: a port in use, a free one, an address of another machine. */
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { demandPort } from "./listening.ts";

const inUse = async <T>(work: (port: number) => Promise<T>): Promise<T> => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  try {
    return await work((other.address() as { port: number }).port);
  } finally {
    other.close();
  }
};

test("a port in use is refused with what to do, and is free again after it was tried", async () => {
  const port = await inUse(async (port) => {
    await expect(demandPort({ host: "127.0.0.1", port })).rejects.toMatchObject({
      code: "config-invalid",
      message: `The port ${port} of 127.0.0.1 is in use.`,
      remedy: "Stop the program that uses it, or choose another port: set PORT, or give --port.",
    });
    return port;
  });
  await demandPort({ host: "127.0.0.1", port });
  await demandPort({ host: "127.0.0.1", port });
});

test("an address that the machine doesn't have is refused", async () => {
  await expect(demandPort({ host: "192.0.2.1", port: 4400 })).rejects.toThrow(
    "This machine has no address 192.0.2.1.",
  );
});
