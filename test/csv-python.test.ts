/** The CSV, read with Python's csv and json like the users of the founding document, equals the stored events. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { EventInput, RecordedBy } from "daybook";
import type { RecordedEvent } from "daybook/internal";
import { parseTime } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { seeded } from "./support/seeded.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

const reader = fileURLToPath(new URL("read_csv.py", import.meta.url));
const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) {
  const sentence = "SKIPPED: the CSV is not read by Python, as there is no python3: apt-get install python3";
  if (process.env.CI) throw new Error(sentence);
  console.warn(sentence);
}

let server: ServerProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-csv-"));
  server = await startServer({
    dataFolder: join(folder, "data"),
    databaseUrl: await freshDatabase("embedded"),
    arguments: ["--demo", "--into-database"],
  });
  while (!server.output().includes("To ask for them"))
    await new Promise((resolve) => setTimeout(resolve, 50));
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function stored(slug: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let next = ""; ; ) {
    const answer = await call(server.url, "GET", `/v1/organizations/${slug}/events?limit=1000${next}`);
    const page = answer.body as { events: RecordedEvent[]; next: string | null };
    events.push(...page.events);
    if (!page.next) return events;
    next = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

const micros = (time: string): bigint => parseTime(time) as bigint;

/** `$event`, straight from the definition and from the event as it is read back. */
function eventMemberOf(event: RecordedEvent, log: string): Record<string, unknown> {
  const { name: _author, ...actor } = event.actor!;
  const { own, ...recordedBy } = event.recordedBy as RecordedBy & { own?: true };
  const isLate = micros(event.recordedAt) - micros(event.occurredAt) > 300_000_000n;
  return {
    id: event.id,
    log,
    seq: event.seq,
    actor,
    ...(recordedBy.type !== "server" && { recordedBy }),
    ...(own && { own }),
    ...(isLate && { recordedAt: event.recordedAt }),
    ...(event.context && { context: event.context }),
  };
}

/** The specified content of DATA, computed in the same way. */
function dataOf(event: RecordedEvent, log: string): Record<string, unknown> {
  return {
    ...event.data,
    $event: eventMemberOf(event, log),
    ...(event.targets && { targets: event.targets }),
    ...(event.changes && { changes: event.changes }),
    ...(event.reason !== undefined && { reason: event.reason }),
    ...(event.outcome !== "success" && { outcome: event.outcome }),
    ...(event.erased && { erased: event.erased }),
  };
}

function rowOf(event: RecordedEvent, log: string): unknown[] {
  const actor = event.actor!;
  const author = actor.name || actor.email || actor.id || actor.type;
  return [
    author,
    event.organization.name,
    event.type,
    dataOf(event, log),
    event.occurredAt.replace("T", " ").replace("Z", ""),
  ];
}

const inOrder = (a: RecordedEvent, b: RecordedEvent): number =>
  a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : a.seq - b.seq;

async function download(slug: string): Promise<{ rows: unknown[][]; text: string }> {
  const answer = await fetch(
    `${server.url}/v1/organizations/${slug}/audit-log.csv?from=2000-01-01T00:00:00Z&context=true`,
    {
      headers: { authorization: `Bearer ${operatorToken}` },
    },
  );
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const path = join(folder, `${slug}.csv`);
  await writeFile(path, text);
  const read = spawnSync("python3", [reader, path], { encoding: "utf8", maxBuffer: 1 << 30 });
  expect(read.stderr).toBe("");
  return {
    rows: read.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown[]),
    text,
  };
}

/** The origin of the organization's log, as a receipt gives it. */
async function originOf(slug: string): Promise<string> {
  const answer = await call(server.url, "POST", `/v1/organizations/${slug}/events`, {
    type: "NEW_TEAM",
    actor: { type: "system", id: "a_test" },
    targets: [{ type: "team", id: "t" }],
    data: { teamId: "t", team: "t" },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  const [receipt] = (answer.body as { receipts: { log: string }[] }).receipts;
  return receipt?.log ?? "";
}

async function compare(slug: string): Promise<number> {
  const log = await originOf(slug);
  const before = (await stored(slug)).filter((event) => event.type !== "AUDIT_LOG_DOWNLOADED").sort(inOrder);
  const { rows } = await download(slug);
  const expected = before.map((event) => rowOf(event, log));
  expect(rows.length).toBe(expected.length);
  // compared first without an account of what differs, which takes ten times as long
  for (let n = 0; n < rows.length; n++)
    if (!isDeepStrictEqual(rows[n], expected[n])) expect(rows[n]).toEqual(expected[n]);
  return rows.length;
}

test.runIf(python)("every demo event comes out of Python equal to what is stored", async () => {
  const list = await call(server.url, "GET", "/v1/organizations?limit=1000");
  const { organizations } = list.body as { organizations: { slug: string }[] };
  expect(organizations.length).toBeGreaterThan(1);
  let rows = 0;
  for (const { slug } of organizations) rows += await compare(slug);
  expect(rows).toBeGreaterThan(200);
});

const hostile = [
  "'",
  '"',
  "''",
  '""',
  "\\",
  "\\'",
  '\\"',
  "\n",
  "\r\n",
  "\r",
  "\t",
  "\u2028",
  ",",
  ";",
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "😀",
  "👩‍👩‍👧",
  "שלום",
  "\u202eevil",
  "x','role':'OWNER",
  'x","role":"OWNER',
  "\\u0027",
  "&#39;",
  "\u0001",
  "\u001f",
  "\u007f",
  "\ufeff",
  "null",
  "{'a':1}",
];

function hostileText(random: () => number): string {
  let text = "";
  for (let n = 1 + Math.floor(random() * 6); n > 0; n--)
    text += hostile[Math.floor(random() * hostile.length)];
  return text;
}

function hostileEvent(random: () => number): EventInput {
  const text = (): string => hostileText(random);
  return {
    type: "NEW_TEAM",
    actor: {
      type: "user",
      id: text(),
      ...(random() < 0.7 && { name: text() }),
      ...(random() < 0.3 && { email: "anne@example.org" }),
      ...(random() < 0.3 && { onBehalfOf: { type: "user", id: text(), name: text() } }),
    },
    ...(random() < 0.3 && { occurredAt: new Date(Date.now() - random() * 600_000).toISOString() }),
    ...(random() < 0.3 && { context: { userAgent: text(), requestId: text() } }),
    targets: [{ type: "team", id: text(), name: text() }],
    data: { teamId: text(), team: text() },
    changes: [
      {
        path: `/${text().replace(/[~/]/g, "")}`,
        label: text(),
        from: { [text()]: [text(), null, 0.1] },
        to: text(),
      },
    ],
    reason: text(),
    outcome: (["success", "denied", "failed"] as const)[Math.floor(random() * 3)] as "success",
  };
}

test.runIf(python)(
  "10,000 hostile events come out of Python equal to what is stored, and no cell but DATA's row breaks",
  async () => {
    const random = seeded(20_261_123);
    expect(
      (
        await call(server.url, "POST", "/v1/organizations", {
          slug: "hostile",
          name: "x','role':'OWNER, \"Inc\"",
        })
      ).status,
    ).toBe(201);
    for (let batch = 0; batch < 20; batch++) {
      const events = Array.from({ length: 500 }, () => hostileEvent(random));
      const answer = await call(server.url, "POST", "/v1/organizations/hostile/events", { events });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    }
    expect(await compare("hostile")).toBe(10_002);
  },
  300_000,
);
