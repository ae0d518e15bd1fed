/**
 * Random and mutated requests against every route in the running server's own OpenAPI document: no response may be a 5xx, every refusal
 * must be a problem document, and memory must stay constant. `npm run fuzz -- 20000` runs the long form.
 */
import { readFileSync } from "node:fs";
import { eventTypes } from "daybook/catalogue";
import { seeded } from "../support/seeded.ts";
import { operatorToken, type ServerProcess } from "../support/server-process.ts";

export interface FuzzReport {
  sent: number;
  /** The number of responses by status. */
  statuses: Record<string, number>;
  serverErrors: string[];
  /** Refusals that aren't problem documents. */
  notProblems: string[];
  routes: number;
  /** Resident memory of the server in MiB: after a tenth of the requests, and at the end. */
  memory: { early: number; late: number };
}

interface FuzzRoute {
  readonly method: string;
  readonly path: string;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

const hostile = [
  "",
  "null",
  "[]",
  "{",
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '"\\u0000"',
  '"\\ud800"',
  "1e400",
  "9007199254740993",
  '{"events":[]}',
  '{"events":{}}',
  '{"events":[null]}',
  `${"[".repeat(5000)}`,
  `${'{"a":'.repeat(40)}1${"}".repeat(40)}`,
  "\ufeff{}",
  "NaN",
  `{"type":"${"A".repeat(70_000)}"}`,
  "{'type':'x'}",
  '{"slug":"a-b","name":"\\u202e"}',
];

const pathWords = [
  "daybook",
  "org_x",
  "%00",
  "..",
  "a'b",
  "%F0%9F%98%80",
  "0193c1f2-aaaa-7bbb-8ccc-000000000000",
  "x".repeat(300),
  "API_SAVED",
];
const queryWords = [
  "",
  "1",
  "-1",
  "0",
  "1001",
  "abc",
  "user:u_1",
  ":",
  "2026-01-01T00:00:00Z",
  "2026-13-01",
  "%00",
  "'",
  "latest",
  "null",
  "[]",
  "x".repeat(2000),
];
const queryNames = [
  "limit",
  "cursor",
  "type",
  "actor",
  "target",
  "outcome",
  "from",
  "to",
  "after",
  "wait",
  "by",
  "data",
  "safe",
  "receipt",
  "q",
  "unknown",
];

/** All method and path pairs of an OpenAPI document. */
export function routesOf(document: { paths: Record<string, Record<string, unknown>> }): FuzzRoute[] {
  const methods = ["get", "post", "patch", "put", "delete"];
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    methods
      .filter((method) => method in operations)
      .map((method) => ({ method: method.toUpperCase(), path })),
  );
}

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

function mutated(random: Random, text: string): Buffer {
  const bytes = Buffer.from(text);
  const changes = 1 + Math.floor(random() * 4);
  let result = bytes;
  for (let n = 0; n < changes && result.length > 0; n++) {
    const at = Math.floor(random() * result.length);
    const kind = Math.floor(random() * 4);
    if (kind === 0) result[at] = Math.floor(random() * 256);
    else if (kind === 1)
      result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1 + Math.floor(random() * 8))]);
    else if (kind === 2)
      result = Buffer.concat([
        result.subarray(0, at),
        Buffer.from(pick(random, hostile)),
        result.subarray(at),
      ]);
    else result = Buffer.concat([result.subarray(0, at), result.subarray(at, at + 20), result.subarray(at)]);
  }
  return result;
}

function bodyOf(random: Random): Buffer {
  const kind = random();
  if (kind < 0.25) return Buffer.from(pick(random, hostile));
  const { example } = pick(random, eventTypes);
  const text = random() < 0.3 ? JSON.stringify({ events: [example, example] }) : JSON.stringify(example);
  if (kind < 0.65) return mutated(random, text);
  return Buffer.from(text);
}

function requestOf(random: Random, route: FuzzRoute): Sent {
  const path = route.path.replace(/\{[^}]+\}/g, () =>
    random() < 0.6 ? (route.path.endsWith("/close") ? "fuzz-closed" : "fuzz") : pick(random, pathWords),
  );
  const query =
    random() < 0.7
      ? ""
      : `?${Array.from({ length: 1 + Math.floor(random() * 3) }, () => `${pick(random, queryNames)}=${pick(random, queryWords)}`).join("&")}`;
  const method =
    random() < 0.9
      ? route.method
      : pick(random, ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"]);
  const takesBody = method !== "GET" && method !== "HEAD";
  const headers: Record<string, string> = {};
  if (random() < 0.92) headers.authorization = `Bearer ${operatorToken}`;
  else if (random() < 0.5)
    headers.authorization = pick(random, ["Bearer", "Bearer x", "Basic eDp5", `Bearer ${"y".repeat(5000)}`]);
  if (takesBody)
    headers["content-type"] = pick(random, [
      "application/json",
      "application/json",
      "application/json",
      "application/x-ndjson",
      "text/plain",
      "application/json; charset=utf-16",
    ]);
  if (random() < 0.1)
    headers["idempotency-key"] = pick(random, ["k", "", "x".repeat(500), "ü"]).replace("ü", "%C3%BC");
  if (random() < 0.1)
    headers["last-event-id"] = pick(
      random,
      queryWords.filter((word) => word !== ""),
    );
  return { method, path: path + query, headers, body: takesBody ? bodyOf(random) : undefined };
}

/** Resident memory of a process in MiB, from /proc; NaN where there is none. */
function residentOf(pid: number): number {
  try {
    const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/);
    return Number(line?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

async function send(server: ServerProcess, request: Sent, report: FuzzReport): Promise<void> {
  const abort = AbortSignal.timeout(10_000);
  const where = `${request.method} ${request.path.slice(0, 200)} ${request.body?.toString("latin1").slice(0, 300) ?? ""}`;
  try {
    const answer = await fetch(server.url + request.path, {
      method: request.method,
      headers: request.headers,
      signal: abort,
      ...(request.body === undefined ? {} : { body: new Uint8Array(request.body) }),
    });
    const type = answer.headers.get("content-type") ?? "";
    if (type.startsWith("text/event-stream")) await answer.body?.cancel();
    else await answer.arrayBuffer();
    report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
    if (answer.status >= 500) report.serverErrors.push(`${answer.status} ${where}`);
    else if (
      answer.status >= 400 &&
      request.method !== "HEAD" &&
      !type.startsWith("application/problem+json")
    ) {
      report.notProblems.push(`${answer.status} ${type} ${where}`);
    }
  } catch (error) {
    report.serverErrors.push(`no answer (${String(error)}) ${where}`);
  }
}

/** Sends `count` requests, `atOnce` at a time; the same seed sends the same ones. */
export async function fuzz(server: ServerProcess, count: number, seed = 1): Promise<FuzzReport> {
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Parameters<
    typeof routesOf
  >[0];
  const routes = [
    ...routesOf(document),
    { method: "GET", path: "/openapi.json" },
    { method: "GET", path: "/docs" },
    // once more: the route that takes the most
    { method: "POST", path: "/v1/organizations/{org}/events" },
  ];
  const random = seeded(seed);
  const report: FuzzReport = {
    sent: 0,
    statuses: {},
    serverErrors: [],
    notProblems: [],
    routes: routes.length,
    memory: { early: 0, late: 0 },
  };
  const pid = server.child.pid as number;
  const worker = async (): Promise<void> => {
    while (report.sent < count) {
      const route = routes[report.sent % routes.length] as FuzzRoute;
      report.sent++;
      if (report.sent === Math.floor(count / 10)) report.memory.early = residentOf(pid);
      const request = requestOf(random, route);
      // following waits for new events by design: ask for no wait, so that the run goes on
      const path = request.path.includes("/follow")
        ? `${request.path}${request.path.includes("?") ? "&" : "?"}wait=0`
        : request.path;
      await send(server, { ...request, path }, report);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  report.memory.late = residentOf(pid);
  return report;
}
