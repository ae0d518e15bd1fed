/** A whole server: how it starts, its errors if it can't, and how it stops. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { asSuperuser, emptyDatabase, freshDatabase } from "../../test/support/database.ts";
import { configOf, serveConfig, type TestServer, token } from "./api/testing/open-server.ts";
import { fsck } from "./integrity/index.ts";
import { serve } from "./main.ts";
import { openServices } from "./open-services.ts";
import { replaceOperatorToken } from "./operator-token/index.ts";
import { visible } from "./search/testing/open-services.ts";

const team = (id: string): object => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id }],
  data: { teamId: id, team: id },
});
const notices = (): { lines: string[]; notice: (...lines: string[]) => void } => {
  const lines: string[] = [];
  return { lines, notice: (...more) => void lines.push(more.join("\n")) };
};
const as = (bearer: string): Record<string, string> => ({ authorization: `Bearer ${bearer}` });

describe("the first start", () => {
  test("makes the operator token, which works, is for its owner's eyes, and is never said", async () => {
    const config = { ...configOf(await emptyDatabase("embedded")), operatorToken: undefined };
    const { lines, notice } = notices();
    const server = await serve(config, { notice });
    const path = join(config.dataFolder, "operator-token");
    const made = readFileSync(path, "utf8").trim();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(lines.join("\n")).toContain(path);
    expect(lines.join("\n")).not.toContain(made);
    expect((await fetch(`${server.url}/v1/organizations`, { headers: as(made) })).status).toBe(200);
    const daybook = (await (
      await fetch(`${server.url}/v1/organizations/daybook/events`, { headers: as(made) })
    ).json()) as {
      events: { type: string; data: object }[];
    };
    const [, added] = daybook.events;
    expect(daybook.events.map(({ type }) => type)).toEqual([
      "SIGN_IN_LINK_ISSUED",
      "OPERATOR_TOKEN_REPLACED",
      "LOG_OPENED",
    ]);
    const tokenHash = createHash("sha256").update(made).digest();
    const credential = createHash("sha256")
      .update("daybook credential\n")
      .update(tokenHash)
      .digest("base64url");
    expect(added?.data).toEqual({ how: "FIRST_START", credential });
    await server.close();
    const again = await serve(config, { notice: () => {} });
    expect((await fetch(`${again.url}/v1/organizations`, { headers: as(made) })).status).toBe(200);
    await again.close();
  });

  test("keeps the set-up link in a file for its owner's eyes, says only where, and removes it once it was used", async () => {
    const config = configOf(await emptyDatabase("embedded"));
    const { lines, notice } = notices();
    const path = join(config.dataFolder, "set-up-link");
    const codeIn = (link: string): string => link.trim().split("#")[1] ?? "";
    const first = await serveConfig(config, { notice });
    const earlier = readFileSync(path, "utf8");
    await first.close();
    const server = await serveConfig(config, { notice });
    const link = readFileSync(path, "utf8");
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-up#dbk_code_\w{49}\n$/);
    expect(link).not.toBe(earlier);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const printed = lines.join("\n") + first.lines() + server.lines();
    expect(
      lines.filter((line) => line.includes("Nobody can sign in yet") && line.includes(path)),
    ).toHaveLength(2);
    for (const each of [earlier, link]) expect(printed).not.toContain(codeIn(each));
    const wanted = { name: "Anne", email: "anne@acme.example", password: "correct horse battery staple" };
    const wrong = { ...wanted, code: codeIn(link).replace(/.$/, "0") };
    expect((await server.call("POST", "/v1/set-up", wrong)).status).toBe(401);
    expect(existsSync(path)).toBe(true);
    expect((await server.call("POST", "/v1/set-up", { ...wanted, code: codeIn(link) })).status).toBe(201);
    expect(existsSync(path)).toBe(false);
    // another process of the same folder may have prepared it: the next start removes it too
    writeFileSync(path, link);
    await server.close();
    await (await serveConfig(config, { notice: () => {} })).close();
    expect(existsSync(path)).toBe(false);
  });

  test("another operator token goes into the file, and the old one is refused within a second", async () => {
    const config = { ...configOf(await emptyDatabase("embedded")), operatorToken: undefined };
    const server = await serve(config, { notice: () => {} });
    const path = join(config.dataFolder, "operator-token");
    const status = async (token: string): Promise<number> =>
      (await fetch(`${server.url}/v1/organizations`, { headers: as(token) })).status;
    const old = readFileSync(path, "utf8").trim();
    expect(await status(old)).toBe(200);
    const initiator = {
      actor: { type: "user", id: "operator" },
      recordedBy: { type: "operator", id: "operator" },
    } as const;
    const replacing = { ...server.services, initiator, file: "make" } as const;
    expect(await replaceOperatorToken(config, replacing)).toMatchObject({ isPlaced: true });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const made = readFileSync(path, "utf8").trim();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await status(old);
    expect([await status(old), await status(made)]).toEqual([401, 200]);
    const configured = { ...config, operatorToken: "x".repeat(32) };
    await expect(replaceOperatorToken(configured, replacing)).rejects.toMatchObject({
      code: "operator-token-fixed",
    });
    expect(readFileSync(path, "utf8").trim()).toBe(made);
    await server.close();
  });

  test("of six processes at once makes one deployment, on which all agree", async () => {
    const databaseUrl = await emptyDatabase("embedded");
    const config = { ...configOf(databaseUrl), operatorToken: undefined };
    const all = await Promise.all(
      Array.from({ length: 6 }, () => openServices(config, { notice: () => {} })),
    );
    const deployments = await Promise.all(all.map(({ store }) => store.deployment()));
    expect(
      new Set(deployments.map((one) => Buffer.from(one?.operatorTokenHash ?? []).toString("hex"))).size,
    ).toBe(1);
    expect((await all[0]?.store.logs(0))?.map(({ size }) => size)).toEqual([2n]);
    await Promise.all(all.map((services) => services.close()));
  });
});

test("a token that the configuration gives replaces the old one in every process within a second", async () => {
  const config = configOf(await freshDatabase("embedded"));
  const server = await serveConfig(config);
  expect((await server.call("GET", "/v1/organizations")).status).toBe(200);
  const renewed = `${token}-renewed`;
  const { lines, notice } = notices();
  const nothing = (): void => {};
  const serving = { address: () => "", failed: nothing, found: nothing, wasSetUp: nothing };
  const other = await openServices({ ...config, operatorToken: renewed }, { notice }, serving);
  expect(lines.join("\n")).toContain("replaces the operator token");
  expect(lines.join("\n")).not.toContain(renewed);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  expect((await server.call("GET", "/v1/organizations")).status).toBe(401);
  expect((await server.call("GET", "/v1/organizations", undefined, as(renewed))).status).toBe(200);
  const reserved = await other.store.organization("daybook");
  const { events } = await other.search.events(visible(reserved!), {
    filter: {},
    cursor: undefined,
    limit: 1,
  });
  expect(events[0]).toMatchObject({ type: "OPERATOR_TOKEN_REPLACED", actor: { id: "daybook" } });
  expect(JSON.stringify(events)).not.toContain(renewed);
  await other.close();
  await server.close();
});

test("a command changes no token, and fsck sees one that was altered in the database", async () => {
  const config = configOf(await freshDatabase("embedded"));
  await (await openServices(config, notices())).close();
  const superuser = new pg.Client(asSuperuser(config.databaseUrl!));
  await superuser.connect();
  await superuser.query("UPDATE deployment SET operator_token_hash = sha256('mine')");
  await superuser.end();
  const services = await openServices(config, notices());
  const sentences: string[] = [];
  for await (const { sentence } of fsck(services.store)) sentences.push(sentence);
  await services.close();
  expect(sentences).toEqual([expect.stringContaining("operator_token_hash is not what the events say")]);
});

describe("what an operator has to change is said in one sentence:", () => {
  const sentence = async (more: object): Promise<unknown> => {
    const config = { ...configOf(await freshDatabase("embedded")), ...more };
    return serve(config, { notice: () => {} }).then(
      () => "it started",
      (error: unknown) => error,
    );
  };

  test("a port in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    expect(await sentence({ port })).toMatchObject({
      code: "config-invalid",
      message: `The port ${port} of 127.0.0.1 is in use.`,
    });
    other.close();
  });

  test("an address that the machine doesn't have", async () => {
    expect(await sentence({ host: "192.0.2.1" })).toMatchObject({
      code: "config-invalid",
      message: "This machine has no address 192.0.2.1.",
    });
  });

  test("a database that isn't there", async () => {
    const error = await sentence({ databaseUrl: "postgresql://daybook:secret@127.0.0.1:1/none" });
    expect(error).toMatchObject({ code: "config-invalid", message: expect.stringContaining("127.0.0.1:1") });
    expect(String(error)).not.toContain("secret");
  });
});

describe("a server that stops", () => {
  const organization = async (server: TestServer): Promise<string> => {
    await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
    return "/v1/organizations/acme";
  };

  test("answers what it has taken, ends follows, keeps no connection, and takes nothing more", async () => {
    const server = await serveConfig(configOf(await freshDatabase("embedded"), { stopSeconds: 240 }));
    const path = await organization(server);
    const stream = await fetch(`${server.url}${path}/events/follow?after=latest`, {
      headers: { ...as(token), accept: "text/event-stream" },
    });
    const streamed = stream.text();
    const waiting = server.call("GET", `${path}/events/follow?after=latest&wait=60`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const recording = Array.from({ length: 20 }, (_, n) =>
      server.call("POST", `${path}/events`, team(`t_${n}`)),
    );
    // the first gets its response, the others are in progress
    await Promise.race(recording);
    const began = performance.now();
    const closing = server.close();
    const recorded = await Promise.allSettled(recording);
    await closing;
    // far from the minute for which the request waits, and from its patience: no connection is waited for after its response
    expect(performance.now() - began).toBeLessThan(50_000);
    for (const answer of recorded) {
      if (answer.status === "fulfilled") expect([201, 503]).toContain(answer.value.status);
    }
    expect(recorded.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect(await streamed).toMatch(/^retry: 1000\n\nid: /);
    // never a response without a position: it would mean the start of the log
    const { status, body } = await waiting;
    expect(status === 503 ? body.code : typeof body.position).toBe(
      status === 503 ? "shutting-down" : "string",
    );
    await expect(server.call("GET", "/healthz")).rejects.toThrow("fetch failed");
  });

  test("cuts off who doesn't read, without waiting for its time", async () => {
    const server = await serveConfig(configOf(await freshDatabase("embedded"), { stopSeconds: 60 }));
    const path = await organization(server);
    const { store } = server.services;
    await server.call("POST", `${path}/events`, {
      events: Array.from({ length: 500 }, (_, n) => team(`t_${n}`)),
    });
    const acme = await server.services.people.organization("acme", "everything");
    const rows = await store.events(acme.organizationId, 0, 1n, 500);
    const { within } = store;
    const walk = async function* (): AsyncGenerator<typeof rows> {
      for (;;) yield rows;
    };
    store.within = (rowScope) => ({ ...within(rowScope), walk });
    const answer = await new Promise<IncomingMessage>((resolve) => {
      request(`${server.url}${path}/audit-log.ndjson`, { headers: as(token) }, resolve).end();
    });
    answer.pause();
    const broken = new Promise((resolve) => answer.on("error", resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(20_000);
    answer.resume();
    await broken;
    expect(answer.complete).toBe(false);
  });
});

test("an idle connection does not keep a server that stops", async () => {
  const { url, close } = await serveConfig(configOf(await freshDatabase("embedded")));
  const { default: http } = await import("node:http");
  const agent = new http.Agent({ keepAlive: true });
  const first = await new Promise<IncomingMessage>((resolve) =>
    http.get(`${url}/healthz`, { agent }, resolve),
  );
  first.resume();
  await close();
  agent.destroy();
  expect(first.statusCode).toBe(200);
});
