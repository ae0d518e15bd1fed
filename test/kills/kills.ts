/**
 * Repeatedly kills the server (every other time PostgreSQL) with -9 at a random moment under load, and then compares what was acknowledged
 * with the log: nothing lost, no gap, no duplicate, fsck clean. `npm run kills -- 200` runs it; the tests run a shorter round.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Receipt } from "daybook";
import type { RecordedEvent } from "daybook/internal";
import { newEventId } from "daybook/internal";
import { call, freePort, operatorToken, type ServerProcess, startServer } from "../support/server-process.ts";

const entry = fileURLToPath(new URL("../../server/bin/daybook-server.js", import.meta.url));

/** What a run of kills found. Everything but `acknowledged`, `kills` and `seconds` must be 0, `fsck` 0. */
export interface KillsReport {
  kills: { server: number; postgres: number };
  acknowledged: number;
  lost: number;
  altered: number;
  gaps: number;
  duplicates: number;
  unasked: number;
  fsck: number | null;
  fsckOutput: string;
  seconds: number;
}

interface Load {
  readonly acknowledged: Map<string, Receipt & { organization: string }>;
  readonly sent: Set<string>;
  stop(): Promise<void>;
}

const organizations = ["kill-one", "kill-two", "kill-three"];
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function eventOf(n: number): Record<string, unknown> & { id: string } {
  return {
    id: newEventId(),
    type: "API_SAVED",
    actor: { type: "user", id: `u_${n % 17}`, name: "Anne Wilson" },
    targets: [{ type: "api", id: `api_${n % 29}`, name: "Payments" }],
    data: {
      objectPath: "/apis/acme/payments/1.0.0",
      owner: "acme",
      name: "payments",
      version: "1.0.0",
      digest: randomBytes(32).toString("hex"),
    },
  };
}

/** One writer: sends a batch until it is acknowledged, always with the same ids, then the next one. */
async function write(url: string, load: Omit<Load, "stop">, state: { stopped: boolean }): Promise<void> {
  for (let n = 0; !state.stopped; n++) {
    const organization = organizations[n % organizations.length] as string;
    const events = Array.from({ length: 1 + (n % 4 === 3 ? 20 : 0) }, (_, at) => eventOf(n + at));
    for (const event of events) load.sent.add(event.id);
    for (;;) {
      const answer = await call(url, "POST", `/v1/organizations/${organization}/events`, { events }).catch(
        () => undefined,
      );
      if (answer?.status === 201 || answer?.status === 200) {
        const { receipts } = answer.body as { receipts: Receipt[] };
        for (const receipt of receipts) load.acknowledged.set(receipt.id, { ...receipt, organization });
        break;
      }
      if (answer && answer.status < 500) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
      await pause(20);
    }
  }
}

function startLoad(url: string, writers: number): Load {
  const state = { stopped: false };
  const load = { acknowledged: new Map(), sent: new Set<string>() };
  const writing = Array.from({ length: writers }, () => write(url, load, state));
  return {
    ...load,
    stop: async () => {
      state.stopped = true;
      await Promise.all(writing);
    },
  };
}

/** The process id of the embedded PostgreSQL of a data folder: the first line of postmaster.pid. */
function postmasterOf(server: ServerProcess, dataFolder: string): number {
  const found = spawnSync("find", ["-L", dataFolder, "-name", "postmaster.pid"], {
    encoding: "utf8",
  }).stdout.trim();
  const elsewhere =
    found ||
    spawnSync("find", ["-L", "/var/lib/daybook", "-name", "postmaster.pid", "-newermt", "-1 hour"], {
      encoding: "utf8",
    }).stdout.trim();
  const path = elsewhere.split("\n")[0];
  if (!path) throw new Error(`no postmaster.pid below ${dataFolder}:\n${server.output()}`);
  return Number(readFileSync(path, "utf8").split("\n")[0]);
}

async function readAll(url: string, organization: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const answer = await call(url, "GET", `/v1/organizations/${organization}/events?limit=1000${query}`);
    const page = answer.body as { events: RecordedEvent[]; next: string | null };
    events.push(...page.events);
    cursor = page.next;
  } while (cursor);
  return events;
}

async function compare(
  url: string,
  load: Load,
): Promise<Omit<KillsReport, "kills" | "fsck" | "fsckOutput" | "seconds">> {
  const report = {
    acknowledged: load.acknowledged.size,
    lost: 0,
    altered: 0,
    gaps: 0,
    duplicates: 0,
    unasked: 0,
  };
  const found = new Map<string, RecordedEvent>();
  for (const organization of organizations) {
    const events = await readAll(url, organization);
    const seqs = new Set(events.map((event) => event.seq));
    report.duplicates += events.length - seqs.size;
    for (let seq = 0; seq < events.length; seq++) if (!seqs.has(seq)) report.gaps++;
    for (const event of events) {
      if (found.has(event.id)) report.duplicates++;
      found.set(event.id, event);
      if (event.type === "API_SAVED" && !load.sent.has(event.id)) report.unasked++;
    }
  }
  for (const [id, receipt] of load.acknowledged) {
    const event = found.get(id);
    if (!event) report.lost++;
    else if (event.seq !== receipt.seq || event.leafHash !== receipt.leafHash) report.altered++;
  }
  return report;
}

/** Events that are acknowledged between two kills, at least. */
export const leastBetween = 30;

/** So much is recorded between two kills, however slow the machine is. */
async function untilAcknowledged({ acknowledged }: Load, size: number): Promise<void> {
  while (acknowledged.size < size) await pause(2);
}

interface KillsOptions {
  /** Gets a line after each tenth. */
  readonly notice?: (line: string) => void;
  /** Makes the database in a data folder, which the first start does otherwise. */
  readonly prepare?: (dataFolder: string) => void;
}

/** Runs `count` kills. */
export async function kills(
  count: number,
  { notice = () => {}, prepare }: KillsOptions = {},
): Promise<KillsReport> {
  const started = Date.now();
  const dataFolder = await mkdtemp(join(tmpdir(), "daybook-kills-"));
  prepare?.(dataFolder);
  const options = { dataFolder, port: await freePort() };
  let server = await startServer(options);
  try {
    for (const slug of organizations)
      await call(server.url, "POST", "/v1/organizations", { slug, name: slug });
    const load = startLoad(server.url, 8);
    const killed = { server: 0, postgres: 0 };
    for (let kill = 0; kill < count; kill++) {
      await untilAcknowledged(load, load.acknowledged.size + leastBetween + Math.random() * 300);
      await pause(Math.random() * 20);
      if (kill % 2 === 0) {
        await server.kill();
        killed.server++;
        server = await startServer(options);
      } else {
        process.kill(postmasterOf(server, dataFolder), "SIGKILL");
        killed.postgres++;
        await untilRecording(server);
      }
      if ((kill + 1) % 10 === 0)
        notice(`${kill + 1} of ${count} kills, ${load.acknowledged.size} events acknowledged`);
    }
    await untilAcknowledged(load, load.acknowledged.size + leastBetween);
    await load.stop();
    const found = await compare(server.url, load);
    await server.stop();
    const fsck = spawnSync(process.execPath, [entry, "fsck"], {
      env: {
        ...process.env,
        DAYBOOK_DATA: dataFolder,
        DAYBOOK_OPERATOR_TOKEN: operatorToken,
        DATABASE_URL: undefined,
      },
      encoding: "utf8",
    });
    return {
      kills: killed,
      ...found,
      fsck: fsck.status,
      fsckOutput: fsck.stdout + fsck.stderr,
      seconds: (Date.now() - started) / 1000,
    };
  } finally {
    if (server.child.exitCode === null) await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** After killing PostgreSQL: waits until a write succeeds again, without a restart of the server. */
async function untilRecording(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + 300_000;
  const [organization] = organizations;
  while (Date.now() < deadline) {
    const { id: _, ...event } = eventOf(0);
    const answer = await call(server.url, "POST", `/v1/organizations/${organization}/events`, {
      ...event,
      type: "NEW_TEAM",
      targets: [{ type: "team", id: "t_1", name: "Probe" }],
      data: { teamId: "t_1", team: "Probe" },
    }).catch(() => undefined);
    if (answer?.status === 201) return;
    await pause(50);
  }
  throw new Error(
    `the server did not record again within five minutes of PostgreSQL's death:\n${server.output()}`,
  );
}
