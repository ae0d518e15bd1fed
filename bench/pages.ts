/** Measures pages of 25 over HTTP against the bare SELECT of the same rows, at two sizes of the log. */
import pg from "pg";
import { seeded } from "../test/support/seeded.ts";
import { operatorToken } from "../test/support/server-process.ts";
import { type Figure, percentile } from "./figures.ts";

export interface PagesOptions {
  readonly url: string;
  readonly connectionString: string;
  readonly organization: string;
  readonly actors: number;
  readonly apis: number;
}

interface PageKind {
  readonly name: string;
  /** The query string for one page, and the SELECT with its parameter. */
  readonly ask: (random: () => number) => { query: string; parameter: string | undefined };
  readonly sql: string;
}

const order = "ORDER BY e.occurred_at DESC, e.seq DESC, e.log_no DESC LIMIT 25";
const organization = "(SELECT organization_id FROM organization WHERE slug = $1)";

function kindsOf(options: PagesOptions): PageKind[] {
  const types = ["API_SAVED", "API_LIFECYCLE", "API_CLIENT_UPDATED", "NEW_TEAM_MEMBER"];
  const plain = (condition: string): string =>
    `SELECT e.* FROM event e WHERE e.organization_id = ${organization} ${condition} ${order}`;
  return [
    { name: "newest", ask: () => ({ query: "", parameter: undefined }), sql: plain("") },
    {
      name: "by type",
      ask: (random) => {
        const type = types[Math.floor(random() * types.length)] as string;
        return { query: `&type=${type}`, parameter: type };
      },
      sql: plain("AND e.type_hash = hashtext($2) AND e.type = $2"),
    },
    {
      name: "by actor",
      ask: (random) => {
        const actor = `user:u_${Math.floor(random() * options.actors)}`;
        return { query: `&actor=${actor}`, parameter: actor };
      },
      sql: plain("AND e.actor_hash = hashtext($2) AND e.actor_key = $2"),
    },
    {
      name: "by target",
      ask: (random) => {
        const target = `api:api_${Math.floor(random() * options.apis)}`;
        return { query: `&target=${target}`, parameter: target };
      },
      sql: `SELECT e.* FROM (SELECT * FROM event_target t WHERE t.organization_id = ${organization} AND t.target_hash = hashtext($2) AND t.target_key = $2
        ORDER BY t.occurred_at DESC, t.seq DESC, t.log_no DESC LIMIT 25) t
        JOIN event e ON e.organization_id = t.organization_id AND e.log_no = t.log_no AND e.seq = t.seq ${order}`,
    },
  ];
}

/** Milliseconds of `count` pages over HTTP and by the bare SELECT, taking turns. */
async function timesOf(
  kind: PageKind,
  options: PagesOptions,
  count: number,
): Promise<{ http: number[]; bare: number[] }> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
  const random = seeded(7);
  const http: number[] = [];
  const bare: number[] = [];
  for (let n = -20; n < count; n++) {
    const { query, parameter } = kind.ask(random);
    const startedAt = performance.now();
    const answer = await fetch(
      `${options.url}/v1/organizations/${options.organization}/events?limit=25${query}`,
      {
        headers: { authorization: `Bearer ${operatorToken}` },
      },
    );
    const page = (await answer.json()) as { events: unknown[] };
    const answered = performance.now();
    const rows = await client.query({
      name: kind.name,
      text: kind.sql,
      values: parameter === undefined ? [options.organization] : [options.organization, parameter],
    });
    const selected = performance.now();
    if (page.events.length !== rows.rows.length)
      throw new Error(`${kind.name}: ${page.events.length} events, ${rows.rows.length} rows`);
    if (n < 0) continue;
    http.push(answered - startedAt);
    bare.push(selected - answered);
  }
  await client.end();
  return { http, bare };
}

/** Milliseconds. */
interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Each kind of page, over HTTP and by the bare SELECT. */
export type PageTimes = Map<string, { readonly http: Times; readonly bare: Times }>;

const timesIn = (samples: readonly number[]): Times => ({
  p50: percentile(samples, 0.5),
  p99: percentile(samples, 0.99),
});
const inWords = ({ p50, p99 }: Times): string => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;

const asked = 500;

/** Measures at the size the log has now, after as many pages that are not measured: a server and a client that have just started are slower. */
export async function measurePages(options: PagesOptions): Promise<PageTimes> {
  const found: PageTimes = new Map();
  const kinds = kindsOf(options);
  for (const kind of kinds) await timesOf(kind, options, asked);
  for (const kind of kinds) {
    const { http, bare } = await timesOf(kind, options, asked);
    found.set(kind.name, { http: timesIn(http), bare: timesIn(bare) });
  }
  return found;
}

/** Rows from the measurements at the full size and, in the same run, at a small one. The ratio is that of the p50, the growth that of the p99. */
export function pageFigures(full: PageTimes, events: number, small?: PageTimes): Figure[] {
  return [...full].map(([name, { http, bare }]) => {
    const before = small?.get(name)?.http.p99;
    const growth = before === undefined ? undefined : http.p99 / before;
    const words = growth === undefined ? "" : `, ${growth.toFixed(2)}x its own p99 at 100,000`;
    const ratio = http.p50 / bare.p50;
    return {
      what: `${name} page of 25, ${events.toLocaleString("en")} events`,
      measured: `${inWords(http)}${words}`,
      yardstick: `bare SELECT: ${inWords(bare)}`,
      ratio,
      goal: growth === undefined ? "ratio of p50 <= 2" : "ratio of p50 <= 2, growth <= 1.2x",
      met: ratio <= 2 && (growth ?? 0) <= 1.2,
    };
  });
}
