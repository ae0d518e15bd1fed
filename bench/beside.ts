/**
 * `npm run bench:beside -- FOLDER [--rounds 5] [--events 20000]`
 * What recording costs beside another build, in CPU time: FOLDER is a checkout of it, installed and built. Both builds get the same
 * events in turn, each into a PostgreSQL of its own, and each turn ends when its words are indexed. Reads /proc, so it runs on Linux.
 */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { startEmbedded } from "../server/src/store/embedded/index.ts";
import { call, startServer } from "../test/support/server-process.ts";
import { eventMaker } from "./events.ts";
import { type Figure, median, tableOf } from "./figures.ts";
import { postEvents } from "./load.ts";
import { waitForFullText } from "./search.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" }, events: { type: "string", default: "20000" } },
});
const other = positionals[0];
if (other === undefined) throw new Error("Name the folder of the other build, installed and built.");
const rounds = Number(values.rounds);
const events = Number(values.events);

/** Kernel ticks are hundredths of a second on every Linux that Node runs on. */
const microsPerTick = 10_000;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  /** Of children that ended. */
  readonly endedTicks: number;
}

function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the second field is a name in brackets that may hold spaces
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    );
    return { pid, parent: parent!, ticks: user! + system!, endedTicks: endedUser! + endedSystem! };
  } catch {
    return undefined; // it has just ended
  }
}

/** Microseconds of CPU of one process, or with all that descend from it. */
const cpuOf = (pid: number): number => (processOf(pid)?.ticks ?? 0) * microsPerTick;

function cpuOfTree(pid: number): number {
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (processOf(Number(name)) ?? []) : [],
  );
  const within = (at: Process): number =>
    at.ticks +
    at.endedTicks +
    all.filter(({ parent }) => parent === at.pid).reduce((sum, each) => sum + within(each), 0);
  const root = all.find((each) => each.pid === pid);
  return root === undefined ? 0 : within(root) * microsPerTick;
}

/** A build with its database, serving. */
interface Build {
  readonly url: string;
  readonly connectionString: string;
  /** CPU so far, microseconds. */
  cpu(): { node: number; postgres: number };
  stop(): Promise<void>;
}

async function start(folder: string, checkout: string): Promise<Build> {
  const database = await startEmbedded({ dataFolder: join(folder, "database"), log: () => {} });
  const server = await startServer({
    dataFolder: join(folder, "data"),
    databaseUrl: database.url,
    env: { DAYBOOK_LIMITS: "off" },
    checkout,
  });
  const client = new pg.Client(database.url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const postmaster = processOf(rows[0]!.pid)!.parent;
  await client.end();
  for (const slug of ["batches", "singles"])
    await call(server.url, "POST", "/v1/organizations", { slug, name: slug });
  return {
    url: server.url,
    connectionString: database.url,
    cpu: () => ({ node: cpuOf(server.child.pid!), postgres: cpuOfTree(postmaster) }),
    stop: async () => {
      await server.stop();
      await database.stop();
    },
  };
}

interface EventCost {
  readonly node: number;
  readonly postgres: number;
}
interface Turn {
  readonly organization: "batches" | "singles";
  readonly seed: number;
  readonly events: number;
}

/** CPU microseconds for each event. */
async function costOf(build: Build, { organization, seed, events }: Turn): Promise<EventCost> {
  const next = eventMaker(seed, { actors: 500, apis: 2000, days: 0, now: Date.now() });
  const load = organization === "batches" ? { connections: 8, batch: 100 } : { connections: 64, batch: 1 };
  const before = build.cpu();
  const result = await postEvents({ url: build.url, organization, ...load, amount: { events }, next });
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
  await waitForFullText(build);
  const after = build.cpu();
  return { node: (after.node - before.node) / events, postgres: (after.postgres - before.postgres) / events };
}

const total = (cost: EventCost): number => cost.node + cost.postgres;
const costsInWords = (costs: readonly EventCost[]): string =>
  `${Math.round(median(costs.map(total)))} us (Node ${Math.round(median(costs.map(({ node }) => node)))}, PostgreSQL ${Math.round(median(costs.map(({ postgres }) => postgres)))})`;

async function compare(ours: Build, theirs: Build, organization: Turn["organization"]): Promise<Figure> {
  const costs: { ours: EventCost[]; theirs: EventCost[] } = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round++) {
    const turn = { organization, seed: 10 + round, events: organization === "batches" ? events : events / 4 };
    // who begins changes with each round; the first one warms up
    const order = round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    for (const which of order) {
      const cost = await costOf(which === "ours" ? ours : theirs, turn);
      if (round > 0) costs[which].push(cost);
      console.error(`${organization}, round ${round}, ${which}: ${costsInWords([cost])}`);
    }
  }
  const ratio = median(costs.ours.map((cost, round) => total(cost) / total(costs.theirs[round]!)));
  return {
    what:
      organization === "batches"
        ? "CPU an event, batches of 100, 8 in flight, words indexed"
        : "CPU an event, singles, 64 in flight, words indexed",
    measured: costsInWords(costs.ours),
    yardstick: `the other build: ${costsInWords(costs.theirs)}`,
    ratio,
    goal: "<= 1.05",
    met: ratio <= 1.05,
  };
}

const folder = await mkdtemp(join(tmpdir(), "daybook-beside-"));
const here = resolve(import.meta.dirname, "..");
const builds: Build[] = [];
try {
  for (const [name, checkout] of [
    ["ours", here],
    ["theirs", resolve(other)],
  ] as const)
    builds.push(await start(join(folder, name), checkout));
  const [ours, theirs] = builds as [Build, Build];
  console.log(tableOf([await compare(ours, theirs, "batches"), await compare(ours, theirs, "singles")]));
} finally {
  for (const build of builds) await build.stop();
  await rm(folder, { recursive: true, force: true });
}
