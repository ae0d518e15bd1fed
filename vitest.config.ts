/** How the tests run: against the sources (no build in between), with one embedded PostgreSQL for all of them. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const library = (room: string): string => fileURLToPath(new URL(`./library/src/${room}`, import.meta.url));

/** They start and kill PostgreSQL, in folders of their own. */
const processes = "server/src/store/embedded/*.test.ts";

/** The longest first: one that begins last would keep everybody waiting. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      /\/(screens|crash|kills|conformance)\.test/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What both projects have. They don't extend the whole, because each would run the global set-up once more. */
const sources = {
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: {
    alias: [
      { find: /^daybook$/, replacement: library("index.ts") },
      { find: /^daybook\/(catalogue|importers|internal)$/, replacement: library("$1/index.ts") },
    ],
  },
} as const;
const every = {
  setupFiles: ["test/support/after-file.ts"],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  maxWorkers: 2,
};

export default defineConfig({
  ...sources,
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // `npm run coverage`; test/coverage has the floors
    coverage: {
      include: ["library/src/**/*.ts", "server/src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.*", "**/testing/**", "**/conformance.ts", "**/examples.tsx", "**/*.d.ts"],
      reporter: ["json-summary", "html"],
    },
    projects: [
      {
        ...sources,
        test: {
          ...every,
          name: "rooms",
          include: ["library/src/**/*.test.ts", "server/src/**/*.test.{ts,tsx}"],
          exclude: [processes],
          // the files of a worker share what they import, which took longer than many of the tests
          isolate: false,
        },
      },
      { ...sources, test: { ...every, name: "whole", include: ["test/**/*.test.ts", processes] } },
    ],
  },
});
