/** What is looked at during the mixed load. */
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { operatorToken } from "../../test/support/server-process.ts";
import type { Build } from "../beside/builds.ts";

export interface Sample {
  /** Since the first sample. */
  readonly minutes: number;
  /** MiB of the server's process. */
  readonly resident: number;
  /** MiB of its JavaScript heap, garbage included. */
  readonly heap: number;
  /** Open files and sockets of the server. */
  readonly files: number;
  /** Of Node, as it counts them. */
  readonly handles: number;
  readonly threads: number;
  /** Connections to the database. */
  readonly connections: number;
  /** Events that the index does not have yet. */
  readonly waiting: number;
  /** Milliseconds of one /healthz. */
  readonly healthMs: number;
}

const metric = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);

/** Takes a sample each time that it is called. */
export function sampler({ url, pid, connectionString }: Build): () => Promise<Sample> {
  const begun = performance.now();
  return async () => {
    const asked = performance.now();
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    const healthMs = performance.now() - asked;
    const headers = { authorization: `Bearer ${operatorToken}` };
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const ofProcess = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
    const client = new pg.Client(connectionString);
    await client.connect();
    const { rows } = await client.query<{ connections: string }>(
      "SELECT count(*) AS connections FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await client.end();
    return {
      minutes: (performance.now() - begun) / 60_000,
      resident: ofProcess("VmRSS") / 1024,
      heap: metric(metrics, "nodejs_heap_size_used_bytes") / 1_048_576,
      files: readdirSync(`/proc/${pid}/fd`).length,
      handles: metric(metrics, "nodejs_active_resources_total"),
      threads: ofProcess("Threads"),
      connections: Number(rows[0]!.connections),
      waiting: metric(metrics, 'daybook_follower_lag_events{follower="full-text"}'),
      healthMs,
    };
  };
}
