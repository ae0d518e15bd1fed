/** Runs for each test file, including those that share modules, because hooks can be added only while a file is loaded. */
import { afterAll, vi } from "vitest";
import { doAfterwards } from "./afterwards.ts";

afterAll(doAfterwards, 300_000);
// timers and globals that a file replaced would reach the next file of its process
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
