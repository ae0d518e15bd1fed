/** How the tests run: against the sources (no build in between), with one embedded PostgreSQL for all of them. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const library = (room: string): string => fileURLToPath(new URL(`./library/src/${room}`, import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    alias: [
      { find: /^daybook$/, replacement: library("index.ts") },
      { find: /^daybook\/(\w+)$/, replacement: library("$1/index.ts") },
    ],
  },
  test: {
    globalSetup: ["test/global-setup.ts"],
    setupFiles: ["test/databases-to-drop.ts"],
    include: ["library/src/**/*.test.ts", "server/src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // some wait for processes and clocks while others compute
    maxWorkers: 3,
  },
});
