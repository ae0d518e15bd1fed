/**
 * Measures the CSV download against COPY of the same rows to the same client, with the server's memory above idle, the time to the first
 * byte, and the CPU of a row.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { operatorToken, type ServerProcess } from "../test/support/server-process.ts";
import type { Cpu } from "./cpu.ts";
import { type Figure, median } from "./figures.ts";

export interface CsvOptions {
  readonly server: ServerProcess;
  readonly connectionString: string;
  readonly organization: string;
  readonly cpu: () => Cpu;
}

interface Download {
  readonly rows: number;
  readonly seconds: number;
  readonly firstByte: number;
  /** MiB above what the process held before. */
  readonly memory: number;
  /** Of one row. */
  readonly cpu: Cpu;
}

function residentOf(server: ServerProcess): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024;
}

async function download(options: CsvOptions): Promise<Download> {
  const idle = residentOf(options.server);
  let most = idle;
  const watch = setInterval(() => {
    most = Math.max(most, residentOf(options.server));
  }, 20);
  const before = options.cpu();
  const started = performance.now();
  const url = `${options.server.url}/v1/organizations/${options.organization}/audit-log.csv?from=2000-01-01T00:00:00Z`;
  const asked = get(url, { headers: { authorization: `Bearer ${operatorToken}` } });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the download answered ${answer.statusCode}`);
  let firstByte = 0;
  let rows = 0;
  answer.on("data", (chunk: Buffer) => {
    if (firstByte === 0) firstByte = performance.now() - started;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
  });
  await once(answer, "end");
  if (!answer.complete) throw new Error("the download broke off");
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  const after = options.cpu();
  const cpu = {
    node: (after.node - before.node) / rows,
    postgres: (after.postgres - before.postgres) / rows,
  };
  return { rows: rows - 1, seconds, firstByte, memory: most - idle, cpu };
}

/** `psql \copy` of the CSV's columns, to a pipe that only notices its end. */
async function copy(options: CsvOptions): Promise<number> {
  const query = `SELECT actor, actor_personal, type, data, data_personal, targets, targets_personal, changes, changes_personal, reason, outcome, occurred_at
    FROM event WHERE organization_id = (SELECT organization_id FROM organization WHERE slug = '${options.organization}') ORDER BY occurred_at, seq`;
  const started = performance.now();
  const psql = spawn(
    "psql",
    [options.connectionString, "-qc", `\\copy (${query.replace(/\s+/g, " ")}) to stdout csv`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  psql.stdout.resume();
  const [code] = (await once(psql, "close")) as [number];
  if (code !== 0) throw new Error("psql failed");
  return (performance.now() - started) / 1000;
}

export async function measureCsv(options: CsvOptions): Promise<Figure> {
  const downloads: Download[] = [];
  const ratios: number[] = [];
  const yardsticks: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const found = await download(options);
    const seconds = await copy(options);
    if (turn === 0) continue;
    downloads.push(found);
    ratios.push(seconds / found.seconds);
    yardsticks.push(found.rows / seconds);
  }
  const ratio = median(ratios);
  const memory = Math.max(...downloads.map((found) => found.memory));
  const firstByte = median(downloads.map((found) => found.firstByte));
  const rate = median(downloads.map((found) => found.rows / found.seconds));
  const [node, postgres] = (["node", "postgres"] as const).map((of) =>
    median(downloads.map((found) => found.cpu[of])).toFixed(1),
  );
  return {
    what: `CSV download of ${downloads[0]?.rows.toLocaleString("en")} rows`,
    measured: `${Math.round(rate)} rows/s, ${node} us Node + ${postgres} us PostgreSQL a row, ${memory.toFixed(0)} MiB above idle, first byte after ${firstByte.toFixed(0)} ms`,
    yardstick: `psql \\copy of the same rows: ${Math.round(median(yardsticks))} rows/s`,
    ratio,
    goal: ">= 0.95, <= 48 MiB, <= 100 ms",
    met: ratio >= 0.95 && memory <= 48 && firstByte <= 100,
  };
}
