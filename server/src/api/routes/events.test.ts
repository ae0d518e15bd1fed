/** Events over HTTP: one, a batch, lines; errors with their places; pages and single events. */
import { createHash } from "node:crypto";
import { newEventId } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";

const path = "/v1/organizations/acme/events";
let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
  await call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

const team = (n: number, more: object = {}): Record<string, unknown> => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "team", id: `t_${n}` }],
  data: { teamId: `t_${n}`, team: `Team ${n}` },
  ...more,
});
const count = async (): Promise<number> => (await call("GET", `${path}?limit=1`)).body.events[0].seq;

describe("recording", () => {
  test("one event answers 201 with its receipt, and 200 with the same one when it is sent again", async () => {
    const event = team(1, { id: newEventId() });
    const first = await call("POST", path, event);
    expect(first.status, first.text).toBe(201);
    expect(first.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(first.body).toEqual({
      receipts: [
        {
          id: event.id,
          log: expect.stringMatching(/^log\.example\.org\/o\/[a-z2-7]{26}$/),
          seq: expect.any(Number),
          recordedAt: expect.any(String),
          leafHash: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
        },
      ],
    });
    const again = await call("POST", path, event);
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await call("POST", path, { ...event, reason: "changed" });
    expect(other.body).toMatchObject({ status: 409, code: "id-reused" });
  });

  test("a batch answers with receipts in the order sent, lines too", async () => {
    const events = [team(2), team(3), team(4)];
    const batch = await call("POST", path, { events });
    const lines = await call("POST", path, `${events.map((each) => JSON.stringify(each)).join("\n")}\n`, {
      "content-type": "application/x-ndjson",
    });
    for (const answer of [batch, lines]) {
      expect(answer.status, answer.text).toBe(201);
      const seqs = answer.body.receipts.map(({ seq }: { seq: number }) => seq);
      expect(seqs).toEqual([seqs[0], seqs[0] + 1, seqs[0] + 2]);
    }
  });

  test("before and after that are equal record nothing, and leave the id free", async () => {
    const event = {
      type: "API_CLIENT_UPDATED",
      actor: { type: "user", id: "u" },
      targets: [{ type: "api_client", id: "c" }],
      data: { clientId: "c", name: "C" },
    };
    const id = newEventId();
    const same = await call("POST", path, { ...event, id, before: { name: "C" }, after: { name: "C" } });
    expect([same.status, same.body]).toEqual([200, { receipts: [{ id, recorded: false }] }]);
    expect((await call("POST", path, { ...event, id })).status).toBe(201);
  });

  test("with receipt=full the sender can work out the leaf hash", async () => {
    const { body } = await call("POST", `${path}?receipt=full`, team(5));
    const [receipt] = body.receipts;
    const leaf = createHash("sha256")
      .update(Buffer.from([0]))
      .update(receipt.leafData)
      .digest("base64");
    expect(leaf).toBe(receipt.leafHash);
    expect(JSON.parse(Buffer.from(receipt.disclosures.actor, "base64url").toString())).toEqual([
      expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      "actor",
      { id: expect.any(String), type: "user" },
    ]);
  });

  test.each([
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    'APPLICATION/JSON; charset="utf-8"',
  ])("takes the content type %s", async (type) => {
    expect((await call("POST", path, team(6), { "content-type": type })).status).toBe(201);
  });

  test("1,000 events are taken at once, 1,001 are refused", async () => {
    const events = Array.from({ length: 1001 }, (_, n) => team(n));
    const refused = await call("POST", path, { events });
    expect(refused.body).toMatchObject({ status: 413, code: "body-too-large" });
    const taken = await call("POST", path, { events: events.slice(1) });
    expect(taken.status).toBe(201);
    expect(taken.body.receipts).toHaveLength(1000);
  });
});

describe("what is refused says where, and nothing of its batch is recorded:", () => {
  const text = (event: Record<string, unknown>): string => JSON.stringify(event);
  test.each<[string, string, number, string, string | undefined]>([
    ["not JSON", "{]", 400, "json-unreadable", undefined],
    ["bytes that aren't UTF-8", "\u0000", 400, "json-unreadable", undefined],
    ["a duplicate name", '{"type":"A","type":"B"}', 422, "json-refused", "/type"],
    ["__proto__", '{"__proto__":{"x":1}}', 422, "json-refused", "/__proto__"],
    ["a lone surrogate", '{"reason":"\\ud800"}', 422, "json-refused", "/reason"],
    ["1e400", '{"data":{"n":1e400}}', 422, "json-refused", "/data/n"],
    ["a list", "[]", 422, "event-invalid", ""],
    ["a number", "5", 422, "event-invalid", ""],
    ["an empty batch", '{"events":[]}', 422, "request-invalid", ""],
    ["a batch with a member more", '{"events":[],"x":1}', 422, "request-invalid", "/x"],
    ["an unknown type", text(team(1, { type: "API_ESCAPED" })), 422, "event-type-unknown", "/type"],
    ["a type of the server's", text(team(1, { type: "LOG_OPENED" })), 422, "event-type-reserved", "/type"],
    [
      "data of another shape",
      text(team(1, { data: { teamId: 5, team: "T" } })),
      422,
      "data-invalid",
      "/data/teamId",
    ],
    ["no actor", text(team(1, { actor: undefined })), 422, "event-invalid", ""],
    ["null as an actor", text(team(1, { actor: null })), 422, "event-invalid", "/actor"],
    ["an unknown member", text(team(1, { colour: "red" })), 422, "event-invalid", "/colour"],
    [
      "a time of ten decimals",
      text(team(1, { occurredAt: "2026-01-01T00:00:00.0000000000Z" })),
      422,
      "event-invalid",
      "/occurredAt",
    ],
    [
      "a time in the future",
      text(team(1, { occurredAt: "2200-01-01T00:00:00Z" })),
      422,
      "event-invalid",
      "/occurredAt",
    ],
    ["an id in capitals", text(team(1, { id: newEventId().toUpperCase() })), 422, "event-invalid", "/id"],
    ["an event of 65 KiB", text(team(1, { reason: "x".repeat(65 * 1024) })), 422, "event-too-large", ""],
  ])("%s", async (_, body, status, code, pointer) => {
    const before = await count();
    const refused = await call("POST", path, body);
    expect([refused.status, refused.body?.code], refused.text).toEqual([status, code]);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({
      title: expect.any(String),
      detail: expect.any(String),
      remedy: expect.any(String),
    });
    if (pointer !== undefined)
      expect(refused.body.errors.map((e: { pointer: string }) => e.pointer)).toContain(pointer);
    const within = await call(
      "POST",
      path,
      `{"events":[${text(team(9))},${body === "\u0000" ? "{]" : body},${text(team(9))}]}`,
    );
    expect(within.status, within.text).toBeGreaterThanOrEqual(400);
    if (pointer !== undefined && pointer !== "" && status === 422)
      expect(within.body.errors.map((e: { pointer: string }) => e.pointer)).toContain(`/events/1${pointer}`);
    expect(await count()).toBe(before);
  });

  test.each([
    "text/plain",
    "application/xml",
    "application/json; charset=latin1",
    "application/jsonx",
    "multipart/form-data",
  ])("the content type %s", async (type) => {
    const refused = await call("POST", path, JSON.stringify(team(1)), { "content-type": type });
    expect(refused.body).toMatchObject({ status: 415, code: "media-type-unsupported" });
  });

  test("a compressed body", async () => {
    const refused = await call("POST", path, team(1), { "content-encoding": "gzip" });
    expect(refused.body).toMatchObject({ status: 415, code: "media-type-unsupported" });
  });

  test("a body of over 5 MiB", async () => {
    const refused = await call("POST", path, " ".repeat(5 * 1024 * 1024 + 1));
    expect(refused.body).toMatchObject({ status: 413, code: "body-too-large" });
  });

  test("a receipt of a kind that nobody gives", async () => {
    const refused = await call("POST", `${path}?receipt=half`, team(1));
    expect(refused.body).toMatchObject({ code: "query-invalid", errors: [{ pointer: "/receipt" }] });
  });
});

describe("reading", () => {
  test("pages link to the next one with the same filter", async () => {
    const seen: number[] = [];
    let next: string | undefined = `${path}?limit=400&type=NEW_TEAM&type=NEW_API&actor=user:u_1`;
    while (next !== undefined) {
      const page = await call("GET", next);
      expect(page.status, page.text).toBe(200);
      expect(page.headers.get("cache-control")).toBe("no-store");
      seen.push(...page.body.events.map(({ seq }: { seq: number }) => seq));
      next = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen.length).toBeGreaterThan(1000);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("an unknown parameter is refused by its name, a cursor of another filter too", async () => {
    const refused = await call("GET", `${path}?colour=red`);
    expect(refused.body).toMatchObject({
      status: 400,
      code: "query-invalid",
      errors: [{ pointer: "/colour" }],
    });
    const { next } = (await call("GET", `${path}?limit=1`)).body;
    const stolen = await call("GET", `${path}?limit=1&type=NEW_TEAM&cursor=${next}`);
    expect(stolen.body).toMatchObject({ status: 400, code: "cursor-invalid" });
  });

  test("one event is read by its id; another organization's is not found", async () => {
    await call("POST", "/v1/organizations", { slug: "other", name: "Other" });
    const { id } = (await call("POST", path, team(7))).body.receipts[0];
    expect((await call("GET", `${path}/${id}`)).body).toMatchObject({
      ...team(7),
      id,
      organization: { slug: "acme" },
    });
    const elsewhere = await call("GET", `/v1/organizations/other/events/${id}`);
    expect(elsewhere.body).toMatchObject({ status: 404, code: "event-not-found" });
    expect((await call("GET", `${path}/not-an-id`)).body.code).toBe("event-not-found");
  });

  test("the global log shows the events of every organization", async () => {
    await call("POST", "/v1/organizations/other/events", team(8));
    const { events } = (await call("GET", "/v1/events?limit=50")).body;
    const slugs = new Set(events.map((event: { organization: { slug: string } }) => event.organization.slug));
    expect([...slugs].toSorted()).toEqual(["acme", "daybook", "other"]);
  });
});

test("many pages at once each have their own events", async () => {
  const sent = Array.from({ length: 40 }, (_, n) => team(5000 + n, { reason: `${n}.`.repeat(1 + 4 * n) }));
  const answer = await call("POST", path, { events: sent });
  expect(answer.status, answer.text).toBe(201);
  for (let round = 0; round < 3; round++) {
    const pages = await Promise.all(sent.map((_, n) => call("GET", `${path}?target=team:t_${5000 + n}`)));
    expect(pages.map(({ body }) => body.events.map(({ reason }: { reason: string }) => reason))).toEqual(
      sent.map(({ reason }) => [reason]),
    );
  }
});
