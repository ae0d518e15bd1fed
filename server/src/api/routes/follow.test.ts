/** Following over HTTP: server-sent events that resume without a gap, and JSON that waits. */
import { request } from "node:http";
import type { Daybook } from "daybook";
import type { RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer, token } from "../testing/open-server.ts";

const path = "/v1/organizations/acme/events";
let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer();
  call = server.call;
  await call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

let made = 0;
const team = (): object => {
  const id = `t_${made++}`;
  const actor = { type: "user", id: "u", name: "line\nbreak\u2028 data: x" };
  return { type: "NEW_TEAM", actor, targets: [{ type: "team", id }], data: { teamId: id, team: id } };
};

interface Message {
  readonly id: string;
  readonly event: RecordedEvent | undefined;
}

/** Reads server-sent events until `enough`, then drops the connection. */
function stream(
  query: string,
  lastId: string | undefined,
  enough: (messages: Message[]) => boolean,
): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "text/event-stream",
      ...(lastId === undefined ? {} : { "last-event-id": lastId }),
    };
    const sent = request(`${server.url}${path}/follow${query}`, { headers }, (answer) => {
      const messages: Message[] = [];
      let text = "";
      if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
      expect(answer.headers["content-type"]).toMatch(/^text\/event-stream/);
      answer.setEncoding("utf8").on("data", (chunk: string) => {
        const blocks = (text + chunk).split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string): string | undefined =>
            block
              .split("\n")
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2);
          const [id, data] = [field("id"), field("data")];
          if (id !== undefined)
            messages.push({ id, event: data === undefined ? undefined : JSON.parse(data) });
        }
        if (!enough(messages)) return;
        answer.destroy();
        resolve(messages);
      });
      answer.on("error", () => undefined);
    });
    sent.on("error", reject);
    sent.end();
  });
}

const seqsOf = (messages: readonly Message[]): number[] =>
  messages.flatMap(({ event }) => (event === undefined ? [] : [event.seq]));

describe("server-sent events", () => {
  test("resume by Last-Event-ID without a skip or a repeat while four writers append", async () => {
    const rounds = 25;
    const writers = Array.from({ length: 4 }, async () => {
      for (let n = 0; n < rounds; n++)
        await call("POST", path, n % 2 ? team() : { events: [team(), team()] });
    });
    const total = 1 + 4 * (12 + 13 * 2);
    const seqs: number[] = [];
    let lastId: string | undefined;
    for (let connection = 0; seqs.length < total; connection++) {
      const enough = connection % 7;
      const messages = await stream("", lastId, (so) => {
        const events = seqsOf(so).length;
        return events > enough || seqs.length + events >= total;
      });
      seqs.push(...seqsOf(messages));
      lastId = messages.at(-1)?.id ?? lastId;
    }
    await Promise.all(writers);
    expect(seqs).toEqual(Array.from({ length: total }, (_, n) => n));
  });

  test("from 'latest' begin with the position, then bring what comes, line breaks and all", async () => {
    const messages = await stream("?after=latest", undefined, (so) => {
      if (so.length === 1) void call("POST", path, team());
      return so.length === 2;
    });
    expect(messages[0]?.event).toBeUndefined();
    const event = messages[1]?.event;
    expect(event).toMatchObject({
      actor: { name: "line\nbreak\u2028 data: x" },
      organization: { slug: "acme" },
    });
    expect(await call("GET", `${path}/${event?.id}`)).toMatchObject({ body: event });
  });

  test("Last-Event-ID goes before 'after', as browsers reconnect with both", async () => {
    const [first, second] = await stream("", undefined, (so) => so.length >= 2);
    const resumed = await stream(`?after=${first?.id}`, second?.id, (so) => so.length >= 1);
    expect(resumed[0]?.event?.seq).toBe(2);
  });

  test("a client that leaves is counted no more", async () => {
    await stream("?after=latest", undefined, (so) => so.length === 1);
    for (let n = 0; n < 50 && server.services.search.openFollows() > 0; n++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(server.services.search.openFollows()).toBe(0);
  });

  test("the client library follows them, from a position too", async () => {
    const { Daybook } = await import("daybook");
    const client: Daybook = new Daybook({ url: server.url, token, organization: "acme" });
    const seqs: number[] = [];
    let position = "";
    for await (const followed of client.follow()) {
      seqs.push(followed.event.seq);
      position = followed.position;
      if (seqs.length === 5) break;
    }
    for await (const followed of client.follow({ after: position })) {
      seqs.push(followed.event.seq);
      if (seqs.length === 8) break;
    }
    expect(seqs).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("JSON that waits", () => {
  test("gives what is there at once, then follows on from its position", async () => {
    const first = await call("GET", `${path}/follow?limit=3`);
    expect(first.body.events.map(({ seq }: { seq: number }) => seq)).toEqual([0, 1, 2]);
    const second = await call("GET", `${path}/follow?limit=2&after=${first.body.position}`);
    expect(second.body.events.map(({ seq }: { seq: number }) => seq)).toEqual([3, 4]);
  });

  test("with nothing new answers when the time is over, and with something as soon as it comes", async () => {
    const { position } = (await call("GET", `${path}/follow?after=latest&wait=0`)).body;
    expect(position).toMatch(/^[a-z2-7]{26}:\d+:[0-9a-f]{16}$/);
    const nothing = await call("GET", `${path}/follow?after=${position}&wait=1`);
    expect(nothing.body).toEqual({ events: [], position });
    const waiting = call("GET", `${path}/follow?after=${position}&wait=30`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await call("POST", path, team());
    expect((await waiting).body.events).toHaveLength(1);
    expect(server.services.search.openFollows()).toBe(0);
  });
});

test.each([
  ["?after=x", 409, "position-mismatch"],
  ["?after=", 400, "query-invalid"],
  ["?wait=61", 400, "query-invalid"],
  ["?limit=0", 400, "query-invalid"],
  ["?type=NEW_TEAM", 400, "query-invalid"],
  ["?after=latest&after=latest", 400, "query-invalid"],
])("%s is refused, before a stream begins too", async (query, status, code) => {
  for (const accept of ["application/json", "text/event-stream, application/json;q=0.5"]) {
    const refused = await call("GET", `${path}/follow${query}`, undefined, { accept });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  }
});

test("a quiet stream says that it lives", async () => {
  const quick = await openServer({}, { api: { heartbeatMs: 20 } });
  await quick.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const answer = await fetch(`${quick.url}${path}/follow?after=latest`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
  });
  let text = "";
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    if (text.split("\n:\n\n").length > 2) break;
  }
  expect(text).toMatch(/^retry: 1000\n\nid: [^\n]+\n\n(:\n\n)+/);
});
