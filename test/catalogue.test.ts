/** Every type of the founding documents is recorded from its catalogue example over HTTP, and refused for each wrong field. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventInput, JsonObject } from "daybook";
import { eventTypes } from "daybook/catalogue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { call, type ServerProcess, startServer } from "./support/server-process.ts";

/** Straight from the two founding documents. */
const foundingTypes = `
API_CLIENT_ADDED API_CLIENT_UPDATED API_CLIENT_REVOKED API_CLIENT_DELETED
API_LIFECYCLE API_RENAME API_SAVED API_TRANSFER DOMAIN_LIFECYCLE DOMAIN_SAVED DOMAIN_TRANSFER FORK_API FORK_DOMAIN NEW_API
NEW_API_VERSION NEW_DOMAIN NEW_DOMAIN_VERSION NEW_DRAFT_API NEW_DRAFT_DOMAIN REMOVE_API REMOVE_API_VERSION REMOVE_DOMAIN
REMOVE_DRAFT_API REMOVE_DRAFT_DOMAIN REMOVE_DOMAIN_VERSION RENAME_DOMAIN ACCEPT_ORG_MEMBER_INVITE BILLING_CHANGE
NEW_COLLABORATION NEW_ORGANIZATION_MEMBER NEW_TEAM NEW_TEAM_MEMBER ORGANIZATION_CHANGE PRODUCT_PLAN_CHANGE
PRODUCT_PLAN_CANCELLATION_SCHEDULED REMOVE_COLLABORATION REMOVE_ORGANIZATION_MEMBER REMOVE_TEAM REMOVE_TEAM_MEMBER
SUBSCRIPTION_ASSIGNED SUBSCRIPTION_REMOVED UPDATE_ORGANIZATION_MEMBER`
  .trim()
  .split(/\s+/);

let server: ServerProcess;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-types-"));
  server = await startServer({ dataFolder: folder, databaseUrl: await freshDatabase("embedded") });
  await call(server.url, "POST", "/v1/organizations", { slug: "types", name: "Types" });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const post = (event: unknown): ReturnType<typeof call> =>
  call(server.url, "POST", "/v1/organizations/types/events", event);

function exampleOf(name: string): EventInput {
  const type = eventTypes.find((candidate) => candidate.name === name);
  if (!type) throw new Error(`the catalogue has no ${name}`);
  return type.example;
}

test("the founding documents have 42 event types", () => {
  expect(new Set(foundingTypes).size).toBe(42);
});

describe.each(foundingTypes)("%s", (name) => {
  test("is recorded from its example, and reads back as sent", async () => {
    const example = exampleOf(name);
    const answer = await post(example);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const { receipts } = answer.body as { receipts: { id: string }[] };
    const read = await call(server.url, "GET", `/v1/organizations/types/events/${receipts[0]?.id}`);
    expect(read.body).toMatchObject({
      type: name,
      actor: example.actor,
      ...(example.data && { data: example.data }),
    });
  });

  test("is refused for each wrong field, with a pointer to it, and nothing is recorded", async () => {
    const example = exampleOf(name);
    const newest = (await call(server.url, "GET", "/v1/organizations/types/events?limit=1")).body as {
      events: { seq: number }[];
    };
    const wrong: { pointer: string; event: unknown }[] = [
      {
        pointer: example.data ? "/data/unheardOf" : "/data",
        event: { ...example, data: { ...example.data, unheardOf: 1 } },
      },
      { pointer: "/actor", event: { ...example, actor: null } },
      { pointer: "/outcome", event: { ...example, outcome: "maybe" } },
      { pointer: "/unheardOf", event: { ...example, unheardOf: true } },
      ...Object.keys(example.data ?? {}).map((member) => ({
        pointer: `/data/${member}`,
        event: { ...example, data: { ...example.data, [member]: { wrong: [] } as JsonObject } },
      })),
    ];
    for (const { pointer, event } of wrong) {
      const answer = await post(event);
      expect(answer.status, `${pointer} ${JSON.stringify(answer.body)}`).toBe(422);
      const { errors } = answer.body as { errors: { pointer: string }[] };
      expect(
        errors.some((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`)),
        `${pointer} ${JSON.stringify(errors)}`,
      ).toBe(true);
    }
    const after = (await call(server.url, "GET", "/v1/organizations/types/events?limit=1")).body as {
      events: { seq: number }[];
    };
    expect(after.events[0]?.seq).toBe(newest.events[0]?.seq);
  });
});
