/** An option that is undefined is absent: the same requests are sent as without it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Daybook } from "./daybook.ts";

/** What arrived: method, address and body, without the id that each event gets. */
let arrived: string[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const match = request.headers["if-match"] ?? "";
  arrived.push(`${request.method} ${request.url} ${match} ${body.replace(/[0-9a-f-]{36}/g, "ID")}`);
  const id = /[0-9a-f-]{36}/.exec(body)?.[0];
  const receipts = [{ id, log: "l", seq: 0, recordedAt: "t", leafHash: "h" }];
  const lists = { events: [], apiClients: [], eventTypes: [{}], teams: [], next: null };
  response.setHeader("etag", '"1"');
  response.end(JSON.stringify({ receipts, ...lists }));
});
let log: Daybook;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  log = new Daybook({ url, token: "t", organization: "acme", retries: 0 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function requestsOf(run: () => unknown): Promise<string[]> {
  arrived = [];
  await run();
  return arrived;
}
const all = async (list: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of list);
};

/** All these are undefined; a call ignores those that it doesn't have. */
const none = Object.fromEntries(
  "actor by context data from ifMatch limit minutes onlyTarget outcome overlapMinutes q reason receipt recordedBy role safe signal target to type version"
    .split(" ")
    .map((name) => [name, undefined]),
) as Record<never, never>;
const { type: _, actor: __, ...noneOfEvents } = none as Record<string, undefined>;
const event = { type: "ORGANIZATION_CHANGE", actor: { type: "user", id: "u_1" } } as const;
const { role: ___, ...noneOfSessions } = none as Record<string, undefined>;
const viewer = { id: "u_1" };

test.each<[string, (options?: object) => unknown]>([
  ["record", (options) => log.record({ ...event, ...(options && noneOfEvents) }, options)],
  ["recordMany", (options) => log.recordMany([{ ...event, ...(options && noneOfEvents) }], options)],
  ["recordAll", (options) => all(log.recordAll([event], options))],
  ["search", (options) => all(log.search(options))],
  ["a page", (options) => log.search(options).page(undefined)],
  ["get", (options) => log.get("e_1", options).catch(() => 0)],
  ["export", async (options) => (await log.export({ format: undefined, ...options })).cancel()],
  ["a list", (options) => all(log.teams.list(options))],
  ["history", (options) => all(log.apiClients.history("c_1", options))],
  ["rotate", (options) => log.apiClients.rotate("c_1", options)],
  ["revoke", (options) => log.apiClients.revoke("c_1", options)],
  ["rename", (options) => log.apiClients.rename("c_1", "Portal", options)],
  ["a team", (options) => log.teams.add({ name: "Payments", ...options }, options)],
  [
    "settings",
    (options) => log.settings.change({ name: "Acme", ...(options && { email: undefined }) }, options),
  ],
  [
    "a viewer session",
    (options) =>
      log.viewerSessions.open(
        {
          role: "AUDITOR",
          ...(options && noneOfSessions),
          viewer: { ...viewer, ...(options && { name: undefined }) },
        },
        options,
      ),
  ],
  ["an event type", (options) => log.eventTypes.get("NEW_TEAM", options)],
  [
    "a definition",
    (options) => log.eventTypes.register({ name: "a.b", title: "A", sentence: "B", ...options }),
  ],
])("%s", async (_, run) => {
  const without = await requestsOf(() => run());
  expect(without).toHaveLength(1);
  expect(await requestsOf(() => run(none))).toEqual(without);
});

test("follow", async () => {
  const reach = (options?: object) => all(log.follow(options)).catch(() => 0);
  const without = await requestsOf(() => reach());
  const undefinedOnes = { after: undefined, signal: undefined, onOpen: undefined, onInterruption: undefined };
  expect(await requestsOf(() => reach(undefinedOnes))).toEqual(without);
});

test("a value that JSON doesn't have is refused in every body, with its place", async () => {
  const minutes = 1n as unknown as number;
  for (const refused of [
    log.viewerSessions.open({ role: "OWNER", viewer, minutes }),
    log.apiClients.rotate("c_1", { overlapMinutes: minutes }),
  ])
    await expect(refused).rejects.toMatchObject({
      code: "json-refused",
      issues: [{ pointer: expect.stringMatching(/^\/(minutes|overlapMinutes)$/) }],
    });
  await expect(log.recordMany({} as never)).rejects.toMatchObject({ code: "event-invalid" });
});
