/**
 * Requests in progress: an answer in time from a silent database, readers that receive nothing, and a server that stops. Most of the time
 * passes waiting, so the tests that bear a busy machine run side by side, each with a server of its own.
 */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { freshDatabase } from "../../../test/support/database.ts";
import { openSilentProxy, type SilentProxy } from "../../../test/support/silent-proxy.ts";
import { configOf, openServer, serveConfig, type TestServer, token } from "../api/testing/open-server.ts";
import type { Config } from "../config/index.ts";
import type { InFlightTimes } from "./in-flight.ts";

const team = {
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id: "t" }],
  data: { teamId: "t", team: "Team" },
};
const organization = "/v1/organizations/acme";
const events = `${organization}/events`;

/** A server whose database can fall silent; it has an organization, and a connection of each kind is open. */
async function behindProxy(
  times: InFlightTimes,
  more: Partial<Config> = {},
): Promise<TestServer & { proxy: SilentProxy }> {
  const proxy = await openSilentProxy(await freshDatabase("embedded"));
  afterwards(() => proxy.close());
  const server = await serveConfig(configOf(proxy.url, more), { api: { times } });
  let isClosed = false;
  const close = async (): Promise<string | undefined> => {
    isClosed = true;
    return server.close();
  };
  afterwards(() => (isClosed ? undefined : close()));
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  expect((await server.call("POST", events, team)).status).toBe(201);
  expect((await server.call("GET", events)).status).toBe(200);
  return { ...server, close, proxy };
}

/** Opens a connection, sends a request or its beginning, and closes it at the first byte of the response or after a moment. */
async function leave(url: string, head: string, body = ""): Promise<void> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(`${head} HTTP/1.1\r\nhost: daybook\r\nauthorization: Bearer ${token}\r\n${body}`);
  await Promise.race([once(socket, "data"), new Promise((resolve) => setTimeout(resolve, 300))]);
  socket.destroy();
}

const secondsSince = (began: number): number => (performance.now() - began) / 1_000;

describe.concurrent("a database that falls silent", () => {
  test("is answered for within ten seconds, whatever was asked; and then works again", async ({ expect }) => {
    const { proxy, call } = await behindProxy({ answerMs: 10_000 });
    proxy.silence();
    const began = performance.now();
    const answers = await Promise.all([
      call("GET", events),
      call("GET", "/v1/events"),
      call("POST", events, team),
      call("POST", "/v1/organizations", { slug: "other", name: "Other" }),
      call("GET", "/readyz"),
    ]);
    // ten, and what a busy machine adds
    expect(secondsSince(began)).toBeLessThan(14);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    // the second if it needed a new connection, which the silent proxy takes without an answer
    expect(["no-answer", "unreachable"]).toContain(answers.at(-1)?.body.reason);
    for (const { headers } of answers) expect(headers.get("retry-after")).toMatch(/^\d+$/);
    // only events have ids
    expect(answers.slice(0, 4).map(({ body }) => /same ids/.test(body.remedy))).toEqual([
      false,
      false,
      true,
      false,
    ]);
    proxy.resume();
    await expect.poll(async () => (await call("POST", events, team)).status, { timeout: 20_000 }).toBe(201);
  }, 60_000);

  test("lets a server stop in its time, and what was in progress gets an answer before", async ({
    expect,
  }) => {
    const { proxy, call, close } = await behindProxy({ answerMs: 60_000 }, { stopSeconds: 3 });
    proxy.silence();
    const answers = Promise.all([call("GET", events), call("POST", events, team)]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    const unfinished = await close();
    expect(secondsSince(began)).toBeLessThan(6);
    expect(unfinished).toContain("did not finish within 3 seconds");
    expect((await answers).map(({ status, body }) => [status, body.code])).toEqual([
      [503, "shutting-down"],
      [503, "outcome-unknown"],
    ]);
  }, 60_000);

  test("is in progress no longer for a client that went away, and the log says so", async ({ expect }) => {
    const { proxy, call, url, lines } = await behindProxy({ answerMs: 60_000 }, { logLevel: "info" });
    proxy.silence();
    await leave(url, `GET ${events}`, "\r\n");
    await expect.poll(lines, { timeout: 20_000 }).toMatch(/"status":499,"ms":[\d.]+,"cut":true/);
    proxy.resume();
    await expect.poll(async () => (await call("GET", "/metrics")).text).toContain("_in_progress 1\n");
  }, 60_000);

  // 300 ms are too few beside others
  test.sequential("doesn't hold up a response past its time, and the event of a late one may be recorded", async ({
    expect,
  }) => {
    const { proxy, call, lines } = await behindProxy({ answerMs: 300 });
    proxy.silence();
    const [read, written] = await Promise.all([call("GET", events), call("POST", events, team)]);
    expect([read.status, read.body.code]).toEqual([503, "store-unavailable"]);
    expect([written.status, written.body.code]).toEqual([503, "outcome-unknown"]);
    expect(read.headers.get("connection")).toBe("close");
    proxy.resume();
    await expect.poll(async () => (await call("GET", events)).body.events.length).toBeGreaterThanOrEqual(3);
    const { text } = await call("GET", "/metrics");
    expect(text).toContain("daybook_requests_late_total 2");
    expect(lines()).not.toContain("already sent");
  }, 60_000);
});

/** A download whose reader receives nothing, of a log without an end. */
async function openStalled({ services, call, url }: TestServer): Promise<IncomingMessage> {
  await call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  await call("POST", events, { events: Array.from({ length: 500 }, () => team) });
  const { store } = services;
  const { organizationId } = await services.people.organization("acme", "everything");
  const rows = await store.events(organizationId, 0, 1n, 500);
  const { within } = store;
  store.within = (rowScope) => ({
    ...within(rowScope),
    async *walk() {
      for (;;) yield rows;
    },
  });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await new Promise<IncomingMessage>((resolve) => {
    request(`${url}${organization}/audit-log.ndjson`, { headers }, resolve).end();
  });
  answer.pause();
  return answer;
}

test.concurrent("requests whose clients went away are in progress no longer, and are in the log and the metrics", async ({
  expect,
}) => {
  const server = await openServer({ logLevel: "info" });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  await server.call("POST", events, team);
  const stream = "accept: text/event-stream\r\n\r\n";
  await Promise.all([
    leave(server.url, `GET ${events}/follow`, stream),
    leave(server.url, `GET ${events}/follow?after=latest`, stream),
    leave(server.url, `GET ${events}/follow?after=latest&wait=60`, "\r\n"),
    leave(server.url, `POST ${events}`, "content-type: application/json\r\ncontent-length: 1000\r\n\r\n{"),
  ]);
  const metrics = async (): Promise<string> => (await server.call("GET", "/metrics")).text;
  // only the request for the metrics
  await expect.poll(metrics, { timeout: 20_000 }).toContain("daybook_requests_in_progress 1\n");
  expect(await metrics()).toContain("daybook_follows_open 0\n");
  const lines = server
    .lines()
    .split("\n")
    .filter((line) => line.includes('"cut":true'));
  const follow = "/v1/organizations/:org/events/follow";
  expect(lines.map((line) => JSON.parse(line).route).sort()).toEqual([
    "/v1/organizations/:org/events",
    ...[follow, follow, follow],
  ]);
}, 60_000);

test.concurrent("a download whose reader receives nothing for a while is cut, and a log line and a metric say so", async ({
  expect,
}) => {
  const server = await openServer({}, { api: { times: { stalledMs: 500 } } });
  const answer = await openStalled(server);
  const broken = once(answer, "error");
  await expect.poll(() => server.lines(), { timeout: 20_000 }).toContain("stalled-reader");
  answer.resume();
  await broken;
  expect(answer.complete).toBe(false);
  expect((await server.call("GET", "/metrics")).text).toContain("daybook_responses_stalled_total 1");
});

test.concurrent("connections that never sent a request, and half-sent ones, do not delay a server that stops", async ({
  expect,
}) => {
  const server = await serveConfig(configOf(await freshDatabase("embedded"), { stopSeconds: 60 }));
  const port = Number(new URL(server.url).port);
  const sockets: Socket[] = ["", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"].map(
    (text) => {
      const socket = connect(port, "127.0.0.1", () => socket.write(text)).on("error", () => {});
      return socket;
    },
  );
  await once(sockets[2]!, "data");
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  const ended = Promise.all(sockets.map((socket) => once(socket.resume(), "close")));
  expect(await server.close()).toBeUndefined();
  await ended;
  // far from its 60 seconds
  expect(secondsSince(began)).toBeLessThan(20);
});

test("a slow reader that takes something now and then keeps its download", async ({ expect }) => {
  const server = await openServer({}, { api: { times: { stalledMs: 1_500 } } });
  const answer = await openStalled(server);
  for (let n = 0; n < 6; n++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (let taken = 0; taken < 4_000_000; ) {
      const piece: Buffer | null = answer.read();
      if (piece === null) await once(answer, "readable");
      else taken += piece.length;
    }
  }
  expect(server.lines()).not.toContain("stalled-reader");
  answer.on("error", () => {}).destroy();
}, 60_000);
