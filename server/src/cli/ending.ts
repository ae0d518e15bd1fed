/** The end of a command in the middle, by a signal or a bug: nothing that it started or began to write stays. */
import { stopDatabases } from "../open-database.ts";

const undone = new Set<() => void>();
let isInterrupted = false;

/** Undoes something if the process exits before the returned function is called. */
export function undoAtExit(undo: () => void): () => void {
  undone.add(undo);
  return () => undone.delete(undo);
}

/** Whether a signal ends the command: what fails because of it is not a failure to report. */
export const wasInterrupted = (): boolean => isInterrupted;

/** How long the embedded PostgreSQL can take to stop, in milliseconds; the next command adopts it otherwise. */
const stopMs = 20_000;

async function end(code: number): Promise<never> {
  for (const undo of undone) undo();
  const late = new Promise((resolve) => setTimeout(resolve, stopMs));
  await Promise.race([stopDatabases(), late]);
  process.exit(code);
}

/** From now on, SIGINT and SIGTERM end the process tidily, the second one immediately. */
export function endAtSignals(): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.on(signal, () => {
      for (const undo of undone) undo();
      if (isInterrupted) process.exit(code);
      isInterrupted = true;
      void end(code);
    });
  }
}

/** From now on, a bug that nothing catches is reported with `failure` and ends the process tidily. */
export function endAfterBugs(failure: (error: unknown) => void): void {
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error) => {
      if (!isInterrupted) failure(error);
      isInterrupted = true;
      void end(1);
    });
  }
}
