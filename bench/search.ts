/**
 * Measures free text over HTTP against the bare SELECT with a GIN index over the same words, histograms, and the cost of indexing for
 * ingest. The bare index has no days and no organizations, like a simple implementation.
 */
import type { EventInput } from "daybook";
import pg from "pg";
import { seeded } from "../test/support/seeded.ts";
import { operatorToken } from "../test/support/server-process.ts";
import { type Figure, median, percentile } from "./figures.ts";
import { postEvents } from "./load.ts";

export interface SearchOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly apis: number;
  readonly events: number;
}

interface Kind {
  readonly name: string;
  /** The words, and the tsquery that finds them in the bare index. */
  readonly ask: (random: () => number, digests: readonly string[]) => { q: string; bare: string };
}

const kindsOf = ({ apis }: SearchOptions): Kind[] => [
  {
    name: "a word of one event",
    ask: (random, digests) => {
      const digest = (digests[Math.floor(random() * digests.length)] as string).slice(0, 40);
      return { q: digest, bare: `'${digest}':*` };
    },
  },
  {
    name: "a rare word",
    ask: (random) => {
      const n = Math.floor(random() * apis);
      return { q: `service-${n}`, bare: `'service' <-> '-${n}' | 'service-${n}':*` };
    },
  },
  { name: "a common word", ask: () => ({ q: "acme", bare: "'acme':*" }) },
  { name: "a word of every event", ask: () => ({ q: "person", bare: "'person':*" }) },
  {
    name: "two common words that never meet",
    ask: () => ({ q: "acme sandbox", bare: "'acme':* & 'sandbox':*" }),
  },
  { name: "a word of no event", ask: () => ({ q: "nobody", bare: "'nobody':*" }) },
];

/** Half a minute of slow queries is as informative as two hundred of them. */
const isEnough = (times: readonly number[], begun: number): boolean =>
  times.length >= 20 && performance.now() - begun > 30_000;

const inOrganization = "organization_id = (SELECT organization_id FROM organization WHERE slug = $1)";

async function get(options: SearchOptions, path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${options.url}/v1/organizations/${options.organization}/events${path}`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** Waits until every event is indexed; seconds. */
export async function waitForFullText(options: Pick<SearchOptions, "connectionString">): Promise<number> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  const started = performance.now();
  // a build from before followers has a table of its own
  const older = await client.query<{ is: boolean }>("SELECT to_regclass('words_indexed') IS NOT NULL AS is");
  const progress = older.rows[0]!.is
    ? "words_indexed p ON p.organization_id = h.organization_id"
    : "follower p ON p.organization_id = h.organization_id AND p.name = 'full-text'";
  for (;;) {
    const { rows } = await client.query(
      `SELECT 1 FROM head h LEFT JOIN ${progress} WHERE h.size IS DISTINCT FROM p.next_seq LIMIT 1`,
    );
    if (rows.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await client.query("VACUUM ANALYZE event_words");
  await client.end();
  return (performance.now() - started) / 1000;
}

async function makeBareIndex(client: pg.Client, organization: string): Promise<void> {
  await client.query("DROP TABLE IF EXISTS bench_words");
  await client.query(
    `CREATE TABLE bench_words AS SELECT occurred_at, seq, organization_id, log_no, to_tsvector('simple',
      concat_ws(' ', type, actor, actor_personal, targets, targets_personal, changes, data, data_personal, reason)) AS words
    FROM event WHERE organization_id = (SELECT organization_id FROM organization WHERE slug = '${organization}')`,
  );
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query("CREATE INDEX ON bench_words USING gin (words)");
  await client.query("VACUUM ANALYZE bench_words");
}

const bareSelect = `SELECT e.* FROM (SELECT * FROM bench_words w WHERE w.words @@ $1::tsquery
    ORDER BY w.occurred_at DESC, w.seq DESC LIMIT 25) w
  JOIN event e ON e.organization_id = w.organization_id AND e.log_no = w.log_no AND e.seq = w.seq`;

/** A row for each kind of word, and one for a histogram. */
export async function measureSearch(options: SearchOptions): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  await makeBareIndex(client, options.organization);
  const found = await client.query<{ digest: string }>({
    text: `SELECT data::json ->> 'digest' AS digest FROM event WHERE ${inOrganization} AND type = 'API_SAVED'
      ORDER BY leaf_hash LIMIT 200`,
    values: [options.organization],
  });
  const digests = found.rows.map(({ digest }) => digest);
  const figures: Figure[] = [];
  for (const kind of kindsOf(options)) {
    const random = seeded(7);
    const [http, bare]: [number[], number[]] = [[], []];
    const begun = performance.now();
    for (let n = -10; n < 200 && !isEnough(http, begun); n++) {
      const { q, bare: wanted } = kind.ask(random, digests);
      const startedAt = performance.now();
      await get(options, `?limit=25&q=${encodeURIComponent(q)}`);
      const answered = performance.now();
      // slow queries of the yardstick are repeated less often
      if (n < 0 || n % 10 === 0) await client.query({ name: kind.name, text: bareSelect, values: [wanted] });
      if (n < 0) continue;
      http.push(answered - startedAt);
      if (n % 10 === 0) bare.push(performance.now() - answered);
    }
    figures.push(figureOf(`free text, ${kind.name}`, options.events, { http, bare }));
  }
  await client.query("DROP TABLE bench_words");
  figures.push(await measureHistogram(options, client));
  await client.end();
  return figures;
}

function figureOf(what: string, events: number, { http, bare }: { http: number[]; bare: number[] }): Figure {
  const [p99, yardstick] = [percentile(http, 0.99), percentile(bare, 0.99)];
  return {
    what: `${what}, ${events.toLocaleString("en")} events`,
    measured: `p50 ${median(http).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    yardstick: `bare SELECT with GIN: p50 ${median(bare).toFixed(1)} ms, p99 ${yardstick.toFixed(1)} ms`,
    ratio: p99 / yardstick,
    goal: "p99 <= 50 ms",
    met: p99 <= 50,
  };
}

async function measureHistogram(options: SearchOptions, client: pg.Client): Promise<Figure> {
  const [http, bare]: [number[], number[]] = [[], []];
  for (let n = -5; n < 100; n++) {
    const startedAt = performance.now();
    await get(options, "/histogram?zone=Europe/Berlin");
    const answered = performance.now();
    if (n >= 0) http.push(answered - startedAt);
    if (n % 10 !== 0) continue;
    await client.query({
      name: "histogram",
      text: `SELECT date_trunc('day', occurred_at AT TIME ZONE 'Europe/Berlin'), count(*) FROM event
        WHERE ${inOrganization} AND occurred_at >= now() - interval '30 days' GROUP BY 1`,
      values: [options.organization],
    });
    bare.push(performance.now() - answered);
  }
  const p99 = percentile(http, 0.99);
  return {
    what: `histogram of 30 days, ${options.events.toLocaleString("en")} events`,
    measured: `p50 ${median(http).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    yardstick: `bare GROUP BY: p99 ${percentile(bare, 0.99).toFixed(1)} ms`,
    ratio: p99 / percentile(bare, 0.99),
    goal: "<= 2",
    met: p99 / percentile(bare, 0.99) <= 2,
  };
}

export interface IndexingOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly next: () => EventInput;
}

/** Ingest while words are indexed, and while another process holds the organization's position; in turns. */
export async function measureIndexing(options: IndexingOptions): Promise<Figure> {
  const rates: Record<"with" | "without", number[]> = { with: [], without: [] };
  const run = async (): Promise<number> =>
    (await postEvents({ ...options, connections: 8, batch: 100, amount: { seconds: 6 } })).eventsPerSecond;
  await run();
  for (let turn = 0; turn < 4; turn++) {
    await waitForFullText(options);
    const holder = new pg.Client({ connectionString: options.connectionString });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM follower FOR UPDATE");
    rates.without.push(await run());
    await holder.end();
    await waitForFullText(options);
    rates.with.push(await run());
  }
  const ratio = median(rates.with.map((rate, turn) => rate / (rates.without[turn] as number)));
  return {
    what: "durable ingest while words are indexed",
    measured: `${Math.round(median(rates.with))} events/s`,
    yardstick: `without indexing: ${Math.round(median(rates.without))} events/s`,
    ratio,
    goal: ">= 0.8",
    met: ratio >= 0.8,
  };
}
