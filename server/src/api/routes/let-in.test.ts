/** Requests over HTTP from real serializers, with unusual names and clients, and the texts of errors. */
import { formatTime, newEventId } from "daybook/internal";
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

const team = (more: object = {}): Record<string, unknown> => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1" },
  targets: [{ type: "team", id: "t_1" }],
  data: { teamId: "t_1", team: "Team" },
  ...more,
});
const record = async (more: object): Promise<{ id: string; event: Record<string, unknown> }> => {
  const { status, body, text } = await call("POST", path, team(more));
  expect(status, text).toBe(201);
  const [{ id }] = body.receipts;
  return { id, event: (await call("GET", `${path}/${id}`)).body };
};
const refused = async (body: unknown, headers?: Record<string, string>) => {
  const answer = await call("POST", path, body, headers);
  return { status: answer.status, ...answer.body, errors: answer.body.errors ?? [] };
};

test("null is as if the member were absent, and reading shows it absent", async () => {
  const { event } = await record({
    id: null,
    occurredAt: null,
    actor: { type: "user", id: "u_1", name: null, email: null, onBehalfOf: null },
    targets: [{ type: "team", id: "t_1", name: null }],
    changes: null,
    before: null,
    after: { a: null },
    outcome: null,
    reason: null,
    context: { ip: null, adjusted: [] },
    producer: null,
  });
  const { id: _, organization: __, ...rest } = event;
  expect(rest).toMatchObject({
    actor: { type: "user", id: "u_1" },
    targets: [{ type: "team", id: "t_1" }],
    changes: [{ path: "/a", to: null }],
    outcome: "success",
  });
  for (const name of ["reason", "context", "producer", "before"]) expect(rest).not.toHaveProperty(name);
});

test("nine decimals are taken, and six are read back", async () => {
  const { event } = await record({ occurredAt: new Date().toISOString().replace("Z", "456789Z") });
  expect(event.occurredAt).toMatch(/\d{3}456Z$/);
});

test("bad times are told apart, each with a remedy", async () => {
  const sent = [
    1_795_346_431,
    "1795346431",
    "2026-11-22 11:20:31+00:00",
    "2026-11-22T11:20:31",
    "2026-11-22T11:20:31+0000",
    "2026-11-22T11:20:31,5Z",
    "2026-11-22T11:20Z",
    "2026-11-22",
    "2016-12-31T23:59:60Z",
    "2026-11-22T24:00:00Z",
    "2026-13-22T11:20:31Z",
    "2026-02-30T11:20:31Z",
    "0001-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z",
    "2026-11-22T11:20:31.1234567890Z",
    "2026-11-22T12:20:31+01:00[Europe/Berlin]",
  ];
  const details = new Set<string>();
  for (const occurredAt of sent) {
    const { status, code, detail, errors } = await refused(team({ occurredAt }));
    expect([status, code, errors[0].pointer]).toEqual([422, "event-invalid", "/occurredAt"]);
    expect(errors[0].remedy).toMatch(/\.$/);
    details.add(detail);
  }
  expect(details.size).toBe(sent.length);
});

test("a time and an id that lie over 5 minutes ahead are refused, and an old id isn't", async () => {
  const ahead = Date.now() + 6 * 60_000;
  expect((await refused(team({ occurredAt: new Date(ahead).toISOString() }))).errors[0]).toMatchObject({
    pointer: "/occurredAt",
    detail: "occurredAt is more than 5 minutes in the future.",
  });
  expect((await refused(team({ id: newEventId(ahead) }))).errors[0]).toMatchObject({
    pointer: "/id",
    detail: "The time within the id is more than 5 minutes in the future.",
  });
  await record({ id: newEventId(Date.now() + 4 * 60_000) });
  await record({
    id: newEventId(Date.now() - 90 * 86_400_000),
    occurredAt: formatTime(BigInt(Date.now()) * 1000n),
  });
});

describe("who has no id", () => {
  test("is found by anonymous: and read back without one", async () => {
    const { id, event } = await record({
      actor: { type: "anonymous", id: null, onBehalfOf: { type: "anonymous" } },
    });
    expect(event.actor).toEqual({ type: "anonymous", onBehalfOf: { type: "anonymous" } });
    const { body } = await call("GET", `${path}?actor=anonymous:`);
    expect(body.events.map((each: { id: string }) => each.id)).toContain(id);
    for (const each of body.events) expect(each.actor).not.toHaveProperty("id");
    expect((await call("GET", `${path}?actor=user:`)).status).toBe(400);
  });

  test.each([
    ["a system without id", { type: "system" }, "/actor"],
    ["Daybook", { type: "system", id: "daybook" }, "/actor/id"],
    [
      "one for Daybook",
      { type: "user", id: "u", onBehalfOf: { type: "system", id: "daybook" } },
      "/actor/onBehalfOf/id",
    ],
    [
      "one for a system without id",
      { type: "user", id: "u", onBehalfOf: { type: "system" } },
      "/actor/onBehalfOf",
    ],
    ["a user", { type: "user" }, "/actor"],
  ])("can't be %s", async (_, actor, pointer) => {
    const { status, errors } = await refused(team({ actor }));
    expect([status, errors.map((each: { pointer: string }) => each.pointer)]).toEqual([422, [pointer]]);
    expect(errors[0].remedy).toMatch(/\.$/);
  });
});

test("a long user agent is cut, behind or before what is hidden in it", async () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const { event } = await record({
    context: { userAgent: `${"é".repeat(251)}${token}${"x".repeat(3_000)}` },
  });
  expect(event.context).toEqual({ userAgent: "é".repeat(251) });
  const whole = await record({ context: { userAgent: `${"a".repeat(492)}${token} ${"x".repeat(3_000)}` } });
  expect((whole.event.context as { userAgent: string }).userAgent).toMatch(/^a{492}\[token [0-9a-f]{12}\]$/);
  expect((await refused(team({ context: { userAgent: "x".repeat(4_097) } }))).errors[0].pointer).toBe(
    "/context/userAgent",
  );
});

test("the id elsewhere is found by words, whole and by its beginning", async () => {
  const externalId = `evt_${newEventId()}`;
  const { id } = await record({ producer: { id: "portal", externalId } });
  const found = async (q: string): Promise<string[]> =>
    (await call("GET", `${path}?q=${encodeURIComponent(q)}`)).body.events.map(
      (each: { id: string }) => each.id,
    );
  await expect.poll(() => found(`"${externalId}"`), { timeout: 20_000 }).toEqual([id]);
  expect(await found(externalId.slice(0, 30))).toEqual([id]);
  expect(await found(`portal ${externalId}`)).toEqual([]);
});

test("names that downloads put beside data are refused there, and free deeper", async () => {
  const type = {
    name: "thing.done",
    title: "Thing done",
    sentence: "{actor} did it",
    data: { type: "object" },
  };
  expect((await call("POST", "/v1/organizations/acme/event-types", type)).status).toBe(201);
  const names = ["$event", "targets", "changes", "reason", "outcome", "erased"];
  const data = Object.fromEntries(names.map((name) => [name, 1]));
  const { errors } = await refused(team({ type: "thing.done", data }));
  expect(errors.map((each: { pointer: string }) => each.pointer)).toEqual(
    names.map((name) => `/data/${name}`),
  );
  await record({ type: "thing.done", data: { deeper: data } });
});

test.each([
  [
    "of UTF-8",
    Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
    "The body starts with a byte order mark, which JSON does not allow.",
  ],
  ["of UTF-16", Buffer.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), "The body is UTF-16."],
])("a byte order mark %s is named", async (_, bytes, detail) => {
  for (const type of ["application/json", "application/x-ndjson"]) {
    const answer = await fetch(`${server.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer operator-token-of-the-tests-0123456789`, "content-type": type },
      body: bytes,
    });
    expect(await answer.json()).toMatchObject({ status: 400, code: "json-unreadable", detail });
  }
});

const sent = (headers: Record<string, string>) =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: {
      authorization: "Bearer operator-token-of-the-tests-0123456789",
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(team()),
  });

test.each([
  ["application/json; charset=UTF-8", undefined],
  ["Application/JSON;charset=utf8", undefined],
  ['application/json ; charset="utf-8"', undefined],
  ["application/json; charset=us-ascii", undefined],
  ["application/json;odata.metadata=minimal", undefined],
  ["application/x-ndjson; charset=utf-8", undefined],
  ["application/json", "identity"],
  ["application/json", "Identity"],
])("JSON in UTF-8 is taken as %s, encoded as %s", async (type, coding) => {
  const answer = await sent({ "content-type": type, ...(coding && { "content-encoding": coding }) });
  expect(answer.status).toBe(201);
});

test.each([
  [{ "content-type": "application/json; charset=iso-8859-1" }, "a charset other than UTF-8", "charset=utf-8"],
  [{ "content-encoding": "gzip" }, "compressed", "Send it uncompressed."],
  [{ "content-type": "text/json" }, "one that no address takes", "application/json"],
  [{ "content-type": "application/vnd.acme+json" }, "one that no address takes", "application/json"],
  [
    { "content-type": "application/x-www-form-urlencoded" },
    "that of a form, which curl -d",
    "application/json",
  ],
  [{ "content-type": "application/jsonl" }, "is application/jsonl, one", "application/x-ndjson"],
  [{ "content-type": "" }, "no Content-Type", "application/json"],
  [{ "content-type": "it's <b>mine</b>" }, "The Content-Type is one that no", "application/json"],
])("a body with %j is refused with the cause", async (headers, detail, remedy) => {
  const answer = await sent(headers as Record<string, string>);
  // RFC 9110, 15.5.16: if anything else is wrong, another coding wouldn't help
  expect(answer.headers.get("accept-encoding")).toBe("content-encoding" in headers ? "identity" : null);
  expect(await answer.json()).toMatchObject({
    status: 415,
    code: "media-type-unsupported",
    detail: expect.stringContaining(detail),
    remedy: expect.stringContaining(remedy),
  });
});

test("data by other names, or null where a string stands, is refused with what to write", async () => {
  const { errors } = await refused(team({ data: { team_id: "t_1", team: null } }));
  const remedies = Object.fromEntries(
    errors.map(({ pointer, remedy }: { pointer: string; remedy: string }) => [pointer, remedy]),
  );
  expect(remedies["/data/team_id"]).toContain("Call it teamId if that is what you mean");
  expect(remedies["/data/team"]).toContain("Leave the member out where it is optional");
});

test("an API client that may not read can't test guesses at what others recorded", async () => {
  const add = async (scopes: string[]): Promise<{ authorization: string }> => {
    const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const client = { name: scopes.join(" "), expiresOn, scopes };
    const { body, text } = await call("POST", "/v1/organizations/acme/api-clients", client);
    expect(body?.token, text).toBeDefined();
    return { authorization: `Bearer ${body.token}` };
  };
  const [writer, reader] = [await add(["events:write"]), await add(["events:write", "events:read"])];
  const event = team({ id: newEventId(), reason: "A secret reason" });
  const first = await call("POST", path, event);
  for (const sent of [event, { ...event, reason: "A guess" }, { ...event, before: {}, after: {} }])
    expect((await call("POST", path, sent, writer)).body).toMatchObject({ status: 409, code: "id-reused" });
  const same = await call("POST", `${path}?receipt=full`, event, reader);
  expect([same.status, same.body]).toEqual([200, first.body]);
  const own = team({ id: newEventId() });
  const recorded = await call("POST", path, own, writer);
  expect([recorded.status, (await call("POST", path, own, writer)).body]).toEqual([201, recorded.body]);
});
