/** Runs for each test file, including those that share modules, because hooks can be added only while a file is loaded. */
import { afterAll } from "vitest";
import { doAfterwards } from "./afterwards.ts";

afterAll(doAfterwards, 300_000);
