/**
 * Measures authentication of an API client: the same requests with its token, which is looked up in the database each time, and with the
 * operator token, which is compared in memory. Both take turns, so that a slow minute of the machine affects both.
 */
import autocannon from "autocannon";
import type { EventInput } from "daybook";
import { call, operatorToken } from "../test/support/server-process.ts";
import { type Figure, median } from "./figures.ts";
import { postEvents } from "./load.ts";

export interface AuthenticationOptions {
  readonly url: string;
  readonly organization: string;
  readonly next: () => EventInput;
}

/** Requests a second, and the p99 latency, in milliseconds. */
interface Measured {
  readonly rate: number;
  readonly p99: number;
}

const turns = 5;
const seconds = 4;

async function newToken({ url, organization }: AuthenticationOptions): Promise<string> {
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: `Bench ${Date.now()}`, expiresOn, scopes: ["events:write", "events:read"] };
  const added = await call(url, "POST", `/v1/organizations/${organization}/api-clients`, wanted);
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  return (added.body as { token: string }).token;
}

/** A page of one event, 32 in flight. */
async function getPages({ url, organization }: AuthenticationOptions, token: string): Promise<Measured> {
  const result = await autocannon({
    url: `${url}/v1/organizations/${organization}/events?limit=1`,
    connections: 32,
    duration: seconds,
    headers: { authorization: `Bearer ${token}` },
  });
  if (result.non2xx + result.errors > 0) throw new Error("requests were refused");
  return { rate: result.requests.average, p99: result.latency.p99 };
}

/** Events by `batch` a request. */
async function postBatches(
  options: AuthenticationOptions,
  token: string,
  { connections, batch }: { connections: number; batch: number },
): Promise<Measured> {
  const result = await postEvents({ ...options, token, connections, batch, amount: { seconds } });
  if (result.refused > 0) throw new Error(`${result.refused} requests were refused`);
  return { rate: result.eventsPerSecond, p99: result.p99 };
}

/** One row: the operator and the client in turn, the first turn to warm up. */
async function compare(
  what: string,
  unit: string,
  measure: (token: string) => Promise<Measured>,
  token: string,
): Promise<Figure> {
  const client: Measured[] = [];
  const operator: Measured[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    const [one, other] = [await measure(token), await measure(operatorToken)];
    if (turn === 0) continue;
    client.push(one);
    operator.push(other);
  }
  const ratio = median(client.map(({ rate }, turn) => rate / (operator[turn] as Measured).rate));
  const lineOf = (all: readonly Measured[]): string =>
    `${Math.round(median(all.map(({ rate }) => rate)))} ${unit}/s, p99 ${median(all.map(({ p99 }) => p99))} ms`;
  return {
    what: `${what}, by an API client's token`,
    measured: lineOf(client),
    yardstick: `by the operator token: ${lineOf(operator)}`,
    ratio,
    goal: ">= 0.8",
    met: ratio >= 0.8,
  };
}

export async function measureAuthentication(options: AuthenticationOptions): Promise<Figure[]> {
  const token = await newToken(options);
  const rows: [string, string, (token: string) => Promise<Measured>][] = [
    ["a page of one event, 32 in flight", "requests", (by) => getPages(options, by)],
    [
      "single events, 64 in flight",
      "events",
      (by) => postBatches(options, by, { connections: 64, batch: 1 }),
    ],
    [
      "batches of 100, 8 in flight",
      "events",
      (by) => postBatches(options, by, { connections: 8, batch: 100 }),
    ],
  ];
  const figures: Figure[] = [];
  for (const [what, unit, measure] of rows) figures.push(await compare(what, unit, measure, token));
  return figures;
}
