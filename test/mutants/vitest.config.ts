/** How tests run on mutants: one file after the other, each with modules of its own. */
import { defineConfig } from "vitest/config";
import whole from "../../vitest.config.ts";

export default defineConfig({
  ...whole,
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/mutants/setup.ts", "test/support/after-file.ts"],
    include: ["{library,server}/src/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    isolate: true,
  },
});
