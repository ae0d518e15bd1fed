/** Scheduled checks: one at a time over all processes, with an event of the result, a metric, and a continuation after a stop. */
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { asSuperuser } from "../../../test/support/database.ts";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { type IntegrityChecks, openIntegrityChecks } from "./index.ts";

let server: TestServer;
beforeEach(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

const always = 0n;
const daily = 86_400_000_000n;
const failures: unknown[] = [];

function open(every: bigint | undefined, found: (sentence: string) => void = () => {}): IntegrityChecks {
  const { store, log } = server.services;
  const checks = openIntegrityChecks({
    ...{ store, log, every, failed: (error) => void failures.push(error) },
    found: ({ sentence }) => found(sentence),
  });
  afterwards(() => checks.close());
  return checks;
}

interface ShownResult {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function results(): Promise<ShownResult[]> {
  const { body } = await server.call("GET", "/v1/organizations/daybook/events?type=INTEGRITY_CHECKED");
  return body.events;
}

async function plant(...statements: string[]): Promise<void> {
  const sql = new pg.Client(asSuperuser(server.databaseUrl));
  await sql.connect();
  for (const statement of statements) await sql.query(statement);
  await sql.end();
}

test("a check that is due records its result in the log of daybook, which the next check confirms", async () => {
  const checks = open(always);
  expect(await checks.last()).toBeUndefined();
  await checks.due();
  // LOG_OPENED, OPERATOR_TOKEN_REPLACED, SIGN_IN_LINK_ISSUED, ORGANIZATION_ADDED; LOG_OPENED of acme
  const data = { organizations: 2, events: 5, findings: 0 };
  expect(await results()).toMatchObject([{ type: "INTEGRITY_CHECKED", data, recordedBy: { own: true } }]);
  expect(await checks.last()).toMatchObject({ organizations: 2, events: 5n, findings: 0 });
  await checks.due();
  expect(await results()).toMatchObject([{ data: { events: 6, findings: 0 } }, { data }]);
  expect(failures).toEqual([]);
});

test("what differs is passed on and counted", async () => {
  await plant("UPDATE organization SET name = 'Other' WHERE slug = 'acme'");
  const sentences: string[] = [];
  await open(always, (sentence) => sentences.push(sentence)).due();
  expect(sentences).toEqual([
    expect.stringMatching(/^organization org_\w+: name is not what the events say\.$/),
  ]);
  expect(await results()).toMatchObject([{ data: { findings: 1 } }]);
});

test("checks are off, or wait for their interval after the first start, and after the last one", async () => {
  await open(undefined).due();
  await open(daily).due();
  expect(await results()).toEqual([]);
  await plant("UPDATE deployment SET created_at = created_at - interval '25 hours'");
  await open(daily).due();
  await open(daily).due();
  expect(await results()).toHaveLength(1);
});

test("of several processes, one checks", async () => {
  await plant("UPDATE deployment SET created_at = created_at - interval '25 hours'");
  await Promise.all([open(daily), open(daily), open(daily)].map((checks) => checks.due()));
  expect(await results()).toHaveLength(1);
});

test("a check that is stopped is continued by another process, which reads no event twice", async () => {
  const events = Array.from({ length: 500 }, (_, n) => ({
    type: "API_CLIENT_UPDATED",
    actor: { type: "user", id: "u_17" },
    targets: [{ type: "api_client", id: "c_9" }],
    data: { clientId: "c_9", name: `${n}` },
  }));
  await server.call("POST", "/v1/organizations/acme/events", { events });
  const first = open(always);
  const working = first.due();
  await first.close();
  await working;
  expect(await results()).toEqual([]);
  await open(always).due();
  expect(await results()).toMatchObject([{ data: { organizations: 2, events: 505, findings: 0 } }]);
});

test("a process that died is replaced when its claim is over", async () => {
  const { store } = server.services;
  await store.claimCheck({ every: always, claim: 120_000_000n });
  await open(always).due();
  expect(await results()).toEqual([]);
  await plant("UPDATE integrity_check SET claimed_until = clock_timestamp()");
  await open(always).due();
  expect(await results()).toHaveLength(1);
});

test("a clock that ran ahead for a while holds up no check", async () => {
  const { store } = server.services;
  // a process died while it was checking
  await store.claimCheck({ every: always, claim: 120_000_000n });
  await plant("UPDATE integrity_check SET claimed_until = claimed_until + interval '1 year'");
  await open(always).due();
  expect(await results()).toHaveLength(1);
  // a check ended
  await open(daily).due();
  expect(await results()).toHaveLength(1);
  await plant(
    "UPDATE integrity_check SET started_at = started_at + interval '1 year', finished_at = finished_at + interval '1 year'",
  );
  await open(daily).due();
  await open(daily).due();
  expect(await results()).toHaveLength(2);
});

test("a deployment that was made while the clock was ahead is checked", async () => {
  await plant("UPDATE deployment SET created_at = created_at + interval '1 year'");
  await open(daily).due();
  await open(daily).due();
  expect(await results()).toHaveLength(1);
});

test("the metrics have the last check, whichever process made it", async () => {
  const metric = async (name: string): Promise<number> => {
    const { text } = await server.call("GET", "/metrics");
    return Number(new RegExp(`^daybook_integrity_check_${name} (\\S+)$`, "m").exec(text)?.[1]);
  };
  expect(await metric("finished_timestamp_seconds")).toBe(0);
  await plant("UPDATE organization SET name = 'Other' WHERE slug = 'acme'");
  await open(always).due();
  expect(await metric("finished_timestamp_seconds")).toBeGreaterThan(Date.now() / 1000 - 600);
  expect([await metric("findings"), await metric("events")]).toEqual([1, 5]);
});
