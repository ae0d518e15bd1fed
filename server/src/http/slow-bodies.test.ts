/** Bodies that are large, slow, unfinished or unwanted: how much memory they take, how long they can, and when the connection closes. */
import { connect, type Socket } from "node:net";
import { limits } from "daybook/internal";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { openServer, type TestServer, token } from "../api/testing/open-server.ts";
import { callAs, signedIn } from "../api/testing/people.ts";

const events = "/v1/organizations/acme/events";
const mebibyte = 1024 * 1024;
let server: TestServer;
beforeAll(async () => {
  server = await openServer({ bodyMebibytes: 16 });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

interface RawRequest {
  readonly socket: Socket;
  /** What has come so far. */
  text(): string;
  /** Resolves when the text has the words; rejects when the connection ends without them. */
  has(words: string): Promise<string>;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
}

/** A request on a connection of its own, of which the body is still to come. */
function begin(head: { method?: string; path?: string; token?: string; headers: string[] }): RawRequest {
  const { method = "POST", path = events, token: sent = token, headers } = head;
  let text = "";
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text += chunk;
    for (const look of waiting) look();
  });
  const lines = [`${method} ${path} HTTP/1.1`, "host: x", `authorization: Bearer ${sent}`, ...headers];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const has = (words: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (text.includes(words)) resolve(text);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`the connection ended after ${JSON.stringify(text)}`)));
    });
  return { socket, text: () => text, has, ended };
}

const lines = "content-type: application/x-ndjson";
const json = "content-type: application/json";
const form = "content-type: application/x-www-form-urlencoded";
const metric = async (name: string): Promise<number> => {
  const { text } = await server.call("GET", "/metrics");
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1),
  );
};
const taken = (): Promise<number> => metric("daybook_body_bytes");
const anEvent = {
  type: "NEW_TEAM",
  actor: { type: "system", id: "x" },
  targets: [{ type: "team", id: "t" }],
};
const team = { ...anEvent, data: { teamId: "t", team: "Team" } };

describe("memory for bodies", () => {
  test("is taken with the headers, and a caller with many is refused while another is not", async () => {
    const large = `content-length: ${5 * mebibyte - 1_000}`;
    const held = Array.from({ length: 2 }, () => begin({ headers: [lines, large] }));
    await vi.waitFor(async () => expect(await taken()).toBe(2 * (5 * mebibyte - 1_000)));
    const refused = begin({ headers: [lines, large] });
    const answer = await refused.has("}");
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toContain('"code":"overloaded"');
    expect(answer).toMatch(/receiving too many bodies of this caller/);
    expect(answer.toLowerCase()).toMatch(/retry-after: 1\r/);
    const before = await metric('daybook_overloads_total{what="bodies"}');
    expect(before).toBeGreaterThan(0);
    const other = await signedIn(server, { email: "olga@acme.example", organization: "acme" });
    expect((await callAs(server, other, "PATCH", "/v1/organizations/acme", { name: "Acme" })).status).toBe(
      200,
    );
    // and gives it back, whether the connection breaks or the response ends
    for (const { socket } of held) socket.destroy();
    await vi.waitFor(async () => expect(await taken()).toBe(0));
    expect((await server.call("POST", events, team)).status).toBe(201);
    await vi.waitFor(async () => expect(await taken()).toBe(0));
  });

  test.each<[string, string, string, number]>([
    ["events", events, "application/json", limits.batchBytes],
    ["any other body", "/v1/organizations/acme/teams", "application/json", 64 * 1024],
    ["a form", "/sign-in", "application/x-www-form-urlencoded", 64 * 1024],
  ])(
    "is that of the limit for %s of unknown length, and of its length when it is known",
    async (_, path, type, most) => {
      const headers = [`content-type: ${type}`, "transfer-encoding: chunked", "sec-fetch-site: same-origin"];
      const unknown = begin({ path, headers, ...(path === "/sign-in" ? { token: "" } : {}) });
      await vi.waitFor(async () => expect(await taken()).toBe(most));
      unknown.socket.destroy();
      await vi.waitFor(async () => expect(await taken()).toBe(0));
    },
  );
});

describe("a body that arrives slowly", () => {
  test("in parts of a byte is read", async () => {
    const body = JSON.stringify(team);
    const { socket, has } = begin({ headers: [json, `content-length: ${body.length}`, "connection: close"] });
    socket.setNoDelay(true);
    for (const byte of body) {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await has("receipts")).toMatch(/^HTTP\/1.1 201 /);
  });

  test("and pauses for ten seconds is refused", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { socket, has } = begin({ headers: [json, "content-length: 100000"] });
      socket.write("{");
      const answered = has("}");
      answered.catch(() => {});
      for (let i = 0; i < 100; i++) {
        await vi.advanceTimersByTimeAsync(1_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(await answered).toMatch(/^HTTP\/1.1 408 /);
      expect(await answered).toContain('"code":"request-timeout"');
    } finally {
      vi.useRealTimers();
    }
  });

  test("and ends too early is forgotten", async () => {
    const { socket } = begin({ headers: [json, "content-length: 100000"] });
    socket.write("{");
    await vi.waitFor(async () => expect(await taken()).toBe(100_000));
    socket.destroy();
    await vi.waitFor(async () => expect(await taken()).toBe(0));
    expect(server.lines()).not.toContain('"internal"');
  });
});

/** Sends until the connection ends; resolves with how much was sent. */
async function pour({ socket, ended }: RawRequest, most: number): Promise<number> {
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, "x"), Buffer.from("\r\n")]);
  let isOpen = true;
  void ended.then(() => {
    isOpen = false;
  });
  let sent = 0;
  while (isOpen && sent < most) {
    if (!socket.write(chunk))
      await Promise.race([new Promise<void>((resolve) => socket.once("drain", () => resolve())), ended]);
    sent += 65_536;
  }
  return sent;
}

describe("a body that nobody wants is not read to its end: the response comes, and the connection closes", () => {
  test.each<[string, Parameters<typeof begin>[0], number]>([
    ["without a token", { token: "", headers: [lines] }, 401],
    ["with a wrong token", { token: "wrong", headers: [json] }, 401],
    ["of an address that isn't there", { path: "/v1/nothing", headers: [json] }, 404],
    ["of a method that the address doesn't take", { method: "PUT", headers: [json] }, 405],
    [
      "of an unknown organization",
      { path: "/v1/organizations/none/teams", headers: ["content-type: text/x"] },
      415,
    ],
    ["of a GET", { method: "GET", headers: [json] }, 200],
    [
      "of a page that the caller may not see",
      { path: "/orgs/acme/teams/add", token: "wrong", headers: [form] },
      401,
    ],
  ])("%s", async (_, head, status) => {
    const request = begin({ ...head, headers: [...head.headers, "transfer-encoding: chunked"] });
    const sent = await pour(request, 100 * mebibyte);
    await request.ended;
    expect(request.text()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(request.text().toLowerCase()).toContain("connection: close");
    expect(sent).toBeLessThan(32 * mebibyte);
  });

  test("a short one is dropped, and the connection stays open", async () => {
    const { socket, has } = begin({ token: "", headers: [json, "content-length: 2"] });
    socket.write("{}");
    await has("not-authenticated");
    socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await has('"alive"')).toMatch(/HTTP\/1.1 200 /);
    socket.destroy();
  });
});

describe("a body of 3.5 MB with an event that is too large is refused while it is read", () => {
  const large = JSON.stringify({ ...team, reason: "x".repeat(3_500_000) });
  test.each<[string, string, string, string]>([
    ["one event", json, large, ""],
    ["a line", lines, `${JSON.stringify(team)}\n${large}`, "/1"],
    ["an event of a batch", json, `{"events":[${JSON.stringify(team)},${large}]}`, "/events/1"],
  ])("%s", async (_, type, body, pointer) => {
    const request = begin({ headers: [type, `content-length: ${body.length}`] });
    request.socket.write(body.slice(0, 200_000));
    // the rest never comes
    const answer = await request.has("}");
    expect(answer).toMatch(/^HTTP\/1.1 422 /);
    expect(answer).toContain('"code":"event-too-large"');
    expect(answer).toContain(`"pointer":"${pointer}"`);
    await request.ended;
  });

  test("and so is a body beyond the limit of its address", async () => {
    const declared = await begin({ headers: [json, "content-length: 6000000"] }).has("}");
    expect(declared).toContain('"code":"body-too-large"');
    const undeclared = begin({ headers: [json, "transfer-encoding: chunked"] });
    await pour(undeclared, 100 * mebibyte);
    expect(undeclared.text()).toContain('"code":"body-too-large"');
  });
});

describe("a body that a client sends only when it is asked to", () => {
  const expecting = (length: number): string[] => [json, "expect: 100-continue", `content-length: ${length}`];

  test("is asked for when the request may go on, and then read", async () => {
    const body = JSON.stringify(team);
    const { socket, has } = begin({ headers: expecting(body.length) });
    expect(await has("\r\n\r\n")).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write(body);
    expect(await has("receipts")).toContain("HTTP/1.1 201 ");
    socket.destroy();
  });

  test.each([
    ["without a token", "", 90, 401],
    ["that is too large", token, 100 * mebibyte, 413],
  ])("is not asked for %s, and the connection ends", async (_, sent, length, status) => {
    const { text, ended } = begin({ token: sent, headers: expecting(length) });
    await ended;
    expect(text()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text()).not.toContain("100 Continue");
  });
});
