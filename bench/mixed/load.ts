/** The mixed load: callers that each do one thing again and again, at a steady rate, until they are stopped. */
import { call, operatorToken } from "../../test/support/server-process.ts";
import { eventMaker } from "../events.ts";

export interface MixedLoad {
  readonly url: string;
  /** Of a signed-in operator. */
  readonly cookie: string;
  readonly eventsPerSecond: number;
}

/** How often each thing was done; `failed`: an answer other than the expected one. */
export type Done = Record<
  "events" | "pages" | "searches" | "screens" | "follows" | "followed" | "downloads" | "failed",
  number
>;

/** One organization's events are read, searched, followed and downloaded while they are recorded. */
const organization = "batches";
const batch = 20;
const queries = [
  "acme",
  "person",
  "service-17",
  "acme sandbox",
  "nobody",
  '"register sandbox"',
  "-acme person",
];
const filters = ["", "&type=API_SAVED", "&actor=user:u_1", "&target=api:api_1", "&outcome=denied"];

const authorization = { authorization: `Bearer ${operatorToken}` };

/** Reads a whole answer; its number of bytes. */
async function read(url: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(url, { headers });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return bytes;
}

/** Follows for a while, then goes away in the middle; the number of pieces. */
async function follow(url: string, ms: number): Promise<number> {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), ms);
  let pieces = 0;
  try {
    const headers = { ...authorization, accept: "text/event-stream" };
    const answer = await fetch(url, { headers, signal: ends.signal });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    for await (const _ of answer.body!) pieces++;
  } catch (error) {
    if (!ends.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
  return pieces;
}

export function startLoad({ url, cookie, eventsPerSecond }: MixedLoad): { stop(): Promise<Done> } {
  const done: Done = {
    ...{ events: 0, pages: 0, searches: 0, screens: 0 },
    ...{ follows: 0, followed: 0, downloads: 0, failed: 0 },
  };
  let isStopped = false;
  const events = `${url}/v1/organizations/${organization}/events`;
  const next = eventMaker(9, { actors: 500, apis: 2_000, days: 0, now: Date.now() });
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

  /** Does something every `ms` milliseconds, the next one not before the last has ended. */
  async function every(ms: number, work: (n: number) => Promise<void>): Promise<void> {
    for (let n = 0; !isStopped; n++) {
      const due = performance.now() + ms;
      await work(n).catch((error: unknown) => {
        done.failed++;
        console.error(String(error));
      });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  }

  const callers = [
    every((batch * 1_000) / eventsPerSecond, async () => {
      const { status } = await call(url, "POST", `/v1/organizations/${organization}/events`, {
        events: Array.from({ length: batch }, next),
      });
      if (status !== 201) throw new Error(`recording: ${status}`);
      done.events += batch;
    }),
    every(200, async (n) => {
      await read(`${events}?limit=25${pick(filters, n)}`, authorization);
      done.pages++;
    }),
    every(500, async (n) => {
      await read(`${events}?limit=25&q=${encodeURIComponent(pick(queries, n))}`, authorization);
      done.searches++;
    }),
    every(1_000, async (n) => {
      const path = `/orgs/${organization}/activity${n % 3 === 0 ? "?q=acme" : ""}`;
      await read(url + path, { cookie, accept: "text/html" });
      done.screens++;
    }),
    ...Array.from({ length: 10 }, (_, nth) =>
      every(100, async (n) => {
        done.followed += await follow(
          `${events}/follow?after=latest`,
          2_000 + ((n * 7 + nth * 13) % 10) * 800,
        );
        done.follows++;
      }),
    ),
    every(20_000, async () => {
      const since = new Date(Date.now() - 300_000).toISOString();
      await read(`${url}/v1/organizations/${organization}/audit-log.csv?from=${since}`, authorization);
      done.downloads++;
    }),
  ];
  return {
    async stop() {
      isStopped = true;
      await Promise.all(callers);
      return done;
    },
  };
}
