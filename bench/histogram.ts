/** Measures the counts of events by day over HTTP against a bare GROUP BY. */
import pg from "pg";
import { type Figure, median, percentile } from "./figures.ts";
import { get, inOrganization, type ServedLog } from "./served-log.ts";

/** The histogram of 30 days over HTTP, and a bare GROUP BY. */
export async function measureHistogram(options: ServedLog & { readonly events: number }): Promise<Figure> {
  const client = new pg.Client({ connectionString: options.connectionString });
  await client.connect();
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
  await client.end();
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
