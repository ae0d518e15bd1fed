/** How the tests run: against the sources (no build in between), with one embedded PostgreSQL for all of them. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const library = (path: string): string => fileURLToPath(new URL(`./library/src/${path}`, import.meta.url));

/** Each in a process of its own: they start and kill PostgreSQL, or replace a module. */
const alone = ["server/src/store/embedded/*.test.ts", "test/operations/operations.test.ts"];

/** In this order: a process that files share ends when a file of another project is next. */
const projectNames = ["alone", "whole", "beside"];

/** Sorts files by project, and the longest ones first: a long file that starts last would delay the whole run. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const isLong = /\/(screens|crash|kills|conformance|access|secrets|packages)\.test/.test(moduleId);
      return 2 * projectNames.indexOf(project.name) + (isLong ? 0 : 1);
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** The options of every project. Projects don't extend the whole configuration, because each would run the global set-up again. */
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
  // only what hangs should end here, not what is slow beside other work
  testTimeout: 180_000,
  hookTimeout: 300_000,
  maxWorkers: 2,
};

/** The files of a process share what they import, which took longer than many of the tests. */
const shared = { isolate: false };
const besideSources = ["library/src/**/*.test.ts", "server/src/**/*.test.{ts,tsx}"];

export default defineConfig({
  ...sources,
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    maxWorkers: 2,
    // stopping the databases takes a while on a busy machine, and nothing should be left running
    teardownTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
    // `npm run coverage`; test/coverage has the floors
    coverage: {
      include: ["library/src/**/*.ts", "server/src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.*", "**/testing/**", "**/conformance.ts", "**/examples.tsx", "**/*.d.ts"],
      reporter: ["json-summary", "html"],
    },
    projects: [
      { ...sources, test: { ...every, name: "alone", include: alone } },
      {
        ...sources,
        test: { ...every, ...shared, name: "whole", include: ["test/**/*.test.ts"], exclude: alone },
      },
      { ...sources, test: { ...every, ...shared, name: "beside", include: besideSources, exclude: alone } },
    ],
  },
});
