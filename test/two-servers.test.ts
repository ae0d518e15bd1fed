/** Two server processes on one database: one busy organization and 200 small ones, 20 writers; and tokens that end in both. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Receipt } from "daybook";
import type { RecordedEvent } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { call, type ServerProcess, startServer } from "./support/server-process.ts";

const small = 200;
const writers = 20;
const rounds = 15;
let servers: ServerProcess[] = [];
const folders: string[] = [];

beforeAll(async () => {
  const databaseUrl = await freshDatabase("embedded");
  // the first start makes the token and the key; the second process finds them in the database
  for (let n = 0; n < 2; n++) {
    const dataFolder = await mkdtemp(join(tmpdir(), "daybook-two-"));
    folders.push(dataFolder);
    servers.push(await startServer({ dataFolder, databaseUrl }));
  }
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const event = (n: number): unknown => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: `u_${n}` },
  targets: [{ type: "team", id: `t_${n}`, name: "Team" }],
  data: { teamId: `t_${n}`, team: "Team" },
});

async function write(writer: number, receipts: Map<string, Receipt[]>): Promise<void> {
  const server = servers[writer % 2] as ServerProcess;
  for (let round = 0; round < rounds; round++) {
    for (const slug of ["busy", `small-${(writer * rounds + round) % small}`, "busy"]) {
      const events = Array.from({ length: 1 + (round % 3) }, (_, n) => event(n));
      const answer = await call(server.url, "POST", `/v1/organizations/${slug}/events`, { events });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      receipts.get(slug)?.push(...(answer.body as { receipts: Receipt[] }).receipts);
    }
    if (round % 5 === 0)
      await call(server.url, "PATCH", "/v1/organizations/busy", { name: `Busy ${writer} ${round}` });
  }
}

async function seqsOf(slug: string): Promise<number[]> {
  const seqs: number[] = [];
  for (let next = ""; ; ) {
    const answer = await call(
      servers[0]?.url as string,
      "GET",
      `/v1/organizations/${slug}/events?limit=1000${next}`,
    );
    const page = answer.body as { events: RecordedEvent[]; next: string | null };
    seqs.push(...page.events.map(({ seq }) => seq));
    if (!page.next) return seqs.sort((a, b) => a - b);
    next = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

test("20 writers on two processes leave every log gap-free, with renames mixed in and no deadlock", async () => {
  const slugs = ["busy", ...Array.from({ length: small }, (_, n) => `small-${n}`)];
  const receipts = new Map<string, Receipt[]>(slugs.map((slug) => [slug, []]));
  // some at a time: how many changes a process takes at once is not what this is about
  for (let from = 0; from < slugs.length; from += 20) {
    await Promise.all(
      slugs.slice(from, from + 20).map(async (slug, n) => {
        const url = servers[n % 2]?.url as string;
        const made = await call(url, "POST", "/v1/organizations", { slug, name: slug });
        expect(made.status, JSON.stringify(made.body)).toBe(201);
      }),
    );
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer, receipts)));
  for (const slug of slugs) {
    const seqs = await seqsOf(slug);
    expect(seqs).toEqual(seqs.map((_, n) => n));
    const acknowledged = receipts.get(slug) ?? [];
    expect(new Set(acknowledged.map(({ seq }) => seq)).size).toBe(acknowledged.length);
    for (const { seq } of acknowledged) expect(seq).toBeLessThan(seqs.length);
  }
  expect((await seqsOf("busy")).length).toBeGreaterThan(writers * rounds * 2);
}, 300_000);

test("what one process revokes, rotates or deletes, the other refuses on the very next request", async () => {
  const [one, other] = servers.map(({ url }) => url) as [string, string];
  const org = "/v1/organizations/tokens";
  await call(one, "POST", "/v1/organizations", { slug: "tokens", name: "Tokens" });
  const expiresOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const record = async (url: string, token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify(event(1));
    return (await fetch(`${url}${org}/events`, { method: "POST", headers, body })).status;
  };
  for (let round = 0; round < 30; round++) {
    const wanted = { name: `Client ${round}`, expiresOn, scopes: ["events:write"] };
    const added = await call(one, "POST", `${org}/api-clients`, wanted);
    const { id, token } = added.body as { id: string; token: string };
    expect([await record(one, token), await record(other, token)]).toEqual([201, 201]);
    const path = `${org}/api-clients/${id}`;
    if (round % 3 === 0) await call(one, "POST", `${path}/revoke`);
    else if (round % 3 === 1) await call(one, "POST", `${path}/rotate`);
    else await call(one, "DELETE", path);
    expect([await record(other, token), await record(one, token)]).toEqual([401, 401]);
  }
}, 300_000);
