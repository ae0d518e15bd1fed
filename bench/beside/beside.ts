/**
 * `npm run bench:beside -- FOLDER [--rounds 5] [--events 20000] [--only recording|reading] [--pooler]` Compares the CPU time of recording and
 * reading with another build: FOLDER is a checkout of it, installed and built. Both builds do the same in turn, each with its own PostgreSQL.
 * With --pooler, this build works through PgBouncer in transaction mode; FOLDER can be `.`. Reads /proc, so it runs on Linux.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, tableOf } from "../figures.ts";
import { type Build, startBuild } from "./builds.ts";
import { compareReading } from "./reading.ts";
import { compareRecording } from "./recording.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    events: { type: "string", default: "20000" },
    only: { type: "string" },
    pooler: { type: "boolean", default: false },
  },
});
const other = positionals[0];
if (other === undefined) throw new Error("Name the folder of the other build, installed and built.");
const options = { rounds: Number(values.rounds), events: Number(values.events) };

const folder = await mkdtemp(join(tmpdir(), "daybook-beside-"));
const here = resolve(import.meta.dirname, "../..");
const running: Build[] = [];
try {
  running.push(await startBuild(join(folder, "ours"), here, values.pooler));
  running.push(await startBuild(join(folder, "theirs"), resolve(other)));
  const builds = running as [ours: Build, theirs: Build];
  const figures: Figure[] = [];
  if (values.only !== "reading") figures.push(...(await compareRecording({ builds, ...options })));
  if (values.only !== "recording") figures.push(...(await compareReading({ builds, ...options })));
  console.log(tableOf(figures));
} finally {
  for (const build of running) await build.stop();
  await rm(folder, { recursive: true, force: true });
}
