/** Rules for every request: methods, media types, headers, ids, malformed HTTP, and log lines. */
import { connect } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer, token } from "../api/testing/open-server.ts";
import { exportFormats } from "../export/index.ts";

const downloads = exportFormats.map(({ name }) => `/v1/organizations/acme/audit-log.${name}`);

let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  server = await openServer({ logLevel: "info" });
  call = server.call;
  await call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

/** Sends bytes and returns everything that comes until the connection ends. */
const raw = (text: string, to: TestServer = server): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(to.url).port), "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    setTimeout(() => socket.destroy(), 5_000).unref();
  });

describe("a problem document answers", () => {
  test.each<[string, string, string, number, string]>([
    ["an address that isn't there", "GET", "/v1/nothing", 404, "route-not-found"],
    ["the root of the API", "GET", "/v1", 404, "route-not-found"],
    ["a method that the address doesn't take", "DELETE", "/v1/organizations/acme", 405, "method-not-allowed"],
    ["a percent sign that encodes nothing", "GET", "/v1/organizations/%zz", 400, "request-unreadable"],
    ["a percent sign at the end", "GET", "/v1/organizations/%", 400, "request-unreadable"],
    ["the method QUERY", "QUERY", "/v1/organizations", 405, "method-not-allowed"],
    ["the method QUERY at an address that isn't there", "QUERY", "/v1/nothing", 404, "route-not-found"],
  ])("%s", async (_, method, path, status, code) => {
    const refused = await call(method, path);
    expect([refused.status, refused.body?.code], refused.text).toEqual([status, code]);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  });

  test("a method that isn't taken, with those that are", async () => {
    for (const [path, allow] of [
      ["/v1/organizations", "GET, HEAD, POST"],
      ["/v1/organizations/acme", "GET, HEAD, PATCH"],
      ["/v1/organizations/acme/close", "POST"],
      ...downloads.map((path) => [path, "GET, HEAD"] as const),
      ["/healthz", "GET, HEAD"],
    ] as const) {
      for (const method of ["PUT", "DELETE", "OPTIONS"]) {
        const refused = await call(method, path, method === "PUT" ? "<x>" : undefined, {
          "content-type": "text/xml",
        });
        expect([refused.status, refused.headers.get("allow")], `${method} ${path}`).toEqual([405, allow]);
      }
    }
  });

  test.each<[string, string, string, number]>([
    ["/v1/organizations/acme/events", "text/html", "application/json", 406],
    ["/v1/organizations/acme/events", "application/json;q=0", "application/json", 406],
    ["/v1/organizations/acme/events", "text/html, application/*;q=0.1", "", 200],
    ["/v1/organizations/acme/audit-log.csv", "application/json", "text/csv", 406],
    ["/v1/organizations/acme/audit-log.csv", "text/csv", "", 200],
    ["/v1/organizations/acme/audit-log.ndjson", "text/csv", "application/x-ndjson", 406],
    ["/v1/organizations/acme/audit-log.ndjson", "application/x-ndjson", "", 200],
    ["/v1/organizations/acme/events/follow?wait=0", "image/png", "event-stream", 406],
    ["/openapi.json", "*/*;q=0.5", "", 200],
  ])("%s with Accept: %s", async (path, accept, named, status) => {
    const answer = await call("GET", path, undefined, { accept });
    expect(answer.status, answer.text).toBe(status);
    if (status === 406)
      expect(answer.body).toMatchObject({ code: "not-acceptable", detail: expect.stringContaining(named) });
  });

  test.each<[string, Record<string, string>]>([
    ["no token", { authorization: "" }],
    ["a wrong token", { authorization: "Bearer wrong" }],
    ["a token that is nearly right", { authorization: `Bearer ${token}x` }],
    ["another scheme", { authorization: `Basic ${btoa(`operator:${token}`)}` }],
    ["a token with a space in it", { authorization: `Bearer ${token} x` }],
  ])("%s", async (_, headers) => {
    for (const org of ["acme", "nowhere"]) {
      const refused = await call("GET", `/v1/organizations/${org}`, undefined, headers);
      expect(refused.status).toBe(401);
      expect(refused.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(refused.body).toMatchObject({
        code: "not-authenticated",
        detail: "The request has no valid token.",
      });
    }
  });

  test("a body too large is refused before anyone is asked who sends it only if the token is right", async () => {
    const refused = await call("POST", "/v1/organizations/acme/events", "x".repeat(100), {
      authorization: "Bearer no",
    });
    expect(refused.status).toBe(401);
  });
});

test.each(["100-continue", "200-ok"])(
  "a request that expects %s is answered as any other",
  async (expects) => {
    const answer = await raw(
      `GET /v1/nothing HTTP/1.1\r\nhost: x\r\nexpect: ${expects}\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/HTTP\/1\.1 404 /);
    expect(answer).toContain('"code":"route-not-found"');
  },
);

test("the type of a problem leads to the server's own page of errors, also below a path", async () => {
  const below = await openServer({ publicUrl: "https://audit.example/log/" });
  const { body } = await below.call("GET", "/v1/nothing");
  expect(body.type).toBe("/log/docs/errors#route-not-found");
  expect(await raw("hello\r\n\r\n", below)).toContain('"type":"/log/docs/errors#request-unreadable"');
});

describe("malformed HTTP is answered on the connection:", () => {
  test.each<[string, string, number, string]>([
    ["no HTTP", "hello\r\n\r\n", 400, "request-unreadable"],
    ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400, "request-unreadable"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
      "request-unreadable",
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
      "request-unreadable",
    ],
    [
      "headers of 20 KiB",
      `GET / HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
      431,
      "headers-too-large",
    ],
    ["no Host", "GET /healthz HTTP/1.1\r\n\r\n", 400, "request-unreadable"],
    ["no Host, for a page", "GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n", 400, "request-unreadable"],
    ["no Host, where nothing is", "GET /no HTTP/1.1\r\n\r\n", 400, "request-unreadable"],
    [
      "no Host, with a body",
      "POST /v1/sign-in HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
      400,
      "request-unreadable",
    ],
  ])("%s", async (_, text, status, code) => {
    const answer = await raw(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    if (text.includes("text/html")) expect(answer).toMatch(/\r\ncontent-type: text\/html/i);
    else {
      expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json/i);
      expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ status, code });
    }
  });

  test("a request of HTTP/1.0 needs no Host", async () => {
    expect(await raw("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("a body that is shorter than it says", async () => {
    const head = `POST /v1/organizations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
    const answer = await raw(
      `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test("every answer has the headers that keep browsers from guessing, framing and storing", async () => {
  for (const path of ["/v1/organizations/acme", "/v1/nothing", "/healthz", ...downloads]) {
    const { headers } = await call("GET", path);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

test.each([
  "/v1/organizations",
  "/v1/organizations/acme",
  "/v1/organizations/acme/events",
  "/v1/organizations/acme/events/follow",
  ...downloads,
  "/v1/event-types",
  "/healthz",
  "/readyz",
  "/metrics",
  "/openapi.json",
])("HEAD %s answers as GET does, without a body", async (path) => {
  const { seq } = (await call("GET", "/v1/organizations/acme/events?limit=1")).body.events[0];
  const head = await call("HEAD", path);
  expect([head.status, head.text]).toEqual([200, ""]);
  expect(head.headers.get("content-type")).not.toBeNull();
  expect((await call("GET", "/v1/organizations/acme/events?limit=1")).body.events[0].seq).toBe(seq);
});

describe("the id of a request", () => {
  test("is the caller's if it is a plain one, else a new one", async () => {
    expect(
      (await call("GET", "/healthz", undefined, { "x-request-id": "abc-1.2" })).headers.get("x-request-id"),
    ).toBe("abc-1.2");
    const token = `ghp_${"a1B2".repeat(9)}`;
    for (const bad of ["a b", "x".repeat(129), "<script>", "\u00e9", token, `for-${token}`]) {
      const { headers } = await call("GET", "/healthz", undefined, { "x-request-id": bad });
      expect(headers.get("x-request-id")).toMatch(/^[A-Za-z0-9_-]{12}\.[0-9a-z]+$/);
    }
  });
});

describe("log lines", () => {
  test("name the route, the id and the trace; never queries, tokens, or what was sent", async () => {
    const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    await call("GET", "/v1/organizations/acme/events?actor=user:anne@example.org", undefined, {
      "x-request-id": "find-me",
      traceparent,
    });
    await call("GET", "/v1/nothing/anne@example.org?token=anne", undefined, { "x-request-id": "lost" });
    const event = { type: "NEW_TEAM", actor: { type: "user", id: "u", name: "Anne Private" } };
    await call("POST", "/v1/organizations/acme/events", event, { traceparent: "00-zz-01" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const lines = server
      .lines()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.find(({ requestId }) => requestId === "find-me")).toMatchObject({
      method: "GET",
      route: "/v1/organizations/:org/events",
      status: 200,
      traceparent,
      ms: expect.any(Number),
    });
    expect(lines.find(({ requestId }) => requestId === "lost")).toMatchObject({ route: "none", status: 404 });
    expect(server.lines()).not.toMatch(/anne|Anne|operator-token|zz-01|\?/);
  });

  test("leave out the probes of monitoring, unless they fail", async () => {
    for (const path of ["/healthz", "/readyz"])
      await call("GET", path, undefined, { "x-request-id": "probe" });
    const unauthorized = { authorization: "Bearer none", "x-request-id": "refused-probe" };
    expect((await call("GET", "/metrics", undefined, unauthorized)).status).toBe(401);
    await expect.poll(() => server.lines()).toContain("refused-probe");
    expect(server.lines()).not.toContain('"probe"');
  });

  test("of a body that was cut off tell of no failure of ours", async () => {
    const head = "POST /v1/sign-in HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\n";
    const half = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
      half.write(`${head}content-length: 90\r\n\r\n{`, () => setTimeout(() => half.destroy(), 100)),
    );
    await new Promise((resolve) => half.on("close", resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.lines()).not.toMatch(/"level":"error"|aborted/);
  });

  // such a connection has no address for the limit of addresses
  test("of connections that were reset have none either, and no status of ours", async () => {
    const limited = await openServer({
      logLevel: "info",
      limits: { on: true, perCaller: 100, perAddress: 100 },
    });
    const reset = async (): Promise<void> => {
      const socket = connect(Number(new URL(limited.url).port), "127.0.0.1", () => {
        socket.write("GET /v1/organizations HTTP/1.1\r\nHost: x\r\n\r\n");
        socket.resetAndDestroy();
      });
      await new Promise((resolve) => socket.on("close", resolve));
    };
    await Promise.all(Array.from({ length: 30 }, reset));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(limited.lines()).not.toMatch(/"level":"error"|"status":5/);
  });
});
