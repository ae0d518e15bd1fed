/** Measures the time until the server responds: the first start in an empty folder, and later ones; against initdb and start alone. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../server/src/store/embedded/index.ts";
import { startServer } from "../test/support/server-process.ts";
import { type Figure, median } from "./figures.ts";

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds until ready, first and later; the folder is the server's data folder. */
async function startTwice(dataFolder: string): Promise<{ first: number; later: number }> {
  let server: Awaited<ReturnType<typeof startServer>> | undefined;
  const start = async (): Promise<void> => {
    server = await startServer({ dataFolder });
  };
  const first = await timed(start);
  await server?.stop();
  const later = await timed(start);
  await server?.stop();
  return { first, later };
}

/** Milliseconds of initdb and start, and of a later start alone, without Daybook. */
async function startBare(dataFolder: string): Promise<{ first: number; later: number }> {
  let database: Awaited<ReturnType<typeof startEmbedded>> | undefined;
  const start = async (): Promise<void> => {
    database = await startEmbedded({ dataFolder, log: () => {} });
  };
  const first = await timed(start);
  await database?.stop();
  const later = await timed(start);
  await database?.stop();
  return { first, later };
}

const turns = 5;

export async function measureStartUp(): Promise<Figure[]> {
  const ours: { first: number; later: number }[] = [];
  const bare: { first: number; later: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const folder = await mkdtemp(join(tmpdir(), "daybook-start-"));
    ours.push(await startTwice(join(folder, "daybook")));
    bare.push(await startBare(join(folder, "bare")));
    await rm(folder, { recursive: true, force: true });
  }
  const row = (which: "first" | "later", goal: number): Figure => {
    const measured = median(ours.map((found) => found[which]));
    const yardstick = median(bare.map((found) => found[which]));
    return {
      what: which === "first" ? "ready to serve, first start" : "ready to serve, later starts",
      measured: `${(measured / 1000).toFixed(2)} s`,
      yardstick: `${which === "first" ? "initdb and start" : "start"} of PostgreSQL alone: ${(yardstick / 1000).toFixed(2)} s`,
      ratio: measured / yardstick,
      goal: `ratio <= ${goal}`,
      met: measured / yardstick <= goal,
    };
  };
  return [row("first", 1.6), row("later", 4)];
}
