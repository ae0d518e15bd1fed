/** Compares the CPU time of reading with another build: API pages of 25, the activity page, the CSV download. */
import { operatorToken } from "../../test/support/server-process.ts";
import { eventMaker } from "../events.ts";
import type { Figure } from "../figures.ts";
import { waitForFullText } from "../indexing.ts";
import { postEvents } from "../load.ts";
import { type Build, compare } from "./builds.ts";
import { setUp } from "./set-up.ts";

const organization = "batches";
/** Of a round: enough for a second of CPU or more. */
const pages = { api: 1500, activity: 300 };
const downloads = 5;
const asOperator = { authorization: `Bearer ${operatorToken}` };

async function read(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
}

/** Pages of the API one after the other, from the newest event on. */
async function walk({ url }: Build): Promise<number> {
  let after = "";
  for (let n = 0; n < pages.api; n++) {
    const path = `${url}/v1/organizations/${organization}/events?limit=25${after}`;
    const { next } = JSON.parse(await read(path, asOperator)) as { next: string | null };
    after = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
  }
  return pages.api;
}

async function look({ url }: Build, cookie: string): Promise<number> {
  const headers = { cookie, "accept-encoding": "br", accept: "text/html" };
  for (let n = 0; n < pages.activity; n++) await read(`${url}/orgs/${organization}/activity`, headers);
  return pages.activity;
}

async function download({ url }: Build): Promise<number> {
  const path = `${url}/v1/organizations/${organization}/audit-log.csv?from=2000-01-01T00:00:00Z`;
  let rows = 0;
  for (let n = 0; n < downloads; n++) rows += (await read(path, asOperator)).split("\n").length;
  return rows;
}

export interface ReadingOptions {
  readonly builds: readonly [ours: Build, theirs: Build];
  readonly rounds: number;
  /** That each log gets before it is read. */
  readonly events: number;
}

/** Both builds get the same events, and are read in the same way. */
export async function compareReading({ builds, rounds, events }: ReadingOptions): Promise<Figure[]> {
  const cookies = new Map<Build, string>();
  for (const build of builds) {
    const next = eventMaker(7, { actors: 500, apis: 2000, days: 0, now: Date.now() });
    const load = { connections: 8, batch: 100, amount: { events } };
    const { refused } = await postEvents({ url: build.url, organization, ...load, next });
    if (refused > 0) throw new Error(`${refused} requests were refused`);
    await waitForFullText(build);
    cookies.set(build, await setUp(build));
  }
  const same = { builds, rounds };
  return [
    await compare({ ...same, what: "CPU a page of 25 by the API", work: walk }),
    await compare({
      ...same,
      what: "CPU a page of activity",
      work: (build) => look(build, cookies.get(build) ?? ""),
    }),
    await compare({ ...same, what: "CPU a row of CSV", work: download }),
  ];
}
