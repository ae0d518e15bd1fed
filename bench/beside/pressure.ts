/**
 * `npm run bench:pressure -- FOLDER [--seconds 20] [--only neighbours|bodies|page|followers]` Compares what a build does under pressure with another
 * one: FOLDER is a checkout of it, installed and built. Both take turns, each alone, with its own PostgreSQL. Reads /proc, so it runs on
 * Linux.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, tableOf } from "../figures.ts";
import { type Build, startBuild } from "./builds.ts";
import { measureFollowers } from "./followers.ts";
import { measureHeavyPage } from "./heavy-page.ts";
import { measureNeighbours } from "./neighbours.ts";
import { measureSlowBodies } from "./slow-bodies.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "20" }, only: { type: "string" } },
});
const other = positionals[0];
if (other === undefined) throw new Error("Name the folder of the other build, installed and built.");
const seconds = Number(values.seconds);

const measurements: Readonly<Record<string, (builds: Builds) => Promise<Figure[]>>> = {
  bodies: ([ours, theirs]) => measureSlowBodies(ours, theirs),
  page: ([ours, theirs]) => measureHeavyPage(ours, theirs),
  followers: ([ours, theirs]) => measureFollowers(ours, theirs),
  neighbours: ([ours, theirs]) => measureNeighbours(ours, theirs, { seconds }),
};

type Builds = readonly [ours: () => Promise<Build>, theirs: () => Promise<Build>];

const folder = await mkdtemp(join(tmpdir(), "daybook-pressure-"));
let started = 0;
/** A new process over a new database: what one measurement leaves behind does not affect the next. */
const starting = (checkout: string) => (): Promise<Build> =>
  startBuild(join(folder, String(started++)), checkout);
const builds: Builds = [starting(resolve(import.meta.dirname, "../..")), starting(resolve(other))];
try {
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(measurements))
    if (values.only === undefined || values.only === name) figures.push(...(await measure(builds)));
  console.log(tableOf(figures));
} finally {
  await rm(folder, { recursive: true, force: true });
}
