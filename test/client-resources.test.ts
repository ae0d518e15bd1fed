/**
 * The client's functions other than events (API clients, members, invitations, teams, settings, viewer sessions), against a real server,
 * and through a proxy that loses responses: nothing is done twice.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ApiClient,
  Daybook,
  type EventName,
  type IssuedApiClient,
  type Member,
  type NewEvent,
  type Scope,
  type Tagged,
} from "daybook";
import type { RecordedEvent } from "daybook/internal";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { type FaultyProxy, openFaultyProxy } from "./support/faulty-proxy.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

let server: ServerProcess;
let folder: string;
let proxy: FaultyProxy;
let organization: string;
/** Through the proxy, as the operator. */
let log: Daybook;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-resources-"));
  server = await startServer({ dataFolder: folder, databaseUrl: await freshDatabase("embedded") });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  organization = `resources-${++made}`;
  await call(server.url, "POST", "/v1/organizations", { slug: organization, name: "Acme" });
  proxy = await openFaultyProxy(server.url);
  log = by(operatorToken);
});
afterEach(() => proxy.close());

const by = (token: string, options: object = {}): Daybook =>
  new Daybook({ url: proxy.url, token, organization, ...options });
const inDays = (days: number): string => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
const expiresOn = inDays(180);
const add = (name: string, ...scopes: Scope[]): Promise<Tagged<IssuedApiClient>> =>
  log.apiClients.add({ name, expiresOn, scopes });
const refused = (code: string, words = ""): object =>
  expect.objectContaining({ code, message: expect.stringContaining(words) });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
/** How many events of a type the log has. */
const countOf = async (type: EventName): Promise<number> => (await all(log.search({ type }))).length;

/** Someone who was invited, and accepted. */
async function joined(email: string, role: Member["role"] = "CONSUMER"): Promise<string> {
  const { link } = await log.invitations.send({ email, role });
  const token = link?.split("#")[1];
  const accept = { token, name: email, password: "correct horse battery staple" };
  const answer = await fetch(`${server.url}/v1/invitations/accept`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(accept),
  });
  const { user } = (await answer.json()) as { user: { id: string } };
  return user.id;
}

describe("API clients", () => {
  test("are added, listed, read, renamed, rotated, revoked and deleted, and keep their history", async () => {
    const added = await add("Sandbox", "events:write");
    expect(added).toMatchObject({ name: "Sandbox", expiresOn, status: "active", scopes: ["events:write"] });
    expect(added.token).toMatch(/^dbk_live_\w{49}$/);
    const { token: _, etag: __, ...shown } = added;
    expect(await all(log.apiClients.list())).toEqual([shown]);
    expect(await log.apiClients.get(added.id)).toEqual({ ...shown, etag: added.etag });
    const renamed = await log.apiClients.rename(added.id, "Portal", { ifMatch: added.etag });
    expect(renamed.name).toBe("Portal");
    const rotated = await log.apiClients.rotate(added.id, { overlapMinutes: 60 });
    expect(rotated.token).not.toBe(added.token);
    const revoked = await log.apiClients.revoke(added.id, { reason: "Ticket 43" });
    expect(revoked.status).toBe("revoked");
    await log.apiClients.delete(added.id);
    expect(await all(log.apiClients.list())).toEqual([]);
    await expect(log.apiClients.get(added.id)).rejects.toThrow(refused("api-client-not-found"));
    const history = await all(log.apiClients.history(added.id));
    expect(history.map(({ type }) => type)).toEqual([
      "API_CLIENT_DELETED",
      "API_CLIENT_REVOKED",
      "API_CLIENT_TOKEN_ROTATED",
      "API_CLIENT_UPDATED",
      "API_CLIENT_ADDED",
    ]);
    expect(history[1]?.reason).toBe("Ticket 43");
  });

  test("are listed over all pages, as often as one loops", async () => {
    for (const n of [1, 2, 3]) await add(`Client ${n}`, "events:read");
    const list = log.apiClients.list({ limit: 2 });
    proxy.seen.length = 0;
    const names = (clients: ApiClient[]): string[] => clients.map(({ name }) => name).toSorted();
    expect(names(await all(list))).toEqual(["Client 1", "Client 2", "Client 3"]);
    expect(proxy.seen).toHaveLength(2);
    expect(await all(list)).toHaveLength(3);
  });

  test("a change of what somebody else changed is refused, and done without an ETag", async () => {
    const { id, etag } = await add("Sandbox", "events:read");
    await log.apiClients.rename(id, "Portal");
    await expect(log.apiClients.rename(id, "Mine", { ifMatch: etag })).rejects.toThrow(
      refused("changed-meanwhile"),
    );
    expect((await log.apiClients.rename(id, "Mine")).name).toBe("Mine");
  });

  test("what is wrong is pointed at", async () => {
    const wrong = log.apiClients.add({ name: " ", expiresOn: "2020-01-01", scopes: [] });
    const { issues } = await wrong.catch((error) => error);
    expect(issues.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/name",
      "/expiresOn",
      "/scopes",
    ]);
    await add("Sandbox", "events:read");
    await expect(add("SANDBOX", "events:read")).rejects.toThrow(refused("name-taken"));
  });

  test("an answer that is no Daybook server's is told of", async () => {
    const noEtag = { status: 200, body: '{"id":"client_9"}' };
    proxy.faults.push(noEtag, { status: 200, body: '{"apiClients":{},"next":null}' });
    await expect(log.apiClients.get("client_9")).rejects.toThrow(refused("answer-unreadable", "no ETag"));
    await expect(all(log.apiClients.list())).rejects.toThrow(refused("answer-unreadable", "a page of"));
  });

  test.each(["", ".", ".."])("%j is no id, and nothing is sent", async (id) => {
    await expect(log.apiClients.delete(id)).rejects.toThrow(refused("request-invalid"));
    await expect(log.get(id)).rejects.toThrow(refused("request-invalid"));
    await expect(log.teams.remove(id)).rejects.toThrow(refused("request-invalid"));
    expect(proxy.seen).toEqual([]);
  });
});

describe("an answer that is lost after the change was done: it is not done twice", () => {
  test("adding gives the client without its token, and rotating gives one", async () => {
    proxy.faults.push("drop-after");
    const added = await add("Sandbox", "events:read");
    expect(proxy.seen).toHaveLength(2);
    expect(added).toMatchObject({ name: "Sandbox", etag: expect.any(String) });
    expect(added.token).toBeUndefined();
    expect(await countOf("API_CLIENT_ADDED")).toBe(1);
    proxy.faults.push("drop-after");
    expect((await log.apiClients.rotate(added.id)).token).toBeUndefined();
    expect(await countOf("API_CLIENT_TOKEN_ROTATED")).toBe(1);
    const { token = "" } = await log.apiClients.rotate(added.id);
    expect((await by(token).search().page()).events).not.toEqual([]);
  });

  test("renaming with an ETag finds its own change there", async () => {
    const { id, etag } = await add("Sandbox", "events:read");
    proxy.faults.push("drop-after");
    const renamed = await log.apiClients.rename(id, " Portal ", { ifMatch: etag });
    expect(renamed).toMatchObject({ name: "Portal" });
    expect(renamed.etag).not.toBe(etag);
    expect(await countOf("API_CLIENT_UPDATED")).toBe(1);
  });

  test("renaming with an ETag is refused where it is somebody else's change that is there", async () => {
    const { id, etag } = await add("Sandbox", "events:read");
    await log.apiClients.rename(id, "Theirs");
    proxy.faults.push("drop-before");
    const renaming = log.apiClients.rename(id, "Portal", { ifMatch: etag });
    await expect(renaming).rejects.toThrow(refused("changed-meanwhile"));
    expect((await log.apiClients.get(id)).name).toBe("Theirs");
  });

  test("revoking and deleting", async () => {
    const { id } = await add("Sandbox", "events:read");
    proxy.faults.push("drop-after");
    expect((await log.apiClients.revoke(id)).status).toBe("revoked");
    proxy.faults.push("drop-after", "drop-after");
    await log.apiClients.delete(id);
    expect(await countOf("API_CLIENT_REVOKED")).toBe(1);
    expect(await countOf("API_CLIENT_DELETED")).toBe(1);
  });

  test("teams, invitations and members", async () => {
    proxy.faults.push("drop-after");
    const { id, etag } = await log.teams.add({ name: "Platform" });
    expect(await all(log.teams.list())).toHaveLength(1);
    proxy.faults.push("drop-after");
    await log.teams.remove(id, { ifMatch: etag });
    expect(await countOf("NEW_TEAM")).toBe(1);
    await expect(log.teams.remove(id)).rejects.toThrow(refused("team-not-found"));
    proxy.faults.push("drop-after");
    const sent = await log.invitations.send({ email: "lost@acme.example", role: "AUDITOR" });
    expect(sent.link).toBeUndefined();
    expect(await all(log.invitations.list())).toHaveLength(1);
    const anne = await joined("anne@acme.example");
    proxy.faults.push("drop-after");
    await log.members.remove(anne);
    expect(await all(log.members.list())).toEqual([]);
  });

  test("opening a viewer session, which is not done once by a key, is not sent again", async () => {
    proxy.faults.push("drop-after");
    const opening = log.viewerSessions.open({ role: "CONSUMER", viewer: { id: "u_1" } });
    await expect(opening).rejects.toThrow(refused("unreachable"));
    expect(proxy.seen).toEqual(["POST /v1/viewer-sessions"]);
    proxy.faults.push({ status: 429 });
    await log.viewerSessions.open({ role: "CONSUMER", viewer: { id: "u_1" } });
    expect(proxy.seen).toHaveLength(3);
  });
});

test("viewer sessions are opened, listed and ended", async () => {
  const viewer = { id: "customer-7", name: "Carol" };
  const { id, token } = await log.viewerSessions.open({ role: "CONSUMER", viewer });
  expect(await all(log.viewerSessions.list())).toMatchObject([
    { id, role: "CONSUMER", viewer, onlyTarget: null, openedBy: { type: "user", id: "operator" } },
  ]);
  await by(token)
    .get("01a2072c-8cd5-77eb-8683-7e350c2d508b")
    .catch((error) => expect(error.code).toBe("event-not-found"));
  await log.viewerSessions.end(id);
  expect(await all(log.viewerSessions.list())).toEqual([]);
  await expect(by(token).get("01a2072c-8cd5-77eb-8683-7e350c2d508b")).rejects.toThrow(
    refused("not-authenticated"),
  );
  await expect(log.viewerSessions.end(id)).rejects.toThrow(refused("viewer-session-not-found"));
});

test("members are listed, read, given another role and removed", async () => {
  const anne = await joined(`anne@${organization}.example`, "OWNER");
  const bob = await joined(`bob@${organization}.example`);
  expect((await all(log.members.list())).map(({ user }) => user.id).toSorted()).toEqual(
    [anne, bob].toSorted(),
  );
  const { etag, ...member } = await log.members.get(bob);
  expect(member).toMatchObject({ role: "CONSUMER", teamRoles: [], user: { id: bob } });
  const changed = await log.members.changeRole(bob, "AUDITOR", { ifMatch: etag });
  expect(changed.role).toBe("AUDITOR");
  await expect(log.members.remove(bob, { ifMatch: etag })).rejects.toThrow(refused("changed-meanwhile"));
  await expect(log.members.changeRole(anne, "CONSUMER")).rejects.toThrow(refused("last-owner"));
  await log.members.remove(bob, { ifMatch: changed.etag });
  await expect(log.members.get(bob)).rejects.toThrow(refused("member-not-found"));
});

test("invitations are sent with a link, listed and withdrawn", async () => {
  const sent = await log.invitations.send({ email: "carol@acme.example", role: "DESIGNER" });
  expect(sent.link).toMatch(/\/invitation#dbk_/);
  const { link: _, ...listed } = sent;
  expect(await all(log.invitations.list())).toEqual([listed]);
  await log.invitations.withdraw(sent.id);
  expect(await all(log.invitations.list())).toEqual([]);
});

test("teams are added, listed, renamed, given a role and members, and removed", async () => {
  const dave = await joined(`dave@${organization}.example`);
  const { etag, ...team } = await log.teams.add({ name: "Platform" });
  expect(team).toMatchObject({ name: "Platform", role: null, members: 0 });
  expect(await all(log.teams.list())).toEqual([team]);
  const renamed = await log.teams.rename(team.id, "Core platform", { ifMatch: etag });
  await expect(log.teams.changeRole(team.id, "AUDITOR", { ifMatch: etag })).rejects.toThrow(
    refused("changed-meanwhile"),
  );
  expect((await log.teams.changeRole(team.id, "AUDITOR", { ifMatch: renamed.etag })).role).toBe("AUDITOR");
  await log.teams.addMember(team.id, dave);
  expect((await all(log.teams.members(team.id))).map(({ id }) => id)).toEqual([dave]);
  expect(await log.teams.get(team.id)).toMatchObject({ name: "Core platform", role: "AUDITOR", members: 1 });
  expect((await log.members.get(dave)).teamRoles).toEqual(["AUDITOR"]);
  await log.teams.removeMember(team.id, dave);
  expect(await all(log.teams.members(team.id))).toEqual([]);
  expect((await log.teams.changeRole(team.id, null)).role).toBeNull();
  await log.teams.remove(team.id);
  await expect(log.teams.get(team.id)).rejects.toThrow(refused("team-not-found"));
});

test("saved views are added once, listed, read, changed and removed", async () => {
  const { etag, ...view } = await log.views.add({
    name: "Refused",
    forEveryone: true,
    search: { q: "-outcome:success", period: undefined },
  });
  expect(view).toMatchObject({ name: "Refused", forEveryone: true, search: { q: "-outcome:success" } });
  expect(await log.views.list()).toEqual([view]);
  expect(await log.views.get(view.id)).toEqual({ ...view, etag });
  const changed = await log.views.change(view.id, { name: "Denied" }, { ifMatch: etag });
  expect(changed).toMatchObject({ name: "Denied", search: view.search });
  await expect(log.views.change(view.id, { search: {} }, { ifMatch: etag })).rejects.toThrow(
    refused("changed-meanwhile"),
  );
  await log.views.remove(view.id);
  await expect(log.views.get(view.id)).rejects.toThrow(refused("view-not-found"));
});

test("settings are read and changed, all or some of them", async () => {
  const { etag, ...settings } = await log.settings.get();
  expect(settings).toEqual({ name: "Acme", description: null, email: null, location: null, website: null });
  const changed = await log.settings.change({ website: "https://acme.example/" }, { ifMatch: etag });
  expect(changed).toMatchObject({ name: "Acme", website: "https://acme.example/" });
  await expect(log.settings.change({ name: "Other" }, { ifMatch: etag })).rejects.toThrow(
    refused("changed-meanwhile"),
  );
  expect((await log.settings.change({ website: null })).website).toBeNull();
});

describe("an API client's token", () => {
  const event: NewEvent = {
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_17" },
    targets: [{ type: "team", id: "t_1" }],
    data: { teamId: "t_1", team: "Payments" },
  };

  test("records, searches, exports and follows, and says in every event which client it was", async () => {
    const { id, token = "" } = await add("Portal", "events:write", "events:read", "audit-log:download");
    const portal = by(token);
    await portal.record(event);
    const [found] = await all(portal.search({ type: "NEW_TEAM" }));
    expect(found?.recordedBy).toEqual({ type: "api_client", id });
    const pieces: Uint8Array[] = [];
    for await (const piece of await portal.export({ type: "NEW_TEAM" })) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toContain("Payments");
    for await (const followed of portal.follow()) {
      if (followed.event.type !== "NEW_TEAM") continue;
      expect(followed.event.id).toBe(found?.id);
      break;
    }
    expect((await portal.settings.get()).name).toBe("Acme");
  });

  test("without a scope is told which one is needed", async () => {
    const { token = "" } = await add("Writer", "events:write");
    const writer = by(token);
    await expect(writer.search().page()).rejects.toThrow(
      refused("not-allowed", "This needs the scope events:read"),
    );
    await expect(writer.export()).rejects.toThrow(refused("not-allowed", "the scope audit-log:download"));
    await expect(writer.follow().next()).rejects.toThrow(refused("not-allowed", "the scope events:read"));
    await expect(writer.teams.add({ name: "x" })).rejects.toThrow(
      refused("not-allowed", "API clients may not"),
    );
    const { token: other = "" } = await add("Reader", "events:read");
    await expect(by(other).record(event)).rejects.toThrow(refused("not-allowed", "the scope events:write"));
  });

  test("is refused on the next request once it is revoked", async () => {
    const { id, token = "" } = await add("Portal", "events:read");
    const portal = by(token);
    await portal.search().page();
    await log.apiClients.revoke(id);
    await expect(portal.search().page()).rejects.toThrow(refused("not-authenticated", "no valid token"));
    expect((await all<RecordedEvent>(log.apiClients.history(id)))[0]?.type).toMatch(/REVOKED|REFUSED/);
  });

  test("opens the log for a user of its own", async () => {
    const { token = "" } = await add("Portal", "events:write", "events:read");
    await by(token).record(event);
    const session = await by(token).viewerSessions.open({
      role: "CONSUMER",
      minutes: 5,
      viewer: { id: "u_9", name: "Eve" },
      onlyTarget: { type: "team", id: "t_1" },
    });
    expect(session.url).toContain(`/view#${session.token}`);
    const seen = await all(by(session.token).search());
    expect(seen.map(({ type }) => type)).toEqual(["NEW_TEAM"]);
    await expect(by(session.token).record(event)).rejects.toThrow(refused("not-allowed", "Viewer sessions"));
  });
});
