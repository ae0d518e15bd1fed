/**
 * Stopping a server within its time, whatever hangs: first the requests in progress, then the services, then the connections to the
 * database. Nothing is lost: what was acknowledged is stored, and clients send the rest again with the same ids.
 */
import type { FastifyInstance } from "fastify";
import type { OpenServices } from "./open-services.ts";

/** What stops. `ms`: the time for all of it. */
export interface StoppingServer {
  readonly app: Pick<FastifyInstance, "close" | "server" | "inFlight">;
  readonly services: Pick<OpenServices, "close" | "abandon">;
  readonly ms: number;
}

/** The parts of the time after which requests without a response get one, connections are cut, and services are no longer awaited. */
const parts = { answered: 0.5, cut: 0.6, left: 0.9 } as const;

/** Stops it; resolves with a sentence about what had to be left unfinished. */
export async function stop({ app, services, ms }: StoppingServer): Promise<string | undefined> {
  const began = performance.now();
  const answering = setTimeout(() => app.inFlight.answerAll(), ms * parts.answered);
  const cutting = setTimeout(() => app.server.closeAllConnections(), ms * parts.cut);
  await app.close();
  clearTimeout(answering);
  clearTimeout(cutting);
  if (await isDone(services.close(), ms * parts.left - (performance.now() - began))) return undefined;
  services.abandon();
  return `Its database did not finish within ${ms / 1_000} seconds. Nothing that was acknowledged is lost.`;
}

/** Whether work ends within that time; it may fail. */
async function isDone(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  // a failure after the time is ignored
  const done = work.then(
    () => true,
    () => true,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
