/** Runs for each file of tests, also where several share their modules: hooks can be added only while a file is read. */
import { afterAll } from "vitest";
import { doAfterwards } from "./afterwards.ts";

afterAll(doAfterwards, 60_000);
