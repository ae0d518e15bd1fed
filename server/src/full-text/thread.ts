/** The thread in which segments are made: it gets work, and returns blocks or the reason why there are none. */
import { parentPort } from "node:worker_threads";
import { type BuilderWork, work } from "./builder.ts";

parentPort?.on("message", (wanted: BuilderWork) => {
  try {
    parentPort?.postMessage({ blocks: work(wanted) });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
