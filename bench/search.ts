/**
 * Measures searches over HTTP, each until its page of 25 is full or the log is exhausted: words, against the bare SELECT with a GIN index
 * over the same words, and each kind of filter. The bare index has no days and no organizations, like a simple implementation.
 */
import pg from "pg";
import { seeded } from "../test/support/seeded.ts";
import { type Figure, median, percentile } from "./figures.ts";
import { measureHistogram } from "./histogram.ts";
import { compareCounts } from "./sampled-words.ts";
import { filterKinds, type SearchKind, type SearchSubjects, wordKinds } from "./searches.ts";
import { inOrganization, type ServedLog, searchUntilFull } from "./served-log.ts";
import { measureOffers } from "./suggestions.ts";

export interface SearchOptions extends ServedLog {
  readonly actors: number;
  readonly apis: number;
  readonly events: number;
}

/** Half a minute of slow queries is as informative as two hundred of them. */
const isEnough = (times: readonly number[], begun: number): boolean =>
  times.length >= 20 && performance.now() - begun > 30_000;

async function makeBareIndex(client: pg.Client, organization: string): Promise<void> {
  await client.query("DROP TABLE IF EXISTS bench_words");
  await client.query(
    `CREATE TABLE bench_words AS SELECT occurred_at, seq, organization_id, log_no, to_tsvector('simple',
      concat_ws(' ', type, actor, actor_personal, targets, targets_personal, changes, data, data_personal, reason)) AS words
    FROM event WHERE organization_id = (SELECT organization_id FROM organization WHERE slug = '${organization}')`,
  );
  await client.query("SET maintenance_work_mem = '512MB'");
  await client.query("CREATE INDEX ON bench_words USING gin (words)");
  await client.query("VACUUM ANALYZE");
}

const bareSelect = `SELECT e.* FROM (SELECT * FROM bench_words w WHERE w.words @@ $1::tsquery
    ORDER BY w.occurred_at DESC, w.seq DESC LIMIT 25) w
  JOIN event e ON e.organization_id = w.organization_id AND e.log_no = w.log_no AND e.seq = w.seq`;

/** A row for each kind of word and of filter, one for the counts of words, and one for a histogram. */
export async function measureSearch(options: SearchOptions): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  await makeBareIndex(client, options.organization);
  const found = await client.query<{ digest: string; request: string }>({
    text: `SELECT data::json ->> 'digest' AS digest, context::json ->> 'requestId' AS request
      FROM event WHERE ${inOrganization} AND type = 'API_SAVED' ORDER BY leaf_hash LIMIT 200`,
    values: [options.organization],
  });
  const subjects = {
    ...{ ...options, client },
    digests: found.rows.map(({ digest }) => digest),
    requests: found.rows.map(({ request }) => request),
  };
  for (const kind of [...wordKinds, ...filterKinds]) await warmUp(kind, subjects);
  const figures: Figure[] = [];
  for (const kind of wordKinds) figures.push(await measureKind(`free text, ${kind.name}`, kind, subjects));
  await client.query("DROP TABLE bench_words");
  for (const kind of filterKinds) figures.push(await measureKind(`search ${kind.name}`, kind, subjects));
  await client.end();
  figures.push(...(await measureOffers(options)));
  return [...figures, await compareCounts(options), await measureHistogram(options)];
}

type Subjects = SearchOptions & SearchSubjects & { readonly client: pg.Client };

/** Asks a kind without measuring: a server that has just started is slower. */
async function warmUp(kind: SearchKind, subjects: Subjects): Promise<void> {
  const random = seeded(8);
  for (let n = 0; n < 50; n++) await searchUntilFull(subjects, kind.ask(random, subjects).query);
}

/** Asks some 200 questions of a kind over HTTP, and a tenth of them of the bare index. */
async function measureKind(what: string, kind: SearchKind, subjects: Subjects): Promise<Figure> {
  const random = seeded(7);
  const [http, bare]: [number[], number[]] = [[], []];
  let mostRequests = 0;
  const begun = performance.now();
  for (let n = -10; n < 200 && !isEnough(http, begun); n++) {
    const { query, bare: wanted } = kind.ask(random, subjects);
    const startedAt = performance.now();
    const requests = await searchUntilFull(subjects, query);
    const answered = performance.now();
    // slow queries of the yardstick are repeated less often
    const isCompared = wanted !== undefined && (n < 0 || n % 10 === 0);
    if (isCompared) await subjects.client.query({ name: kind.name, text: bareSelect, values: [wanted] });
    if (n < 0) continue;
    http.push(answered - startedAt);
    mostRequests = Math.max(mostRequests, requests);
    if (isCompared) bare.push(performance.now() - answered);
  }
  const p99 = percentile(http, 0.99);
  const yardstick = bare.length === 0 ? undefined : percentile(bare, 0.99);
  return {
    what: `${what}, ${subjects.events.toLocaleString("en")} events`,
    measured: `p50 ${median(http).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, at most ${mostRequests} ${mostRequests === 1 ? "request" : "requests"}`,
    yardstick:
      yardstick === undefined
        ? "-"
        : `bare SELECT with GIN: p50 ${median(bare).toFixed(1)} ms, p99 ${yardstick.toFixed(1)} ms`,
    ratio: yardstick === undefined ? null : p99 / yardstick,
    goal: "p99 <= 50 ms",
    met: p99 <= 50,
  };
}
