/** HTTP load on a running server, with autocannon in this process; the server is a separate process. */
import autocannon from "autocannon";
import type { EventInput } from "daybook";
import { operatorToken } from "../test/support/server-process.ts";

export interface LoadResult {
  /** The number of events that were recorded. */
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly refused: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly organization: string;
  /** Default: the operator token. */
  readonly token?: string;
  readonly connections: number;
  /** Events a request; 1: the event itself. */
  readonly batch: number;
  /** How much: a number of events to fill a log, or seconds to measure. */
  readonly amount: { readonly events: number } | { readonly seconds: number };
  readonly next: () => EventInput;
}

/** Posts `events` events; 100 bodies are made beforehand and sent in turn, because autocannon
 * prepares each of them for each connection. */
export async function postEvents(options: LoadOptions): Promise<LoadResult> {
  const bodies = Array.from({ length: 100 }, () => {
    const events = Array.from({ length: options.batch }, options.next);
    return JSON.stringify(options.batch === 1 ? events[0] : { events });
  });
  const started = performance.now();
  const result = await autocannon({
    url: options.url,
    connections: options.connections,
    ...("events" in options.amount
      ? { amount: Math.ceil(options.amount.events / options.batch) }
      : { duration: options.amount.seconds }),
    timeout: 60,
    requests: bodies.map((body) => ({
      method: "POST" as const,
      path: `/v1/organizations/${options.organization}/events`,
      headers: {
        authorization: `Bearer ${options.token ?? operatorToken}`,
        "content-type": "application/json",
      },
      body,
    })),
  });
  const seconds = (performance.now() - started) / 1000;
  const events = result["2xx"] * options.batch;
  return {
    events,
    eventsPerSecond: events / seconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
}
