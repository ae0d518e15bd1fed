/** The downloads over HTTP: their content, their events, and broken ones. */
import { request } from "node:http";
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { isFull } from "../../../../test/support/strength.ts";
import { exportFormats } from "../../export/index.ts";
import { readCsv } from "../../export/testing/read-csv.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import { walksOver } from "../../store/testing/event-bytes.ts";
import { openServer, type TestServer, token } from "../testing/open-server.ts";

let server: TestServer;
let call: TestServer["call"];
const of = (slug: string): string => `/v1/organizations/${slug}`;
beforeAll(async () => {
  server = await openServer();
  call = server.call;
  for (const slug of ["acme", "hostile", "old"]) {
    await call("POST", "/v1/organizations", { slug, name: slug === "acme" ? 'Acme "A", Inc.' : slug });
  }
});

const day = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();
const team = (id: string, more: object = {}): object => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "team", id }],
  data: { teamId: id, team: id },
  ...more,
});

/** The rows of a download, without the header. */
async function download(slug: string, query = ""): Promise<string[][]> {
  const answer = await call("GET", `${of(slug)}/audit-log.csv${query}`);
  expect(answer.status, answer.text).toBe(200);
  const [header, ...rows] = readCsv(answer.text);
  expect(header).toEqual(["AUTHOR", "ORGANIZATION", "EVENT_TYPE", "DATA", "TIME"]);
  return rows;
}
const parsed = (row: readonly string[]): Record<string, unknown> =>
  JSON.parse((row[3] ?? "").replaceAll("'", '"'));

async function newest(slug: string): Promise<RecordedEvent> {
  return (await call("GET", `${of(slug)}/events?limit=1&type=AUDIT_LOG_DOWNLOADED`)).body.events[0];
}

describe("a download", () => {
  test("has a name, is no page, and is itself an event that its file doesn't hold", async () => {
    const before = await call("GET", `${of("acme")}/audit-log.csv?type=AUDIT_LOG_DOWNLOADED&type=LOG_OPENED`);
    expect(before.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(before.headers.get("content-disposition")).toMatch(
      /^attachment; filename="audit-log-acme-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(readCsv(before.text).map((row) => row[2])).toEqual(["EVENT_TYPE", "LOG_OPENED"]);
    expect(await newest("acme")).toMatchObject({
      actor: { type: "user", id: "operator" },
      recordedBy: { type: "server", id: "daybook" },
      targets: [{ type: "organization", name: 'Acme "A", Inc.' }],
      data: {
        format: "csv",
        by: "occurred",
        from: expect.stringMatching(/Z$/),
        to: expect.stringMatching(/Z$/),
        context: false,
        filter: { types: ["AUDIT_LOG_DOWNLOADED", "LOG_OPENED"] },
      },
      context: { interface: "api", requestId: expect.any(String) },
    });
    // a window into the future has what was recorded before this download, not the download itself
    const after = await download("acme", `?type=AUDIT_LOG_DOWNLOADED&to=${ago(-1)}`);
    expect(after).toHaveLength(1);
    expect(after[0]?.[1]).toBe('Acme "A", Inc.');
  });

  test("holds the last 90 days by occurredAt, oldest first, unless asked otherwise", async () => {
    const events = [team("d91", { occurredAt: ago(91) }), team("d1", { occurredAt: ago(1) })];
    events.push(team("d89", { occurredAt: ago(89) }), team("now"));
    expect((await call("POST", `${of("old")}/events`, { events })).status).toBe(201);
    const teams = async (query: string): Promise<unknown[]> =>
      (await download("old", `?type=NEW_TEAM${query}`)).map((row) => parsed(row).teamId);
    expect(await teams("")).toEqual(["d89", "d1", "now"]);
    expect(await teams(`&from=${ago(100)}`)).toEqual(["d91", "d89", "d1", "now"]);
    expect(await teams(`&from=${ago(100)}&to=${ago(50)}`)).toEqual(["d91", "d89"]);
    expect(await teams("&by=recorded")).toEqual(["d91", "d1", "d89", "now"]);
    expect(await teams(`&by=recorded&to=${ago(50)}`)).toEqual([]);
    expect(await teams("&target=team:d1&target=team:d89")).toEqual(["d89", "d1"]);
    expect(await teams("&outcome=denied")).toEqual([]);
  });

  test("writes plain JSON, or cells for spreadsheets, if asked", async () => {
    await call(
      "POST",
      `${of("old")}/events`,
      team("form", { actor: { type: "user", id: "u", name: "=1+1" } }),
    );
    const [plain] = await download("old", "?target=team:form&data=json");
    expect(JSON.parse(plain?.[3] ?? "")).toMatchObject({ teamId: "form" });
    const [safe] = await download("old", "?target=team:form&safe=spreadsheet");
    expect(safe?.[0]).toBe("'=1+1");
    const [faithful] = await download("old", "?target=team:form");
    expect(faithful?.[0]).toBe("=1+1");
  });

  test("is refused with a query that can't be, and then nothing is recorded", async () => {
    const before = (await newest("old")).seq;
    for (const query of ["?safe=yes", "?to=2001-01-01", "?from=x", "?limit=5"]) {
      expect((await call("GET", `${of("old")}/audit-log.csv${query}`)).body.code).toBe("query-invalid");
    }
    expect((await newest("old")).seq).toBe(before);
  });
});

const hostile = [
  "x','role':'OWNER",
  "it's",
  'say "hi"',
  "\\",
  "\\'",
  '\\"',
  "\\u0027",
  "\\\\u0022",
  "line\nbreak\r\n",
  "\t=tab",
  '=HYPERLINK("https://example.org","x")',
  "+1",
  "@SUM(A1)",
  "a,b;c",
  "😀 e\u0301 \u202eevil",
  "\u2028\u2029\u0001\u007f",
  "'}",
  '"}',
  "{'a':'b'}",
  "''''",
  "null",
];

/** A small seeded random generator, so that a failure can be repeated. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Sent in batches of 300. */
const hostileEvents = isFull ? 2_100 : 600;

test("hostile events come back from the file as they are stored", async () => {
  const random = numbers(20_261_122);
  const pick = (): string => hostile[Math.floor(random.next().value * hostile.length)] as string;
  const words = (): string =>
    Array.from({ length: 1 + Math.floor(random.next().value * 3) }, pick).join(pick());
  for (let sent = 0; sent < hostileEvents; sent += 300) {
    const events = Array.from({ length: 300 }, () => ({
      type: "API_RENAME",
      actor: { type: "user", id: words(), ...(random.next().value < 0.7 ? { name: words() } : {}) },
      targets: [
        { type: "api", id: words(), name: words() },
        { type: "user", id: words(), name: words() },
      ],
      data: { owner: words(), oldName: words(), newName: words() },
      ...(random.next().value < 0.5 ? { reason: words() } : {}),
      ...(random.next().value < 0.3 ? { outcome: "failed" } : {}),
      ...(random.next().value < 0.3
        ? { changes: [{ path: "/name", from: words(), to: { [words()]: [words()] } }] }
        : {}),
    }));
    const answer = await call("POST", `${of("hostile")}/events`, { events });
    expect(answer.status, answer.text.slice(0, 500)).toBe(201);
  }
  const stored: RecordedEvent[] = [];
  let next: string | null = "";
  do {
    const page = await call(
      "GET",
      `${of("hostile")}/events?type=API_RENAME&limit=1000${next ? `&cursor=${next}` : ""}`,
    );
    stored.unshift(...page.body.events.toReversed());
    next = page.body.next;
  } while (next !== null);
  const rows = await download("hostile", "?type=API_RENAME");
  expect(rows).toHaveLength(hostileEvents);
  rows.forEach((row, i) => {
    const event = stored[i] as Required<RecordedEvent>;
    const { actor, data, targets, changes, reason, outcome, id, seq } = event;
    const $event = expect.objectContaining({ id, seq, actor: expect.objectContaining({ id: actor.id }) });
    expect(row[0]).toBe(actor.name || actor.email || actor.id);
    expect(row[4]).toBe(event.occurredAt.replace("T", " ").replace("Z", ""));
    expect(row[3]).not.toContain('"');
    const expected = {
      ...data,
      targets,
      changes,
      reason,
      outcome: outcome === "success" ? undefined : outcome,
    };
    expect(parsed(row)).toEqual({ ...JSON.parse(JSON.stringify(expected)), $event });
  });
});

describe("a download as NDJSON", () => {
  const lines = async (slug: string, query = ""): Promise<RecordedEvent[]> => {
    const answer = await call("GET", `${of(slug)}/audit-log.ndjson${query}`);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text === "" || answer.text.endsWith("}\n")).toBe(true);
    return answer.text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };

  test("has a name, and is itself an event that its file doesn't hold", async () => {
    const answer = await call("GET", `${of("acme")}/audit-log.ndjson?type=LOG_OPENED`);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="audit-log-acme-\d{4}-\d\d-\d\d\.ndjson"$/,
    );
    expect(await newest("acme")).toMatchObject({
      data: { format: "ndjson", by: "occurred", context: false, filter: { types: ["LOG_OPENED"] } },
    });
    const downloads = await lines("acme", `?type=AUDIT_LOG_DOWNLOADED&to=${ago(-1)}`);
    expect(downloads.at(-1)).toMatchObject({ data: { format: "ndjson", filter: { types: ["LOG_OPENED"] } } });
  });

  test("holds the last 90 days by occurredAt, oldest first, unless asked otherwise", async () => {
    const teams = async (query: string): Promise<unknown[]> =>
      (await lines("old", `?type=NEW_TEAM&target=team:d91&target=team:d89&target=team:now${query}`)).map(
        ({ data }) => data?.teamId,
      );
    expect(await teams("")).toEqual(["d89", "now"]);
    expect(await teams(`&from=${ago(100)}`)).toEqual(["d91", "d89", "now"]);
    expect(await teams("&by=recorded")).toEqual(["d91", "d89", "now"]);
    expect(await teams("&outcome=denied")).toEqual([]);
    expect(await lines("old", `?from=${ago(100)}&to=${ago(99)}`)).toEqual([]);
  });

  test("has hostile events exactly as the API reads them", async () => {
    const read: RecordedEvent[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const page = await call("GET", `${of("hostile")}/events?type=API_RENAME&limit=1000${cursor}`);
      read.unshift(...page.body.events.toReversed());
      next = page.body.next;
    }
    expect(read).toHaveLength(hostileEvents);
    expect(await lines("hostile", "?type=API_RENAME&context=true")).toEqual(read);
    const without = read.map(({ context: _unasked, ...event }) => event);
    expect(await lines("hostile", "?type=API_RENAME")).toEqual(without);
  });

  test("is refused with options of another format, and then nothing is recorded", async () => {
    const before = (await newest("old")).seq;
    for (const query of ["?safe=spreadsheet", "?data=json", "?to=2001-01-01", "?limit=5"])
      expect((await call("GET", `${of("old")}/audit-log.ndjson${query}`)).body.code).toBe("query-invalid");
    expect((await newest("old")).seq).toBe(before);
  });
});

/** Starts a download and passes the response's stream to the test. */
function open(name: string, use: (answer: import("node:http").IncomingMessage) => void, shown = token): void {
  const headers = { authorization: `Bearer ${shown}` };
  request(`${server.url}${of("acme")}/audit-log.${name}`, { headers }, use).end();
}

const formats = exportFormats.map(({ name }) => name);

/** Replaces the store's walks for a test, because failures can't be caused otherwise. */
async function withWalk(walk: () => AsyncGenerator<StoredEvent[]>, work: () => Promise<void>): Promise<void> {
  const { store } = server.services;
  const before = store.within;
  store.within = (rowScope) => ({ ...before(rowScope), ...walksOver(walk) });
  try {
    await work();
  } finally {
    store.within = before;
  }
}

describe.each(formats)("while a download as %s streams", (name) => {
  const some = async (): Promise<StoredEvent[]> => {
    const organization = await server.services.people.organization("hostile", "everything");
    const rows = await server.services.store.events(organization.organizationId, 0, 1n, 500);
    expect(rows).toHaveLength(500);
    return rows;
  };

  test("a failure breaks the connection, so that no half file looks whole", async () => {
    const rows = await some();
    const walk = async function* (): AsyncGenerator<StoredEvent[]> {
      yield rows;
      throw new Error("the database went away");
    };
    await withWalk(walk, async () => {
      const ended = await new Promise<string>((resolve) =>
        open(name, (answer) => {
          expect(answer.statusCode).toBe(200);
          answer.resume();
          answer.on("end", () => resolve(answer.complete ? "whole" : "broken"));
          answer.on("error", () => resolve("broken"));
        }),
      );
      expect(ended).toBe("broken");
    });
  });

  test("the right to download ends, and the file with it, broken", async () => {
    const rows = await some();
    const expiresOn = new Date(Date.now() + 30 * day).toISOString().slice(0, 10);
    const wanted = { name: `Exporter of ${name}`, expiresOn, scopes: ["audit-log:download"] };
    const client = (await call("POST", `${of("acme")}/api-clients`, wanted)).body;
    const walk = async function* (): AsyncGenerator<StoredEvent[]> {
      for (;;) {
        yield rows;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await withWalk(walk, async () => {
      const ended = await new Promise<string>((resolve) =>
        open(
          name,
          (answer) => {
            expect(answer.statusCode).toBe(200);
            answer.resume();
            answer.once("data", () => void call("POST", `${of("acme")}/api-clients/${client.id}/revoke`));
            answer.on("end", () => resolve(answer.complete ? "whole" : "broken"));
            answer.on("error", () => resolve("broken"));
          },
          client.token,
        ),
      );
      expect(ended).toBe("broken");
    });
  });

  test("a client that goes away stops the walk", async () => {
    const rows = await some();
    let chunks = 0;
    let stopped = (): void => {};
    const stop = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const walk = async function* (): AsyncGenerator<StoredEvent[]> {
      try {
        for (; ; chunks++) yield rows;
      } finally {
        stopped();
      }
    };
    await withWalk(walk, async () => {
      open(name, (answer) => {
        answer.once("data", () => answer.destroy());
        answer.on("error", () => undefined);
      });
      await stop;
      const after = chunks;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(chunks).toBe(after);
    });
  });

  test("a client that does not read holds the walk back, and memory stays flat", async () => {
    const rows = await some();
    let chunks = 0;
    const walk = async function* (): AsyncGenerator<StoredEvent[]> {
      for (; ; chunks++) yield rows;
    };
    await withWalk(walk, async () => {
      const answer = await new Promise<import("node:http").IncomingMessage>((resolve) => open(name, resolve));
      answer.pause();
      answer.on("error", () => undefined);
      // until no more is read: a walk that nothing holds back passes the bound
      for (let before = -1; before !== chunks && chunks < 200; ) {
        before = chunks;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      // a chunk has some 250 KB; kernel buffers hold a few MB
      expect(chunks).toBeLessThan(200);
      answer.destroy();
    });
  });
});

test.each(formats)("without its event there is no file as %s", async (name) => {
  const { log } = server.services;
  const { DaybookError } = await import("daybook/internal");
  const before = log.change;
  log.change = async () => {
    throw new DaybookError("store-unavailable", { retryAfter: 2 });
  };
  const refused = await call("GET", `${of("acme")}/audit-log.${name}`);
  log.change = before;
  expect([refused.status, refused.body.code]).toEqual([503, "store-unavailable"]);
  expect(refused.headers.get("retry-after")).toBe("2");
  expect(refused.headers.get("content-disposition")).toBeNull();
});
