/** Whether the server can listen where its configuration says, asked before anything is made; and why not, in a sentence. */
import { createServer } from "node:net";
import { DaybookError } from "daybook/internal";
import type { Config } from "./config/index.ts";

type ListeningPlace = Pick<Config, "host" | "port">;

/**
 * Listens for a moment, so that a start that must fail makes no database first.
 * @throws DaybookError `config-invalid`
 */
export async function demandPort({ host, port }: ListeningPlace): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen({ host, port }, resolve);
    });
  } catch (error) {
    throw cannotListen(error, { host, port });
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Why the server can't listen there. */
export function cannotListen(error: unknown, { host, port }: ListeningPlace): unknown {
  const sentences: Record<string, [string, string]> = {
    EADDRINUSE: [
      `The port ${port} of ${host} is in use.`,
      "Stop the program that uses it, or choose another port: set PORT, or give --port.",
    ],
    EACCES: [`Listening on the port ${port} is not allowed for this user.`, "Set PORT to 1024 or higher."],
    EADDRNOTAVAIL: [`This machine has no address ${host}.`, "Set HOST to one of its addresses."],
    ENOTFOUND: [`There is no host named '${host}'.`, "Set HOST to an address of this machine."],
  };
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ""];
  return sentence
    ? new DaybookError("config-invalid", { detail: sentence[0], remedy: sentence[1], cause: error })
    : error;
}
