/**
 * `npm run bench:mixed [-- --minutes 60] [--events 100] [--svg FILE] [--json FILE]` Runs a server under mixed load: it records `--events` a
 * second, reads pages, searches, opens and drops follows, downloads CSV, and samples memory, handles and the backlog of the index. `--svg`
 * makes a plot of these. It fails if something that should stay flat grows. Reads /proc, so it runs on Linux.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startBuild } from "../beside/builds.ts";
import { setUp } from "../beside/set-up.ts";
import { tableOf } from "../figures.ts";
import { startLoad } from "./load.ts";
import { plot } from "./plot.ts";
import { sampler } from "./samples.ts";
import { verdicts } from "./verdicts.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    events: { type: "string", default: "100" },
    svg: { type: "string" },
    json: { type: "string" },
  },
});
const minutes = Number(values.minutes);
const eventsPerSecond = Number(values.events);
if (!(minutes >= 1) || !(eventsPerSecond >= 1)) throw new Error("--minutes and --events take numbers from 1");

const folder = await mkdtemp(join(tmpdir(), "daybook-mixed-"));
try {
  const build = await startBuild(folder, join(import.meta.dirname, "../.."));
  const load = startLoad({ url: build.url, cookie: await setUp(build), eventsPerSecond });
  const sample = sampler(build);
  const end = performance.now() + minutes * 60_000;
  const samples = [];
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, minutes * 1_000)));
    samples.push(await sample());
    if (samples.length % 30 === 0) console.error(JSON.stringify(samples.at(-1)));
  }
  const done = await load.stop();
  await build.stop();
  console.log(
    Object.entries(done)
      .map(([what, count]) => `${what}: ${count.toLocaleString("en")}`)
      .join(", "),
  );
  const found = verdicts(samples, done);
  console.log(tableOf(found));
  if (found.some(({ met }) => !met)) process.exitCode = 1;
  if (values.json) await writeFile(values.json, JSON.stringify({ done, samples }));
  if (values.svg) await writeFile(values.svg, plot(samples));
} finally {
  await rm(folder, { recursive: true, force: true });
}
