/**
 * Measures recording for a thousand organizations beside recording for one: the same single events over the same number of connections, in
 * turns, so that a slow minute of the machine affects both.
 */
import autocannon from "autocannon";
import { call, operatorToken } from "../test/support/server-process.ts";
import { type Figure, median } from "./figures.ts";
import { gathered, waitForFullText } from "./indexing.ts";
import { type IngestOptions, inWords, type Turn } from "./ingest.ts";

/** Each organization is made for it. */
export type OrganizationsOptions = Omit<IngestOptions, "organization">;

const count = 1_000;
const turns = 3;
const seconds = 6;

async function makeOrganizations(url: string): Promise<string[]> {
  const slugs = Array.from({ length: count }, (_, n) => `many-${n}`);
  const waiting = ["only-one", ...slugs];
  const make = async (): Promise<void> => {
    for (let slug = waiting.pop(); slug !== undefined; slug = waiting.pop()) {
      const made = await call(url, "POST", "/v1/organizations", { slug, name: slug });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    }
  };
  await Promise.all(Array.from({ length: 4 }, make));
  return slugs;
}

/** Posts single events. Each connection has its part of the requests, and sends them in turn. */
async function postTo(
  { url, connectionString, next, cpu }: OrganizationsOptions,
  slugs: readonly string[],
  connections: number,
): Promise<Turn> {
  const requests = Array.from({ length: count }, (_, n) => ({
    method: "POST" as const,
    path: `/v1/organizations/${slugs[n % slugs.length]}/events`,
    headers: { authorization: `Bearer ${operatorToken}`, "content-type": "application/json" },
    body: JSON.stringify(next()),
  }));
  let connected = 0;
  const before = cpu();
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 60,
    requests: requests.slice(0, 1),
    setupClient: (client) => {
      const first = connected++;
      client.setRequests(requests.filter((_, n) => n % connections === first));
    },
  });
  const after = cpu();
  const { non2xx, errors, timeouts, statusCodeStats } = result;
  if (non2xx + errors > 0)
    throw new Error(`not recorded: ${JSON.stringify({ non2xx, errors, timeouts, statusCodeStats })}`);
  await waitForFullText({ connectionString, waiting: gathered });
  const events = result["2xx"];
  return {
    eventsPerSecond: events / result.duration,
    p99: result.latency.p99,
    cpu: {
      node: (after.node - before.node) / events,
      postgres: (after.postgres - before.postgres) / events,
    },
  };
}

/** A row for 64 requests in flight, and one for 1,000. */
export async function measureOrganizations(options: OrganizationsOptions): Promise<Figure[]> {
  const slugs = await makeOrganizations(options.url);
  const figures: Figure[] = [];
  for (const connections of [64, 1_000]) {
    const [many, one]: [Turn[], Turn[]] = [[], []];
    for (let turn = 0; turn <= turns; turn++) {
      const of = [
        await postTo(options, slugs, connections),
        await postTo(options, ["only-one"], connections),
      ];
      if (turn === 0) continue; // warming up
      many.push(of[0]!);
      one.push(of[1]!);
    }
    const ratio = median(
      many.map(({ eventsPerSecond }, turn) => eventsPerSecond / one[turn]!.eventsPerSecond),
    );
    figures.push({
      what: `single events of ${count.toLocaleString("en")} organizations, ${connections.toLocaleString("en")} in flight`,
      measured: inWords(many),
      yardstick: `of one organization: ${inWords(one)}`,
      ratio,
      goal: ">= 0.9",
      met: ratio >= 0.9,
    });
  }
  return figures;
}
