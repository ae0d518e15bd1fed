/** The tests for mutants: those beside the sources, in all folders below the pages and the routes. */
import { join } from "node:path";
import { readSources } from "../house/house.ts";

const folders =
  /^(library\/src\/(event|ledger)|server\/src\/(log|store\/(contract|postgres)|access|api-clients|denials|event-types|export|followers|full-text|integrity|jobs|people|search|sign-in|tokens))\//;

/** Their paths below a root, from the root of the disk. */
export const testFilesOfMutants = (root: string): string[] =>
  readSources(root)
    .filter(({ path }) => folders.test(path) && path.endsWith(".test.ts"))
    .map(({ path }) => join(root, path));
