/** The demo on a real log: loaded once, however often it is loaded, and also after a crash in the middle. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEventsInParts } from "daybook/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../server/src/config/index.ts";
import { loadDemo } from "../server/src/demo/index.ts";
import { type OpenServices, openServices } from "../server/src/open-services.ts";
import { freshDatabase } from "./support/database.ts";

const url = "http://127.0.0.1:4400";
const reach = { url, page: `${url}/activity`, tokenFile: undefined, setUpLink: undefined };

let services: OpenServices;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-demo-"));
  const config = readConfig({ DAYBOOK_DATA: folder, DATABASE_URL: await freshDatabase("embedded") });
  services = await openServices(config, { notice: () => undefined });
});

afterAll(async () => {
  await services?.close();
  await rm(folder, { recursive: true, force: true });
});

async function load(): Promise<string> {
  const lines: string[] = [];
  await loadDemo(services, { notice: (...more) => void lines.push(...more), reach });
  return lines.join("\n");
}
async function sizes(): Promise<(number | undefined)[]> {
  const organizations = await services.people.organizations("everything", { after: undefined, limit: 100 });
  const heads = await services.store.heads(organizations.map(({ organizationId }) => organizationId));
  return heads.map(({ size }) => Number(size));
}

test("an interrupted load is completed, and a second one adds nothing", async () => {
  let requests = 0;
  const crashing = {
    ...services,
    log: {
      record: (request: Parameters<OpenServices["log"]["record"]>[0]) => {
        if (++requests > 2) throw new Error("the process was killed");
        return services.log.record(request);
      },
    },
  };
  await expect(loadDemo(crashing, { notice: () => undefined, reach })).rejects.toThrow("killed");
  expect(await load()).toMatch(
    /^The demo: \d+ events, [1-9]\d* of them recorded now, [1-9]\d* there already\.$/m,
  );
  const after = await sizes();
  expect(await load()).toMatch(/ 0 of them recorded now, /);
  expect(await sizes()).toEqual(after);
  expect(after.reduce<number>((sum, size) => sum + (size ?? 0), 0)).toBeGreaterThan(200);
});

test("the API clients of demo-register are real ones: who revoked which is the newest that there is", async () => {
  const { organizationId, ...rest } = await services.people.organization("demo-register", "everything");
  const organization = {
    ...rest,
    organizationId,
    view: { rowScope: organizationId, context: true, onlyTarget: undefined },
  };
  const clients = await services.apiClients.list(organization, { after: undefined, limit: 10 });
  expect(clients.map(({ client }) => `${client.name}: ${client.status}`).sort()).toEqual([
    "Filing service: active",
    "Nightly export: active",
    "Register sandbox: revoked",
    "Search portal: active",
  ]);
  const { events } = await services.search.allEvents(services.access.everything, {
    filter: {},
    cursor: undefined,
    limit: 1,
  });
  expect(events[0]).toMatchObject({
    type: "API_CLIENT_REVOKED",
    actor: { name: "Bob Marsh" },
    targets: [{ name: "Register sandbox" }],
    data: { expiresOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
  });
});

test("a demo that another version of Daybook made is left as it is", async () => {
  const organization = await services.people.createOrganization({
    slug: "demo-mine",
    name: "Mine",
    initiator: { actor: { type: "system", id: "test" }, recordedBy: { type: "server", id: "daybook" } },
  });
  const others = await services.people.organization("demo-others", "everything");
  const view = { rowScope: others.organizationId, context: true, onlyTarget: undefined };
  const search = await services.search.events(
    { ...others, view },
    {
      filter: { types: ["ACCEPT_ORG_MEMBER_INVITE"] },
      cursor: undefined,
      limit: 1,
    },
  );
  const { id, type, occurredAt, actor, targets, data } = search.events[0]!;
  const other = JSON.stringify({ id, type, occurredAt, actor, targets, data, reason: "edition 0" });
  await services.log.record({
    organization,
    unread: {
      bytes: other.length,
      estimate: 1,
      read: () => readEventsInParts(Buffer.from(other), "application/json"),
    },
    recordedBy: { type: "server", id: "daybook" },
    mayImport: true,
  });
  const before = await sizes();
  const people = {
    ...services.people,
    organization: async (slug: string) => {
      const found = await services.people.organization(slug, "everything");
      // the replacement of 'demo-others' is as old, and has another first event
      return slug === "demo-others" ? { ...organization, createdAt: found.createdAt } : found;
    },
  };
  const lines: string[] = [];
  await loadDemo({ ...services, people }, { notice: (...more) => void lines.push(...more), reach });
  expect(lines).toContain("demo-others has the demo of another version of Daybook: it is left as it is.");
  expect(await sizes()).toEqual(before);
});
