/** The client against a real server over real HTTP, and through a proxy that fails like networks. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AuditEventOf,
  Daybook,
  DaybookError,
  type EventFilter,
  type NewEvent,
  type NewEventOf,
} from "daybook";
import { newEventId } from "daybook/internal";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { type FaultyProxy, openFaultyProxy } from "./support/faulty-proxy.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

let server: ServerProcess;
let folder: string;
let proxy: FaultyProxy;
let organization: string;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-client-"));
  server = await startServer({ dataFolder: folder, databaseUrl: await freshDatabase("embedded") });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  organization = `client-${++made}`;
  await call(server.url, "POST", "/v1/organizations", { slug: organization, name: "Client" });
  proxy = await openFaultyProxy(server.url);
});

afterEach(() => proxy.close());

const through = (options: Partial<ConstructorParameters<typeof Daybook>[0]> = {}): Daybook =>
  new Daybook({ url: proxy.url, token: operatorToken, organization, ...options });
const straight = (): Daybook => new Daybook({ url: server.url, token: operatorToken, organization });

const actor = { type: "user", id: "u_17", name: "Anne Wilson" } as const;
const team = (n: number): NewEventOf<"NEW_TEAM"> => ({
  type: "NEW_TEAM",
  actor,
  targets: [{ type: "team", id: `t_${n}`, name: `Team ${n}` }],
  data: { teamId: `t_${n}`, team: `Team ${n}` },
});
const teams = (count: number, from = 0): NewEventOf<"NEW_TEAM">[] =>
  Array.from({ length: count }, (_, i) => team(from + i));

/** Every team of the log, in its order. */
async function recordedTeams(): Promise<unknown[]> {
  const events: AuditEventOf<"NEW_TEAM">[] = [];
  for await (const event of straight().search({ type: "NEW_TEAM" })) events.push(event);
  return events.sort((a, b) => a.seq - b.seq).map(({ data }) => data.teamId);
}

const failure = async (promise: Promise<unknown>): Promise<DaybookError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DaybookError);
  return error as DaybookError;
};

describe("record", () => {
  test("gives a receipt, and the event reads back as sent", async () => {
    const receipt = await through().record({
      type: "NEW_TEAM",
      actor,
      targets: [{ type: "team", id: "t_1" }],
      data: { teamId: "t_1", team: "Payments" },
    });
    expect(receipt.seq).toBe(1);
    const event = await through().get(receipt.id);
    expect(event).toMatchObject({ actor, data: { team: "Payments" }, seq: 1, leafHash: receipt.leafHash });
  });

  test("says where nothing had changed, and records nothing", async () => {
    const target = { type: "organization", id: "acme" };
    const receipt = await through().record({
      type: "ORGANIZATION_CHANGE",
      actor,
      targets: [target],
      before: { name: "Acme" },
      after: { name: "Acme" },
    });
    expect(receipt).toEqual({ id: receipt.id, recorded: false });
  });

  test("splits 2,500 events into three requests, in order", async () => {
    const receipts = await through().recordMany(teams(2500));
    expect(proxy.seen.filter((line) => line.startsWith("POST"))).toHaveLength(3);
    expect(receipts.map((receipt) => ("seq" in receipt ? receipt.seq : -1))).toEqual(
      Array.from({ length: 2500 }, (_, i) => i + 1),
    );
  });

  test("points into the caller's own list when a later batch is refused, and says what is recorded", async () => {
    const wrong = { ...team(1500), data: { teamId: "t" } } as unknown as NewEvent;
    const events = [...teams(1500), wrong, ...teams(3)];
    const error = await failure(through().recordMany(events));
    expect(error.code).toBe("data-invalid");
    expect(error.issues[0]?.pointer).toBe("/1500/data");
    expect(error.message).toContain("The first 1000 events are recorded.");
    expect(await recordedTeams()).toHaveLength(1000);
  });

  test("refuses what JSON would lose before anything is sent", async () => {
    const error = await failure(
      through().record({
        ...team(1),
        type: "invoice.paid",
        data: { amount: Number.NaN },
      } as unknown as NewEvent),
    );
    expect(error.code).toBe("json-refused");
    expect(proxy.seen).toEqual([]);
  });

  test("with receipt=full brings leaf data and disclosures", async () => {
    const receipt = await straight().record(team(1), { receipt: "full" });
    if ("recorded" in receipt) throw new Error("not recorded");
    expect(JSON.parse(receipt.leafData ?? "").seq).toBe(1);
    expect(Buffer.from(receipt.disclosures?.actor ?? "", "base64url").toString()).toContain('"actor"');
  });
});

describe("retries", () => {
  test.each([
    ["503", { status: 503 }],
    ["502 of a proxy", { status: 502, body: "<html>Bad gateway</html>" }],
    ["504", { status: 504 }],
    ["429", { status: 429 }],
    ["a connection that drops before the server sees the request", "drop-before"],
    ["a connection that drops after the server has recorded", "drop-after"],
  ] as const)("%s: the event is recorded once", async (_, fault) => {
    proxy.faults.push(fault, fault);
    const id = newEventId();
    const receipt = await through().record({ ...team(1), id });
    expect(receipt).toMatchObject({ id, seq: 1 });
    expect(proxy.seen).toHaveLength(3);
    expect(await recordedTeams()).toEqual(["t_1"]);
  });

  test("an event without an id keeps the one that the client gave it", async () => {
    proxy.faults.push("drop-after", "drop-after");
    await through().recordMany(teams(10));
    expect(await recordedTeams()).toHaveLength(10);
  });

  test("waits as long as Retry-After says", async () => {
    proxy.faults.push({ status: 503, headers: { "retry-after": "1" } });
    const started = Date.now();
    await through().record(team(1));
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  });

  test("gives up at once where Retry-After lies beyond the deadline", async () => {
    proxy.faults.push({ status: 503, headers: { "retry-after": "60" } });
    const error = await failure(through({ deadline: 5000 }).record(team(1)));
    expect(error.retryAfter).toBe(60);
    expect(proxy.seen).toHaveLength(1);
  });

  test("end after as many as allowed", async () => {
    proxy.faults.push("drop-before", "drop-before", "drop-before");
    const error = await failure(through({ retries: 1 }).record(team(1)));
    expect(error.code).toBe("unreachable");
    expect(proxy.seen).toHaveLength(2);
  });

  test.each([
    [400, "answer-unreadable"],
    [401, "not-authenticated"],
    [404, "answer-unreadable"],
    [409, "answer-unreadable"],
    [413, "body-too-large"],
    [500, "answer-unreadable"],
  ])("a %i is not tried again", async (status, code) => {
    proxy.faults.push({ status }, { status });
    expect((await failure(through().record(team(1)))).code).toBe(code);
    expect(proxy.seen).toHaveLength(1);
  });

  test("a redirect is not followed: the token goes to the address that was given, and nowhere else", async () => {
    proxy.faults.push({ status: 308, headers: { location: "http://127.0.0.1:1/" } });
    expect((await failure(through().record(team(1)))).message).toContain("308");
  });
});

describe("time", () => {
  test("an attempt that hangs is a timeout, and the next one may succeed", async () => {
    proxy.faults.push("hang");
    expect(await through({ timeout: 1_000 }).record(team(1))).toMatchObject({ seq: 1 });
  });

  test("the deadline ends a call, however many attempts it has left", async () => {
    proxy.faults.push(...Array<"hang">(50).fill("hang"));
    const error = await failure(through({ timeout: 100, deadline: 500, retries: 50 }).record(team(1)));
    expect(error.code).toBe("timeout");
    // each attempt takes its 100 ms, on a slow machine longer
    expect(proxy.seen.length).toBeLessThan(10);
  });

  test("the caller's signal stops an attempt, and its reason is thrown", async () => {
    proxy.faults.push("hang");
    const controller = new AbortController();
    const reason = new Error("the user went away");
    setTimeout(() => controller.abort(reason), 50);
    await expect(through().record(team(1), { signal: controller.signal })).rejects.toBe(reason);
  });

  test("the caller's signal stops a wait", async () => {
    proxy.faults.push({ status: 503, headers: { "retry-after": "30" } });
    const signal = AbortSignal.timeout(100);
    const started = Date.now();
    await expect(through().record(team(1), { signal })).rejects.toThrow("due to timeout");
    expect(Date.now() - started).toBeLessThan(30_000);
  });
});

describe("errors", () => {
  test("are those of the problem document: code, sentence, pointer, remedy", async () => {
    const error = await failure(
      straight().record({ ...team(1), actor: { type: "nobody", id: "x" } as never }),
    );
    expect(error.code).toBe("event-invalid");
    expect(error.issues[0]?.pointer).toBe("/actor/type");
    expect(error.remedy).not.toBe("");
  });

  test("name a wrong token and an unknown organization", async () => {
    const wrong = new Daybook({ url: server.url, token: "wrong", organization });
    expect((await failure(wrong.get(newEventId()))).code).toBe("not-authenticated");
    const unknown = new Daybook({ url: server.url, token: operatorToken, organization: "nowhere" });
    expect((await failure(unknown.search().page())).code).toBe("organization-not-found");
    expect((await failure(straight().get(newEventId()))).code).toBe("event-not-found");
  });

  test("name a server that is not there", async () => {
    const nobody = new Daybook({ url: "http://127.0.0.1:1", token: "x", organization, retries: 0 });
    expect((await failure(nobody.search().page())).message).toContain("could not be reached");
  });

  test("name a server that is no Daybook", async () => {
    proxy.faults.push({ status: 200, body: "<html>Welcome</html>" });
    expect((await failure(through().search().page())).code).toBe("answer-unreadable");
    proxy.faults.push({ status: 201, body: '{"receipts":[]}' });
    expect((await failure(through().record(team(1)))).code).toBe("answer-unreadable");
  });
});

describe("search", () => {
  test("walks all pages, newest first, each event once", async () => {
    await straight().recordMany(teams(120));
    const seen: unknown[] = [];
    for await (const event of through().search({ type: "NEW_TEAM", limit: 50 }))
      seen.push(event.data?.teamId);
    expect(seen).toEqual(
      teams(120)
        .map(({ data }) => data.teamId)
        .reverse(),
    );
    expect(proxy.seen).toHaveLength(3);
  });

  test("filters by actor, target, outcome and time", async () => {
    await straight().recordMany([
      { ...team(1), actor: { type: "user", id: "u:1" }, occurredAt: "2026-01-02T00:00:00Z" },
      { ...team(2), outcome: "denied", occurredAt: "2026-01-03T00:00:00Z" },
      { ...team(3), occurredAt: "2026-01-04T00:00:00.000001Z" },
    ]);
    const found = async (filter: Omit<EventFilter, "type">): Promise<unknown[]> =>
      (
        await through()
          .search({ type: "NEW_TEAM", ...filter })
          .page()
      ).events.map(({ data }) => data.teamId);
    expect(await found({ actor: "user:u:1" })).toEqual(["t_1"]);
    expect(await found({ target: ["team:t_3", "team:t_1"] })).toEqual(["t_3", "t_1"]);
    expect(await found({ outcome: "denied" })).toEqual(["t_2"]);
    expect(await found({ from: "2026-01-03", to: new Date("2026-01-04T00:00:00Z") })).toEqual(["t_2"]);
  });

  test("finds words, and walks on where a page ends early", async () => {
    await straight().recordMany([team(1), { ...team(2), reason: "Ticket 4711, by phone" }]);
    const found: unknown[] = [];
    for await (const { data } of through().search({ q: '"ticket 4711" -mail', type: "NEW_TEAM" }))
      found.push(data.teamId);
    expect(found).toEqual(["t_2"]);
  });

  test("gives one page and its cursor", async () => {
    await straight().recordMany(teams(5));
    const search = through().search({ type: "NEW_TEAM", limit: 3 });
    const first = await search.page();
    expect(first.events).toHaveLength(3);
    const second = await search.page(first.next ?? "");
    expect(second.events.map(({ data }) => data.teamId)).toEqual(["t_1", "t_0"]);
    expect(second.next).toBeNull();
  });
});

describe("export", () => {
  const textOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  };

  test("streams the whole file", async () => {
    await straight().recordMany(teams(300));
    const csv = await textOf(await through().export({ type: "NEW_TEAM" }));
    expect(csv.split("\r\n")).toHaveLength(302);
    expect(csv).toMatch(/^AUTHOR,ORGANIZATION,EVENT_TYPE,DATA,TIME\r\n/);
  });

  test("as NDJSON has the events as a search gives them", async () => {
    await straight().recordMany(teams(3));
    const file = await textOf(await through().export({ type: "NEW_TEAM", format: "ndjson", context: true }));
    const events: unknown[] = [];
    for await (const event of straight().search({ type: "NEW_TEAM" })) events.unshift(event);
    expect(
      file
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual(events);
  });

  test("takes the options of its format only, and no format that there is not", async () => {
    // @ts-expect-error: an option of CSV
    const wrong = through().export({ format: "ndjson", safe: "spreadsheet" });
    expect((await failure(wrong)).code).toBe("query-invalid");
    // @ts-expect-error: no format
    const none = await failure(through().export({ format: "xml" }));
    expect([none.code, none.message]).toEqual([
      "request-invalid",
      expect.stringContaining("'xml' is not a download format"),
    ]);
  });

  test("fails rather than ending early when the connection breaks", async () => {
    await straight().recordMany(teams(300));
    proxy.faults.push({ breakAfter: 5000 });
    const error = await failure(through().export().then(textOf));
    expect(error.code).toBe("unreachable");
  });

  test("is tried again as long as nothing has come", async () => {
    proxy.faults.push({ status: 503 }, "drop-before");
    expect(await textOf(await through().export())).toContain("LOG_OPENED");
  });

  test("ends when the caller has enough", async () => {
    const stream = await through().export();
    await stream.cancel();
    const controller = new AbortController();
    const other = await through().export({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(textOf(other)).rejects.toThrow("enough");
  });
});

describe("follow", () => {
  /** Follows until that many teams have come. */
  async function follow(
    client: Daybook,
    count: number,
    after?: string,
  ): Promise<{ ids: unknown[]; position: string }> {
    const ids: unknown[] = [];
    let position = "";
    for await (const one of client.follow(after === undefined ? {} : { after })) {
      if (one.event.type === "NEW_TEAM") ids.push(one.event.data?.teamId);
      position = one.position;
      if (ids.length === count) break;
    }
    return { ids, position };
  }

  const names = (count: number, from = 0): unknown[] => teams(count, from).map(({ data }) => data.teamId);

  test("brings what is there, then what comes, in the order of the log", async () => {
    await straight().recordMany(teams(50));
    const following = follow(through(), 100);
    for (let n = 50; n < 100; n += 10) await straight().recordMany(teams(10, n));
    expect((await following).ids).toEqual(names(100));
  });

  test("goes on from a position, without repeating its event", async () => {
    await straight().recordMany(teams(20));
    const { position } = await follow(through(), 7);
    expect((await follow(through(), 13, position)).ids).toEqual(names(13, 7));
  });

  test("from the latest on brings only what is new", async () => {
    await straight().recordMany(teams(5));
    let opened = (): void => undefined;
    const stands = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const coming = through().follow({ after: "latest", onOpen: () => opened() });
    const first = coming.next();
    await stands;
    await straight().record(team(5));
    expect((await first).value?.event.data).toMatchObject({ teamId: "t_5" });
    await coming.return();
  });

  test("skips and repeats nothing, wherever the connection breaks", async () => {
    await straight().recordMany(teams(60));
    const breaks = [1, 20, 700, 1999, 3333, 8000];
    for (const breakAfter of breaks) proxy.faults.push({ breakAfter }, "drop-before");
    const interruptions: string[] = [];
    const ids: unknown[] = [];
    for await (const { event } of through().follow({
      onInterruption: ({ code }) => interruptions.push(code),
    })) {
      if (event.type === "NEW_TEAM") ids.push(event.data?.teamId);
      if (ids.length === 60) break;
    }
    expect(ids).toEqual(names(60));
    expect(interruptions.length).toBeGreaterThan(3);
    expect(new Set(interruptions)).toEqual(new Set(["unreachable"]));
  });

  test("stops with the caller's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 100);
    const following = (async () => {
      for await (const _ of through().follow({ signal: controller.signal }));
    })();
    await expect(following).rejects.toBe(reason);
  });

  test("refuses a position that is not one of the log", async () => {
    const position = "aaaaaaaaaaaaaaaaaaaaaaaaaa:0:0000000000000000";
    expect((await failure(follow(through(), 1, position))).code).toBe("position-mismatch");
  });
});
