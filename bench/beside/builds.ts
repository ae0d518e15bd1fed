/** The builds to compare: each serves from its own checkout, on its own PostgreSQL. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../../server/src/store/embedded/index.ts";
import { type PgBouncer, poolerAccount, startPgBouncer } from "../../test/support/pgbouncer.ts";
import { call, startServer } from "../../test/support/server-process.ts";
import { type Cpu, cpuClock, cpuOf } from "../cpu.ts";
import { type Figure, median } from "../figures.ts";

/** A build with its database, serving. */
export interface Build {
  readonly url: string;
  /** The process of the server. */
  readonly pid: number;
  readonly connectionString: string;
  /** CPU so far, microseconds. */
  cpu(): Cpu;
  /** The link that makes the first account: from its file, or printed by builds that had none. */
  setUpLink(): URL;
  stop(): Promise<void>;
}

/** Starts a build; `isPooled`: through PgBouncer in transaction mode, whose CPU counts as the database's. */
export async function startBuild(folder: string, checkout: string, isPooled = false): Promise<Build> {
  const database = await startEmbedded({ dataFolder: join(folder, "database"), log: () => {} });
  const pooler = isPooled ? await poolerOf(database.url) : undefined;
  const server = await startServer({
    dataFolder: join(folder, "data"),
    databaseUrl: pooler?.urlOf("daybook") ?? database.url,
    env: { DAYBOOK_LIMITS: "off" },
    checkout,
  });
  const clock = await cpuClock(server.child.pid!, database.url);
  for (const slug of ["batches", "singles"])
    await call(server.url, "POST", "/v1/organizations", { slug, name: slug });
  return {
    url: server.url,
    pid: server.child.pid!,
    connectionString: database.url,
    setUpLink: () => {
      const file = join(folder, "data", "set-up-link");
      const link = existsSync(file)
        ? readFileSync(file, "utf8")
        : /\S+\/set-up#\S+/.exec(server.output())?.[0];
      return new URL((link ?? "").trim());
    },
    cpu: () => {
      const { node, postgres } = clock();
      return { node, postgres: postgres + (pooler === undefined ? 0 : cpuOf(pooler.pid)) };
    },
    stop: async () => {
      await server.stop();
      await pooler?.stop();
      await database.stop();
    },
  };
}

/** PgBouncer in front of an embedded PostgreSQL, which lets in only the user of the server: the pooler's is another one. */
async function poolerOf(url: string): Promise<PgBouncer> {
  const client = new pg.Client(url.replace("user=daybook", "user=postgres"));
  await client.connect();
  const { rows } = await client.query<{ ident_file: string }>("SHOW ident_file");
  appendFileSync(rows[0]!.ident_file, `daybook ${poolerAccount().name} daybook\n`);
  await client.query("SELECT pg_reload_conf()");
  await client.end();
  return startPgBouncer(url, { mode: "transaction", size: 10 });
}

const total = (cost: Cpu): number => cost.node + cost.postgres;

const inWords = (costs: readonly Cpu[]): string =>
  `${Math.round(median(costs.map(total)))} us (Node ${Math.round(median(costs.map(({ node }) => node)))}, PostgreSQL ${Math.round(median(costs.map(({ postgres }) => postgres)))})`;

export interface Comparing {
  readonly what: string;
  readonly builds: readonly [ours: Build, theirs: Build];
  readonly rounds: number;
  /** Does the work of a round, and returns the number of units. */
  readonly work: (build: Build, round: number) => Promise<number>;
}

/**
 * Both builds do the same in turn; the first round is for warming up, and the order changes in each. The ratio is the median of the rounds.
 */
export async function compare({ what, builds, rounds, work }: Comparing): Promise<Figure> {
  const costs: Record<"ours" | "theirs", Cpu[]> = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    for (const which of order) {
      const build = builds[which === "ours" ? 0 : 1];
      const before = build.cpu();
      const units = await work(build, round);
      const after = build.cpu();
      const cost = {
        node: (after.node - before.node) / units,
        postgres: (after.postgres - before.postgres) / units,
      };
      if (round > 0) costs[which].push(cost);
      console.error(`${what}, round ${round}, ${which}: ${inWords([cost])}`);
    }
  }
  const ratio = median(costs.ours.map((cost, round) => total(cost) / total(costs.theirs[round]!)));
  return {
    what,
    measured: inWords(costs.ours),
    yardstick: `the other build: ${inWords(costs.theirs)}`,
    ratio,
    goal: "<= 1.05",
    met: ratio <= 1.05,
  };
}
