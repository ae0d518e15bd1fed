/** The importers on all payloads and definitions of two public packages: the server would accept every event. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { JsonObject } from "daybook";
import { eventType } from "daybook/catalogue";
import {
  definitionDigest,
  type GithubDelivery,
  mapDefinition,
  mapGithub,
  readDeliveries,
} from "daybook/importers";
import { checkEvent, eventIdTime, isEventId, parseTime } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { mappings } from "../library/src/importers/github/mappings.ts";
import { ownType } from "../server/src/event-types/own-types.ts";

const resolve = createRequire(import.meta.url).resolve;
const webhooks = dirname(resolve("@octokit/webhooks-examples/package.json"));
const definitions = dirname(resolve("@readme/oas-examples/package.json"));
const secret = "a secret of the importer's own";
const outside = "it is not about APIs, members, teams, plans or API clients";
const receivedAt = parseTime("2026-11-01T00:00:00Z")!;

const folders = readdirSync(webhooks).filter((name) => /^(api|ghes)/.test(name));
const read = (folder: string): GithubDelivery[] =>
  readDeliveries(readFileSync(join(webhooks, folder, "index.json"), "utf8"), { receivedAt });
const all = folders.flatMap(read);
const mapped = all.map((delivery) => ({ delivery, result: mapGithub(delivery, { secret }) }));
const events = mapped.flatMap(({ result }) => ("events" in result ? result.events : []));

test("all payloads of the package are read", () => {
  expect(folders.length).toBeGreaterThanOrEqual(6);
  expect(all.length).toBeGreaterThan(700);
});

test("every event is valid: its members, its first target, and its data by the schema of its type", () => {
  expect(events.length).toBeGreaterThan(100);
  for (const event of events) {
    const type = eventType(event.type);
    expect(type?.writer, event.type).toBe("producer");
    const checked = checkEvent(JSON.parse(JSON.stringify(event)), {
      rules: eventType,
      now: parseTime("2026-11-02T00:00:00Z")!,
    });
    expect(type?.firstTarget).toContain(event.targets?.[0]?.type);
    expect(ownType(event.type, undefined)?.check(checked.data, "/data"), event.type).toEqual([]);
  }
});

test("the types that come out are those that the payloads hold", () => {
  const counts: Record<string, number> = {};
  for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
  expect(counts).toMatchSnapshot();
});

test("what is near to an event type and yet none says why", () => {
  const reasons: Record<string, string> = {};
  for (const { result } of mapped)
    if ("skipped" in result && result.skipped !== outside) reasons[result.kind] = result.skipped;
  expect(reasons).toMatchSnapshot();
});

test("the name of a payload's event is told from its members as GitHub's header would tell it", () => {
  for (const { delivery, result } of mapped) {
    const bare = mapGithub({ payload: delivery.payload, receivedAt }, { secret });
    if ("skipped" in result && result.skipped === outside) {
      expect("events" in bare, result.kind).toBe(false);
    } else if ("events" in result) {
      expect(bare.kind).toBe(result.kind);
      expect(bare).toEqual(result);
    } else {
      expect(bare, result.kind).toEqual(result);
    }
  }
});

describe("ids", () => {
  test("are UUIDv7 with the event's time, and as many as there are payloads", () => {
    for (const event of events) {
      expect(isEventId(event.id!)).toBe(true);
      expect(eventIdTime(event.id!)).toBe((parseTime(event.occurredAt!)! / 1000n) * 1000n);
    }
    const distinct = new Set(all.map(({ payload }) => JSON.stringify(payload))).size;
    expect(new Set(events.map(({ id }) => id)).size).toBeLessThanOrEqual(distinct);
  });

  test("stay the same from run to run, and are others with another secret", () => {
    const delivery = mapped.find(({ result }) => "events" in result)!.delivery;
    const again = mapGithub(structuredClone(delivery), { secret });
    expect(again).toEqual(mapGithub(delivery, { secret }));
    const other = mapGithub(delivery, { secret: `${secret}!` });
    expect("events" in other && other.events[0]?.id).not.toBe("events" in again && again.events[0]?.id);
  });
});

test("no key of a deploy key enters an event", () => {
  expect(JSON.stringify(events)).not.toContain("ssh-rsa");
});

test("every JSON definition of the package becomes NEW_API with the digest of its bytes", () => {
  const files = readdirSync(definitions, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^[23]\.\d.json.[\w-]+\.json$/.test(path),
  );
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const bytes = readFileSync(join(definitions, file));
    const event = mapDefinition({
      bytes,
      owner: "readme",
      name: file.replaceAll(/[\\/]/g, "."),
      id: file,
      actor: { type: "user", id: "u_1" },
      time: receivedAt,
      secret,
    })!;
    expect(event.type).toBe("NEW_API");
    expect((event.data as JsonObject).digest).toBe(definitionDigest(bytes));
    expect(ownType("NEW_API", undefined)?.check(event.data as JsonObject, "/data")).toEqual([]);
  }
});

test("docs/importing.md names every payload that the table of mappings has", () => {
  const page = readFileSync(new URL("../docs/importing.md", import.meta.url), "utf8");
  for (const key of Object.keys(mappings)) expect(page, key).toContain(`\`${key}\``);
});
