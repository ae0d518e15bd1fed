/**
 * Repeatedly kills one of two processes that share the work of two followers, with -9 at a random moment, while events are appended. Then
 * it compares the followers' results with the log: the full-text index has each event once, and the deliveries have each at least once.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { checkIndex } from "../../server/src/integrity/index.ts";
import { openPostgres } from "../../server/src/store/postgres/index.ts";
import type { Store } from "../../server/src/store/store.ts";
import { append, newOrganization } from "../../server/src/store/testing/sample-events.ts";

const script = fileURLToPath(new URL("./follow-for-ever.ts", import.meta.url));
const batchMs = 15;

/** What a run of kills found. `skipped`, `indexedTwice`, `outOfOrder` and `wrong` must be nothing. */
export interface FollowerKillsReport {
  readonly kills: number;
  readonly events: number;
  /** Processes that delivered something, and pairs of processes that delivered in turns. */
  readonly processes: number;
  readonly turns: number;
  readonly skipped: { readonly words: number; readonly deliveries: number };
  readonly indexedTwice: number;
  /** Events that were delivered for the first time after a later one. */
  readonly outOfOrder: number;
  readonly deliveredAgain: number;
  /** What fsck's check of the index says. */
  readonly wrong: readonly string[];
}

interface Delivery {
  readonly pid: string;
  readonly organization: string;
  readonly seq: number;
}

async function startProcess(url: string, file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", script, url, file, String(batchMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout!, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const end = once(child, "exit");
  child.kill("SIGKILL");
  await end;
}

async function caughtUp(store: Store): Promise<void> {
  for (const name of ["full-text", "deliveries"]) {
    while ((await store.followerLag(name)).events > 0n) await pause(50);
  }
}

const linesOf = async (file: string): Promise<number> => (await readFile(file, "utf8")).split("\n").length;

/** So many events are delivered between two kills, however slow the machine is. */
async function untilDelivered(file: string, more: number): Promise<void> {
  const wanted = (await linesOf(file)) + more;
  while ((await linesOf(file)) < wanted) await pause(2);
}

async function deliveriesOf(file: string): Promise<Delivery[]> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => {
    const [pid, organization, , seq] = line.split(" ") as [string, string, string, string];
    return { pid, organization, seq: Number(seq) };
  });
}

type ComparedDeliveries = Omit<
  FollowerKillsReport,
  "kills" | "events" | "wrong" | "indexedTwice" | "skipped"
> & {
  readonly skippedDeliveries: number;
};

function compare(deliveries: readonly Delivery[], sizes: ReadonlyMap<number, number>): ComparedDeliveries {
  const next = new Map<string, number>();
  const seen = new Set<string>();
  let [outOfOrder, deliveredAgain, turns] = [0, 0, 0];
  deliveries.forEach(({ pid, organization, seq }, at) => {
    const key = `${organization} ${seq}`;
    if (seen.has(key)) deliveredAgain++;
    else if (seq !== (next.get(organization) ?? 0)) outOfOrder++;
    if (!seen.has(key)) next.set(organization, seq + 1);
    seen.add(key);
    if (at > 0 && deliveries[at - 1]!.pid !== pid) turns++;
  });
  const events = [...sizes.values()].reduce((a, b) => a + b, 0);
  const processes = new Set(deliveries.map(({ pid }) => pid)).size;
  return { processes, turns, outOfOrder, deliveredAgain, skippedDeliveries: events - seen.size };
}

async function indexedOf(url: string): Promise<{ rows: number; distinct: number }> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    `SELECT count(*)::integer AS rows, count(DISTINCT (organization_id, log_no, seq))::integer AS distinct
      FROM full_text_segment, generate_series(first_seq, first_seq + events - 1) seq`,
  );
  await client.end();
  return rows[0];
}

async function wrongOf(store: Store, sizes: ReadonlyMap<number, number>): Promise<string[]> {
  const wrong: string[] = [];
  for (const organizationId of sizes.keys())
    for (const check of [
      store.checkDerived(organizationId),
      checkIndex(store, organizationId, async () => true),
    ])
      for await (const sentence of check) wrong.push(sentence);
  return wrong;
}

/** On a database with nothing in it. */
export async function followerKills(url: string, count: number): Promise<FollowerKillsReport> {
  const store = await openPostgres(url);
  const folder = await mkdtemp(join(tmpdir(), "daybook-followers-"));
  const file = join(folder, "deliveries");
  await writeFile(file, "");
  const sizes = new Map<number, number>();
  for (let n = 0; n < 4; n++) sizes.set((await newOrganization(store)).organizationId, 0);
  const grow = async (by: number): Promise<void> => {
    for (const [organizationId, size] of sizes) {
      await append(
        store,
        organizationId,
        Array.from({ length: by }, () => ({})),
      );
      sizes.set(organizationId, size + by);
    }
  };
  await grow(300);
  const processes = [await startProcess(url, file), await startProcess(url, file)];
  for (let n = 0; n < count; n++) {
    await grow(100);
    await untilDelivered(file, 20 + Math.random() * 100);
    await kill(processes[n % 2]!);
    processes[n % 2] = await startProcess(url, file);
  }
  await caughtUp(store);
  await Promise.all(processes.map(kill));
  const { skippedDeliveries, ...compared } = compare(await deliveriesOf(file), sizes);
  const events = [...sizes.values()].reduce((a, b) => a + b, 0);
  const { rows, distinct } = await indexedOf(url);
  const wrong = await wrongOf(store, sizes);
  await store.close();
  await rm(folder, { recursive: true });
  return {
    kills: count,
    events,
    ...compared,
    skipped: { words: events - distinct, deliveries: skippedDeliveries },
    indexedTwice: rows - distinct,
    wrong,
  };
}
