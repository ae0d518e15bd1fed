/**
 * Which folders the suites and the benches may import, through their fronts (index.ts, test helpers, the store's contract). A single file
 * is listed if a suite needs something that no front has. Anything that isn't listed is not allowed.
 */
export const suiteRules: Readonly<Record<string, readonly string[]>> = {
  // shared helpers: databases, server processes, providers; no suites
  "test/support": [
    "server/config",
    "server/api",
    "server/store/embedded",
    // a PostgreSQL of the machine is started and migrated the way that the embedded one is
    "server/src/store/embedded/account.ts",
    "server/src/store/embedded/process.ts",
    "server/src/store/embedded/run.ts",
    "server/src/store/postgres/schema/migrate.ts",
  ],
  test: [
    "test/support",
    "library/cli",
    "library/importers",
    "server/api",
    "server/config",
    "server/demo",
    "server/export",
    "server/open-services",
    "server/secrets",
    "server/store/testing",
    // the tables that the documents of importers and event types are checked against
    "library/src/importers/github/mappings.ts",
    "server/src/event-types/own-types.ts",
    // whether a process is alive
    "server/src/store/embedded/process.ts",
  ],
  "test/access": [
    "server/api",
    "server/secrets",
    "server/store",
    "server/store/testing",
    // the access table, which the matrix is made from
    "server/src/access/actions.ts",
  ],
  "test/browser": [
    "test/support",
    "server/api",
    "server/demo",
    "server/store",
    "server/store/testing",
    "server/web/testing",
  ],
  "test/coverage": ["test/house", "test/support"],
  "test/environments": [
    "test/support",
    // the programs of the embedded PostgreSQL, run as any other server
    "server/src/store/embedded/account.ts",
    "server/src/store/embedded/binaries.ts",
  ],
  "test/followers": [
    "test/support",
    "server/followers",
    "server/full-text",
    "server/integrity",
    "server/store",
    "server/store/postgres",
    "server/store/testing",
  ],
  "test/fuzz": ["test/support"],
  "test/house": [],
  "test/kills": ["test/support"],
  "test/mutants": ["test/house", "test/support", "vitest.config.ts"],
  "test/operations": [
    "test/support",
    "server/api",
    "server/config",
    "server/export",
    "server/integrity",
    "server/log",
    "server/operator-token",
    "server/secrets",
    "server/store",
    "server/store/postgres",
    "server/store/testing",
    // rows as the services make them, so that what is folded from the log can be compared with them
    "server/src/log/business-rows.ts",
    "server/src/search/recorded-event.ts",
    "server/src/sign-in/base/add-user.ts",
    "server/src/sign-in/base/ids.ts",
    "server/src/sign-in/base/people.ts",
    "server/src/sign-in/sessions/sessions.ts",
    "server/src/store/postgres/integrity/own-columns.ts",
  ],
  "test/planted-faults": ["test/support"],
  "test/recipes": ["test/support"],
  "test/second": [],
  "test/tamper": [
    "test/support",
    // how things are made at a server
    "test/operations",
    "server/api",
    "server/integrity",
    "server/store/postgres",
    "server/store/testing",
    "server/src/sign-in/base/add-user.ts",
    "server/src/sign-in/base/ids.ts",
    "server/src/sign-in/base/people.ts",
  ],
  "bench/beside": ["bench", "test/support", "server/store/embedded"],
  "bench/mixed": ["bench", "bench/beside", "test/support"],
  "bench/questions": ["bench", "test/support", "test/browser"],
  bench: [
    "bench/questions",
    "test/support",
    // where Chromium is
    "test/browser",
    "server/api",
    // what a word is
    "server/full-text",
    "server/store",
    "server/store/embedded",
    "server/store/postgres",
    "server/store/testing",
    // the index without events
    "server/src/search/full-text/find.ts",
    // rendering alone, of a build
    "server/dist/web/activity/breakdown.js",
    "server/dist/web/activity/content.js",
    "server/dist/web/activity/count.js",
    "server/dist/web/activity/question.js",
    "server/dist/web/activity/spread.js",
    "server/dist/web/app/send.js",
    "server/dist/web/event-card/types.js",
  ],
};

/** Type names that a package may declare more than once, each with its reason. At most five. */
export const typesAllowedTwice: readonly string[] = [];
