/**
 * `npm run bench -- [--events 500000] [--only ingest,organizations,indexing,authentication,pages,activity,search,csv,storage,questions,fsck,start]
 * [--json FILE] [--keep FOLDER] [--pictures FOLDER]` Measures every figure of docs/performance.md, each with its yardstick in the same run. The table goes to
 * stdout, progress to stderr. A log of five million events takes a quarter of an hour to fill: `--keep` leaves it in FOLDER, and a later run
 * with it measures there again (only the run that fills the log reports how pages grew).
 */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "../server/src/store/embedded/index.ts";
import { call, startServer } from "../test/support/server-process.ts";
import { measureActivityPage } from "./activity-page.ts";
import { measureAuthentication } from "./authentication.ts";
import { cpuClock } from "./cpu.ts";
import { measureCsv } from "./csv.ts";
import { eventMaker } from "./events.ts";
import { type Figure, tableOf } from "./figures.ts";
import { measureFsck } from "./fsck.ts";
import { measureIndexing, waitForFullText } from "./indexing.ts";
import { measureIngest, measureSingles } from "./ingest.ts";
import { postEvents } from "./load.ts";
import { measureOrganizations } from "./organizations.ts";
import { measurePages, type PagesOptions, type PageTimes, pageFigures } from "./pages.ts";
import { measureQuestions } from "./questions/answers.ts";
import { measureSearch } from "./search.ts";
import { measureStartUp } from "./start-up.ts";
import { measureStorage } from "./storage.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "500000" },
    only: { type: "string" },
    json: { type: "string" },
    keep: { type: "string" },
    pictures: { type: "string" },
  },
});
const total = Number(values.events);
if (!Number.isInteger(total) || total < 100_000) throw new Error("--events takes a whole number from 100000");
const only = values.only?.split(",");
const wanted = (name: string): boolean => !only || only.includes(name);
const say = (line: string): void => console.error(line);

if (values.keep) await mkdir(values.keep, { recursive: true });
const folder = values.keep ?? (await mkdtemp(join(tmpdir(), "daybook-bench-")));
const database = await startEmbedded({ dataFolder: join(folder, "database"), log: () => {} });
const connectionString = database.url;
// as `npm start` and the container run it
const env = { DAYBOOK_LIMITS: "off", NODE_OPTIONS: "--max-semi-space-size=64" };
const server = await startServer({ dataFolder: join(folder, "data"), databaseUrl: connectionString, env });
const cpu = await cpuClock(server.child.pid!, connectionString);
const actors = 500;
const apis = 2000;
const figures: Figure[] = [];

async function fill(organization: string, count: number, days: number, seed: number): Promise<void> {
  const next = eventMaker(seed, { actors, apis, days, now: Date.now() });
  for (let done = 0; done < count; done += 50_000) {
    await postEvents({
      url: server.url,
      organization,
      connections: 8,
      batch: 500,
      amount: { events: Math.min(50_000, count - done) },
      next,
    });
    say(`${organization}: ${Math.min(done + 50_000, count)} of ${count} events`);
  }
}

/**
 * Fills the organization "pages"; returns the measurements of its pages at 100,000 events, or undefined if an earlier run filled it,
 * because times of another day can't be compared.
 */
async function filled(options: PagesOptions): Promise<PageTimes | undefined> {
  const mark = join(folder, `filled-with-${total}`);
  if (existsSync(mark)) return undefined;
  await call(server.url, "POST", "/v1/organizations", { slug: "pages", name: "Pages" });
  await fill("pages", 100_000, 85, 2);
  await waitForFullText(options);
  const small = await measurePages(options);
  await fill("pages", total - 100_000, 85, 3);
  say(`words are indexed ${(await waitForFullText(options)).toFixed(0)} s after the last event`);
  await writeFile(mark, "");
  return small;
}

try {
  if (wanted("ingest")) {
    await call(server.url, "POST", "/v1/organizations", { slug: "ingest", name: "Ingest" });
    const next = eventMaker(1, { actors, apis, days: 0, now: Date.now() });
    const options = { url: server.url, connectionString, organization: "ingest", next, cpu };
    figures.push(...(await measureIngest(options)), await measureSingles(options));
  }
  if (wanted("organizations")) {
    const next = eventMaker(6, { actors, apis, days: 0, now: Date.now() });
    figures.push(...(await measureOrganizations({ url: server.url, connectionString, next, cpu })));
  }
  if (wanted("indexing")) {
    await call(server.url, "POST", "/v1/organizations", { slug: "indexing", name: "Indexing" });
    const next = eventMaker(5, { actors, apis, days: 0, now: Date.now() });
    figures.push(
      await measureIndexing({ url: server.url, connectionString, organization: "indexing", next }),
    );
  }
  if (wanted("authentication")) {
    await call(server.url, "POST", "/v1/organizations", { slug: "tokens", name: "Tokens" });
    const next = eventMaker(4, { actors, apis, days: 0, now: Date.now() });
    figures.push(...(await measureAuthentication({ url: server.url, organization: "tokens", next })));
  }
  if (["pages", "activity", "search", "csv", "storage", "questions"].some(wanted)) {
    const options = { url: server.url, connectionString, organization: "pages", actors, apis };
    const small = await filled(options);
    if (wanted("storage")) figures.push(await measureStorage(options));
    if (wanted("pages")) figures.push(...pageFigures(await measurePages(options), total, small));
    if (wanted("activity"))
      figures.push(...(await measureActivityPage({ server, organization: "pages", events: total })));
    if (wanted("search")) figures.push(...(await measureSearch({ ...options, events: total })));
    if (wanted("questions"))
      figures.push(...(await measureQuestions({ ...options, events: total, pictures: values.pictures })));
    if (wanted("csv"))
      figures.push(await measureCsv({ server, connectionString, organization: "pages", cpu }));
  }
  if (wanted("fsck")) figures.push(await measureFsck({ connectionString, dataFolder: join(folder, "data") }));
} catch (error) {
  // printed before the cleanup, which ends all connections to the database
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  await database.stop();
  if (!values.keep) await rm(folder, { recursive: true, force: true });
}
if (wanted("start")) figures.push(...(await measureStartUp()));

console.log(
  `${total.toLocaleString("en")} events, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}\n`,
);
console.log(tableOf(figures));
if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
