/** Every route names its action, refuses nobody wrongly, and behaves as the document describes. */
import { readFileSync, writeFileSync } from "node:fs";
import { fastify, type RouteOptions } from "fastify";
import { pino } from "pino";
import { beforeAll, describe, expect, test } from "vitest";
import { openAccess } from "../access/index.ts";
import { downloadParameters, exportFormats } from "../export/index.ts";
import { addGuard } from "../http/guard.ts";
import { pageParameters } from "../search/index.ts";
import type { RequestServices } from "../services.ts";
import { buildApp } from "./app.ts";
import { openServer, type TestServer, token } from "./testing/open-server.ts";
import { callAs, signedIn } from "./testing/people.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly security?: readonly unknown[];
  readonly responses: Record<string, unknown>;
}
interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

/** Services for routes that are registered but never called. */
const noServices = {
  access: openAccess({ store: { deployment: async () => undefined } }),
  logger: pino({ level: "silent" }),
};

async function documentOf(): Promise<OpenApiDocument> {
  const app = await buildApp(noServices as unknown as RequestServices);
  const answer = await app.inject("/openapi.json");
  await app.close();
  return answer.json();
}

let server: TestServer;
let document: OpenApiDocument;
let operations: [string, string, Operation][];
beforeAll(async () => {
  server = await openServer();
  document = await documentOf();
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      method,
      path,
      operation,
    ]),
  );
});

test("a route that names no action can't be registered", () => {
  const app = fastify();
  addGuard(app, { access: noServices.access });
  expect(() => app.get("/planted", async () => "x")).toThrow("the route GET /planted names no action");
  expect(() => app.get("/named", { config: { action: "events:read" } }, async () => "x")).not.toThrow();
});

test("every route of the server names an action of the table, those of packages too", async () => {
  const routes: RouteOptions[] = [];
  const app = await buildApp(noServices as unknown as RequestServices, {
    onRoute: (route) => void routes.push(route),
  });
  await app.close();
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.filter((route) => route.config?.action === undefined)).toEqual([]);
});

test("every route that the document has refuses nobody and a wrong token, unless it is open to everyone", async () => {
  for (const [method, path, { operationId, security }] of operations) {
    const address = path.replace(/\{(\w+)\}/g, "x");
    for (const authorization of ["", "Bearer wrong", `Basic ${token}`]) {
      const answer = await server.call(method.toUpperCase(), address, undefined, { authorization });
      const isOpen = security?.length === 0;
      expect([operationId, answer.status === 401], answer.text).toEqual([operationId, !isOpen]);
    }
  }
});

describe("the document", () => {
  test("is spec/openapi.json (npm run docs)", () => {
    const path = new URL("../../../spec/openapi.json", import.meta.url);
    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env.UPDATE_SPEC) writeFileSync(path, text);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("is served, and names no other host", async () => {
    const served = await server.call("GET", "/openapi.json", undefined, { authorization: "" });
    expect(served.body).toEqual(document);
    expect(document.openapi).toBe("3.1.0");
    expect(served.text.match(/https?:\/\/[^"\\ ]*/g) ?? []).toEqual([]);
  });

  test("refers to nothing that it doesn't have", () => {
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(/"\$ref":"([^"]*)"/g)) {
      expect(name).toMatch(/^#\/components\/schemas\//);
      expect(Object.keys(document.components.schemas)).toContain(name.split("/").at(-1));
    }
  });

  test("has an operation for each route, and names its parameters as the readers do", () => {
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const inQuery = (id: string): string[] =>
      (operations.find(([, , { operationId }]) => operationId === id)?.[2].parameters ?? [])
        .filter((parameter) => parameter.in === "query")
        .map(({ name }) => name)
        .toSorted();
    expect(inQuery("searchEvents")).toEqual(pageParameters.toSorted());
    expect(inQuery("searchAllEvents")).toEqual(pageParameters.toSorted());
    for (const format of exportFormats) {
      const id = `downloadAuditLog${format.name.charAt(0).toUpperCase()}${format.name.slice(1)}`;
      expect(inQuery(id)).toEqual(downloadParameters(format).toSorted());
    }
    expect(inQuery("followEvents")).toEqual(["after", "limit", "q", "tz", "wait"]);
    expect(inQuery("recordEvents")).toEqual(["receipt"]);
  });

  test("has the data of each event type of the catalogue that takes any", () => {
    expect(document.components.schemas).toHaveProperty("API_CLIENT_REVOKED.properties.clientId");
    expect(document.components.schemas).not.toHaveProperty("ORGANIZATION_CHANGE");
  });

  test("knows the problems of each operation", () => {
    for (const [, , { operationId, responses }] of operations) {
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(["401", "500"]));
    }
  });
});

test("the service says to everyone that it lives and that it is ready, and its numbers to operators", async () => {
  const anyone = { authorization: "" };
  expect((await server.call("GET", "/healthz", undefined, anyone)).body).toEqual({ status: "alive" });
  expect((await server.call("GET", "/readyz", undefined, anyone)).body).toEqual({ status: "ready" });
  await server.call("POST", "/v1/organizations", { slug: "numbered-slug", name: "Numbered Name" });
  const event = {
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_secret" },
    targets: [{ type: "team", id: "t" }],
  };
  await server.call("POST", "/v1/organizations/numbered-slug/events", {
    ...event,
    data: { teamId: "t", team: "T" },
  });
  const refused = await server.call("GET", "/metrics", undefined, anyone);
  expect([refused.status, refused.body.code]).toEqual([401, "not-authenticated"]);
  const member = await signedIn(server, { email: "owner@numbered.example", organization: "numbered-slug" });
  expect((await callAs(server, member, "GET", "/metrics")).body.code).toBe("not-allowed");
  const operator = await signedIn(server, { email: "operator@numbered.example", operator: true });
  expect((await callAs(server, operator, "GET", "/metrics")).status).toBe(200);
  const numbers = await server.call("GET", "/metrics");
  expect(numbers.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(numbers.text).toMatch(/^daybook_events_recorded_total 1$/m);
  for (const name of ["queue_events", "queue_bytes", "recording_groups", "follows_open"]) {
    expect(numbers.text).toMatch(new RegExp(`^daybook_${name} 0$`, "m"));
  }
  expect(numbers.text).toMatch(
    /^daybook_http_request_duration_seconds_count\{method="POST",route="\/v1\/organizations\/:org\/events",status="201"\} 1$/m,
  );
  const followed = ["lag_events", "lag_seconds", "failing", "failures_total"];
  for (const name of followed)
    expect(numbers.text).toMatch(new RegExp(`^daybook_follower_${name}\\{follower="full-text"\\} \\d`, "m"));
  expect(numbers.text).toContain("process_resident_memory_bytes");
  expect(numbers.text).not.toMatch(/numbered|u_secret|org_/i);
});

test("readiness and numbers are counted, each for itself; that the process lives is told to whoever asks", async () => {
  const counted = await openServer({ limits: { perCaller: 4, perAddress: 3, on: true } });
  const statuses = async (path: string, headers?: Record<string, string>): Promise<number[]> => {
    const all: number[] = [];
    for (let i = 0; i < 5; i++) all.push((await counted.call("GET", path, undefined, headers)).status);
    return all;
  };
  const anyone = { authorization: "" };
  expect(await statuses("/readyz", anyone)).toEqual([200, 200, 200, 429, 429]);
  expect(await statuses("/metrics", anyone)).toEqual([401, 401, 401, 429, 429]);
  expect(await statuses("/metrics")).toEqual([200, 200, 200, 200, 429]);
  expect(await statuses("/healthz", anyone)).toEqual([200, 200, 200, 200, 200]);
});
