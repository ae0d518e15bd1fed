/**
 * Kills the server with -9 at random moments while organizations change in every way, and then compares their rows with the result of
 * replaying their logs. No acknowledged change may be missing, and no event may be there twice. `npm run kills:changes -- 200` runs it; the
 * tests run a shorter round.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { RecordedEvent } from "daybook/internal";
import { freePort, operatorToken, type ServerProcess, startServer } from "../support/server-process.ts";
import { type Change, changer } from "./changes.ts";
import { type ModelRow, replayed, shownState } from "./model.ts";

const entry = fileURLToPath(new URL("../../server/bin/daybook-server.js", import.meta.url));

/** What a run found. `lost`, `twice`, `unasked`, `different` must be 0, and `fsck` 0. */
export interface ChangeKillsReport {
  kills: number;
  acknowledged: number;
  /** Without an answer: done or not. */
  unanswered: number;
  /** Acknowledged changes without an event. */
  lost: number;
  /** Events of one request that are there more than once. */
  twice: number;
  /** Events without a request. */
  unasked: number;
  /** Organizations whose rows differ from their log. */
  different: number;
  fsck: number | null;
  fsckOutput: string;
  seconds: number;
}

export interface ChangeKillsOptions {
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  readonly notice?: (line: string) => void;
}

const slugs = ["change-one", "change-two", "change-three"];
const workers = 6;
/** Changes that are acknowledged between two kills, at least. */
export const leastBetween = 20;
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

interface ChangesAsked {
  /** By the request's id. */
  readonly acknowledged: Map<string, Change>;
  readonly unanswered: Set<string>;
}

let requests = 0;

/** One request as the operator, under an id of its own; undefined where no answer came. */
async function ask(url: string, change: Change, requestId?: string): Promise<Answer | undefined> {
  const { method, path, body } = change;
  try {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${operatorToken}`,
        ...(requestId === undefined ? {} : { "x-request-id": requestId }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  readonly body: any;
}

/** One worker: a change after the other, each asked for once. */
async function work(
  url: string,
  at: number,
  changes: ChangesAsked,
  state: { stopped: boolean },
): Promise<void> {
  const next = changer(slugs[at % slugs.length]!, at);
  while (!state.stopped) {
    const requestId = `change-${++requests}`;
    const change = next.change();
    changes.unanswered.add(requestId);
    const answer = await ask(url, change, requestId);
    if (answer === undefined || answer.status >= 500) {
      await pause(100);
      continue;
    }
    changes.unanswered.delete(requestId);
    if (answer.status < 300) changes.acknowledged.set(requestId, change);
    next.answered(change, answer);
  }
}

async function list<T>(url: string, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = `?limit=1000${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await ask(url, { method: "GET", path: path + query });
    if (answer?.status !== 200) throw new Error(`GET ${path}: ${JSON.stringify(answer)}`);
    const { next, ...rest } = answer.body;
    items.push(...(Object.values(rest)[0] as T[]));
    cursor = next;
  }
  return items;
}

type ComparedChanges = Pick<ChangeKillsReport, "lost" | "twice" | "unasked" | "different">;

async function compare(
  url: string,
  changes: ChangesAsked,
  begun: Begun,
  notice: (line: string) => void,
): Promise<ComparedChanges> {
  const report = { lost: 0, twice: 0, unasked: 0, different: 0 };
  const recorded = new Map<string, string[]>();
  for (const slug of slugs) {
    const path = `/v1/organizations/${slug}`;
    const events = await list<RecordedEvent>(url, `${path}/events`);
    events.sort((a, b) => a.seq - b.seq);
    for (const { context, type, targets } of events) {
      const id = context?.requestId ?? "";
      if (!id.startsWith("change-")) continue;
      recorded.set(id, [...(recorded.get(id) ?? []), `${type} ${targets?.[0]?.id}`]);
    }
    const settings = (await ask(url, { method: "GET", path: `${path}/settings` }))?.body;
    const byLog = replayed(events, { settings: begun[slug]! });
    const byRows = await shownState(path, (each) => list<ModelRow>(url, each), settings);
    if (isDeepStrictEqual(byLog, byRows)) continue;
    report.different++;
    notice(`${slug} by its log: ${JSON.stringify(byLog)}\n${slug} by its rows: ${JSON.stringify(byRows)}`);
  }
  for (const [id, change] of changes.acknowledged) if (change.tells && !recorded.has(id)) report.lost++;
  for (const [id, events] of recorded) {
    if (!changes.acknowledged.has(id) && !changes.unanswered.has(id)) report.unasked++;
    if (new Set(events).size !== events.length) report.twice++;
  }
  return report;
}

/** The settings that each organization began with. */
type Begun = Record<string, Record<string, unknown>>;

async function begin(url: string): Promise<Begun> {
  const begun: Begun = {};
  const cookies = new Map<string, string>();
  for (const slug of slugs) {
    const path = `/v1/organizations/${slug}`;
    const made = await ask(url, { method: "POST", path: "/v1/organizations", body: { slug, name: slug } });
    if (made?.status !== 201) throw new Error(JSON.stringify(made));
    begun[slug] = (await ask(url, { method: "GET", path: `${path}/settings` }))?.body;
    for (const role of ["OWNER", "DESIGNER", "CONSUMER"]) {
      const body = { email: `${role.toLowerCase()}@people.example`, role };
      const invited = await ask(url, { method: "POST", path: `${path}/invitations`, body });
      await accept(url, { token: invited?.body.link.split("#")[1], role, cookies });
    }
  }
  return begun;
}

interface Accepting {
  readonly token: string;
  readonly role: string;
  readonly cookies: Map<string, string>;
}

/** The first time with a new account, which takes a while, then with its session. */
async function accept(url: string, { token, role, cookies }: Accepting): Promise<void> {
  const cookie = cookies.get(role);
  const account = cookie === undefined ? { name: role, password: "a password of the tests" } : {};
  const answer = await fetch(`${url}/v1/invitations/accept`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie && { cookie }) },
    body: JSON.stringify({ token, ...account }),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  const [set] = answer.headers.getSetCookie();
  if (set !== undefined) cookies.set(role, set.split(";")[0]!);
}

/** So much is done between two kills, however slow the machine is. */
async function untilAcknowledged({ acknowledged }: ChangesAsked, size: number): Promise<void> {
  while (acknowledged.size < size) await pause(2);
}

/** Runs `count` kills. */
export async function changeKills(
  count: number,
  { databaseUrl, notice = () => {} }: ChangeKillsOptions = {},
): Promise<ChangeKillsReport> {
  const started = Date.now();
  const dataFolder = await mkdtemp(join(tmpdir(), "daybook-change-kills-"));
  const options = { dataFolder, port: await freePort(), ...(databaseUrl && { databaseUrl }) };
  let server: ServerProcess = await startServer(options);
  try {
    const { url } = server;
    const begun = await begin(url);
    const changes: ChangesAsked = { acknowledged: new Map(), unanswered: new Set() };
    const state = { stopped: false };
    const working = Array.from({ length: workers }, (_, at) => work(url, at, changes, state));
    for (let kill = 1; kill <= count; kill++) {
      await untilAcknowledged(changes, changes.acknowledged.size + leastBetween + Math.random() * 40);
      await pause(Math.random() * 20);
      await server.kill();
      server = await startServer(options);
      if (kill % 10 === 0)
        notice(`${kill} of ${count} kills, ${changes.acknowledged.size} changes acknowledged`);
    }
    await untilAcknowledged(changes, changes.acknowledged.size + 10);
    state.stopped = true;
    await Promise.all(working);
    const found = await compare(url, changes, begun, notice);
    await server.stop();
    const [acknowledged, unanswered] = [changes.acknowledged.size, changes.unanswered.size];
    const seconds = (Date.now() - started) / 1000;
    return { kills: count, acknowledged, unanswered, ...found, ...fsck(dataFolder, databaseUrl), seconds };
  } finally {
    if (server.child.exitCode === null && server.child.signalCode === null) await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

function fsck(
  dataFolder: string,
  databaseUrl: string | undefined,
): Pick<ChangeKillsReport, "fsck" | "fsckOutput"> {
  const env = { ...process.env, DAYBOOK_DATA: dataFolder, DAYBOOK_OPERATOR_TOKEN: operatorToken };
  const ran = spawnSync(process.execPath, [entry, "fsck"], {
    env: { ...env, DATABASE_URL: databaseUrl },
    encoding: "utf8",
  });
  return { fsck: ran.status, fsckOutput: ran.stdout + ran.stderr };
}
