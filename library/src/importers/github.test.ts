/** Payloads in every stored form, and invalid payloads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatTime, type JsonObject, parseTime } from "../event/index.ts";
import { readDeliveries } from "./github/deliveries.ts";
import { mapGithub } from "./github/map.ts";
import { knownNames, mappings } from "./github/mappings.ts";

const secret = "a secret of some length";
const sender = { id: 1, login: "anne", type: "User" };
const repository = {
  id: 31,
  name: "payments",
  owner: { login: "acme" },
  default_branch: "main",
  updated_at: "2026-11-01T10:00:00Z",
};
const renamed: JsonObject = {
  action: "renamed",
  changes: { repository: { name: { from: "billing" } } },
  repository,
  sender,
};
const receivedAt = parseTime("2026-11-02T00:00:00Z") ?? 0n;

const only = (payload: JsonObject, options: { account?: string } = {}) => {
  const result = mapGithub({ payload, receivedAt }, { secret, ...options });
  if ("skipped" in result) throw new Error(result.skipped);
  expect(result.events).toHaveLength(1);
  return result.events[0]!;
};
const reasonOf = (payload: JsonObject): string => {
  const result = mapGithub({ payload, receivedAt }, { secret });
  return "skipped" in result ? result.skipped : "";
};

describe("stored forms", () => {
  const payload = JSON.stringify(renamed);
  test.each([
    ["a payload", payload],
    ["a list of payloads", `[${payload}]`],
    ["a line with the event's name", `{"event":"repository","payload":${payload}}`],
    [
      "a delivery of GitHub's API",
      `{"id":7,"guid":"g-1","delivered_at":"2026-11-02T00:00:00Z","event":"repository","request":{"headers":{},"payload":${payload}}}`,
    ],
    ["a request with its headers", `{"headers":{"x-github-event":"repository"},"payload":${payload}}`],
    [
      "the lists of the examples package",
      `[{"name":"repository","actions":["renamed"],"examples":[${payload}]}]`,
    ],
  ])("%s", (_, json) => {
    const [delivery, ...more] = readDeliveries(json, { receivedAt });
    expect(more).toEqual([]);
    expect(JSON.parse(JSON.stringify(delivery?.payload))).toEqual(renamed);
    expect(mapGithub(delivery!, { secret }).kind).toBe("repository.renamed");
  });

  test("a delivery's own id and time are kept", () => {
    const json = `{"guid":"g-1","delivered_at":"2026-11-02T00:00:00Z","event":"repository","payload":${payload}}`;
    expect(readDeliveries(json)[0]).toMatchObject({ id: "g-1", receivedAt });
  });

  test("a file's name may tell the event's", () => {
    for (const path of ["a/public.json", "public.3.json", "public/payload.json", "x\\public\\1.json"])
      expect(readDeliveries("{}", { path })[0]?.name).toBe("public");
    expect(readDeliveries("{}", { path: "my-payloads/one.json" })[0]?.name).toBeUndefined();
  });

  test.each(["1", "null", '"x"', "[1]", "{", '{"a":1,"a":2}'])("%s is no payload", (json) => {
    expect(() => readDeliveries(json)).toThrow();
  });
});

describe("mapping", () => {
  test("the actor is the sender: people, bots, and GitHub itself where nobody acted", () => {
    expect(only(renamed).actor).toEqual({ type: "user", id: "1", name: "anne" });
    const bot = { ...renamed, sender: { id: 2, login: "renovate[bot]", type: "Bot" } };
    expect(only(bot).actor).toEqual({ type: "api_client", id: "2", name: "renovate[bot]" });
    const { sender: _, ...nobody } = renamed;
    expect(only(nobody).actor).toEqual({ type: "system", id: "github", name: "GitHub" });
  });

  test("a rename says what it was before, and when", () => {
    expect(only(renamed)).toMatchObject({
      type: "API_RENAME",
      occurredAt: "2026-11-01T10:00:00.000000Z",
      changes: [{ path: "/name", from: "billing", to: "payments" }],
      data: { owner: "acme", oldName: "billing", newName: "payments" },
    });
  });

  test("the account says whether a fork or a transfer goes in or out", () => {
    const fork = { forkee: { ...repository, id: 32, owner: { login: "globex" } }, repository, sender };
    expect(only(fork).data?.direction).toBe("OUT");
    expect(only(fork, { account: "globex" })).toMatchObject({
      data: { direction: "IN" },
      targets: [{ id: "32" }, { id: "31" }],
    });
    const transfer = {
      action: "transferred",
      changes: { owner: { from: { organization: { login: "globex" } } } },
      repository,
      sender,
    };
    expect(only(transfer).data).toMatchObject({ fromOwner: "globex", toOwner: "acme", direction: "IN" });
    expect(only(transfer, { account: "globex" }).data?.direction).toBe("OUT");
  });

  const push = {
    ref: "refs/heads/main",
    before: "1".repeat(40),
    after: "2".repeat(40),
    commits: [],
    head_commit: { message: "x".repeat(5000), timestamp: "2026-11-01T12:00:00+02:00" },
    repository,
    sender,
  };

  test("a push to the default branch is API_SAVED; the digests of one push and the next join", () => {
    const first = only(push);
    const second = only({ ...push, before: "2".repeat(40), after: "3".repeat(40) });
    expect(first.type).toBe("API_SAVED");
    expect(first.occurredAt).toBe("2026-11-01T10:00:00.000000Z");
    expect(second.data?.oldDigest).toBe(first.data?.digest);
    expect([...String(first.data?.commitMessage)]).toHaveLength(4096);
  });

  test("a token that lies across a cut is hidden, and so is its placeholder cut whole", () => {
    const token = `ghp_${"Zq7".repeat(12)}`;
    const leftOf = (characters: number, before: number): string =>
      `${"a ".repeat(characters).slice(0, before)}${token} and more${" b".repeat(characters)}`;
    const keyOf = (title: string): JsonObject => ({
      action: "created",
      key: { id: 3, title, created_at: "2026-11-01T10:00:00Z" },
      repository,
      sender,
    });
    const releaseOf = (tag: string): JsonObject => ({
      action: "published",
      release: { tag_name: tag, published_at: "2026-11-01T10:00:00Z" },
      repository,
      sender,
    });
    const pushOf = (message: string): JsonObject => ({ ...push, head_commit: { message } });
    for (const [characters, payloadOf] of [
      [4096, pushOf],
      [256, releaseOf],
      [128, keyOf],
    ] as const) {
      for (let left = 0; left <= 45; left++) {
        const kept = JSON.stringify(only(payloadOf(leftOf(characters, characters - left))));
        expect(kept).not.toMatch(/Zq7|ghp_/);
        expect(kept.match(/\[t/g) ?? []).toHaveLength(kept.match(/\[token [0-9a-f]{12}\]/g)?.length ?? 0);
      }
    }
    const { data } = only(pushOf(leftOf(4096, 4000)));
    expect(data?.commitMessage).toMatch(/a \[token [0-9a-f]{12}\] and more( b)+…$/);
    expect(data?.commitMessage).toHaveLength(4096);
  });

  test("other branches, tags, and branches deleted are skipped", () => {
    expect(reasonOf({ ...push, ref: "refs/heads/try" })).toContain("default branch");
    expect(reasonOf({ ...push, ref: "refs/tags/v1" })).toContain("tag");
    expect(reasonOf({ ...push, after: "0".repeat(40) })).toContain("deleted");
  });

  test("who leaves by themselves has left, and who is removed by another is removed", () => {
    const leave = (by: number): JsonObject => ({
      action: "member_removed",
      membership: { role: "member", user: { id: 9, login: "bob" } },
      organization: { id: 3, login: "acme" },
      sender: { ...sender, id: by },
    });
    expect(only(leave(9)).data?.how).toBe("LEFT");
    expect(only(leave(1)).data?.how).toBe("REMOVED");
  });

  test("a pending change to no seats is a scheduled cancellation, any other one a change of plan", () => {
    const pending = (seats: number): JsonObject => ({
      action: "pending_change",
      effective_date: "2026-12-01T00:00:00+00:00",
      marketplace_purchase: {
        account: { type: "Organization", id: 4, login: "acme" },
        plan: { name: "Free" },
        unit_count: seats,
      },
      previous_marketplace_purchase: { plan: { name: "Team" }, unit_count: 5 },
      sender,
    });
    expect(only(pending(0))).toMatchObject({
      type: "PRODUCT_PLAN_CANCELLATION_SCHEDULED",
      data: { plan: "Team", effectiveAt: "2026-12-01T00:00:00+00:00" },
      occurredAt: formatTime(receivedAt),
    });
    expect(only(pending(3))).toMatchObject({
      type: "PRODUCT_PLAN_CHANGE",
      data: { plan: "Free", oldPlan: "Team" },
      changes: [
        { path: "/plan", from: "Team", to: "Free" },
        { path: "/seats", from: 5, to: 3 },
      ],
    });
  });

  test("a payload without a time is skipped unless someone says when it came", () => {
    const payload = { action: "deleted", team: { id: 4, name: "Payments" }, sender };
    const result = mapGithub({ payload }, { secret });
    expect(result).toEqual({ kind: "team.deleted", skipped: "it doesn't say when it happened" });
    expect(only(payload).occurredAt).toBe(formatTime(receivedAt));
  });

  test("what a mapping needs and the payload lacks is named", () => {
    expect(reasonOf({ ...renamed, changes: {} })).toBe("it lacks changes.repository.name.from");
    expect(reasonOf({ ...renamed, repository: { ...repository, id: {} } })).toBe("it lacks id");
  });

  test("whatever members hold, a payload is mapped or skipped, and nothing is thrown", () => {
    const junk = fc.jsonValue({ maxDepth: 4 });
    const name = fc.constantFrom(...knownNames, "constructor", "__proto__x", undefined);
    const actions = Object.keys(mappings).map((key) => key.split(".")[1] ?? "created");
    const part = fc.constantFrom<unknown>(repository, sender, { id: 1 }, null, [], "", "x", 0);
    const payload = fc.record(
      {
        action: fc.constantFrom(...actions, "toString"),
        repository: fc.oneof(part, junk),
        forkee: fc.oneof(part, junk),
        sender: fc.oneof(part, junk),
        team: fc.oneof(part, junk),
        member: fc.oneof(part, junk),
        membership: junk,
        invitation: junk,
        installation: fc.oneof(part, junk),
        key: fc.oneof(part, junk),
        release: junk,
        changes: junk,
        marketplace_purchase: junk,
        ref: fc.constantFrom("refs/heads/main", "", 1),
        after: fc.constantFrom("1", null),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(name, payload, (known, value) => {
        const delivery = { payload: value as JsonObject, name: known, receivedAt };
        const result = mapGithub(delivery, { secret });
        expect("skipped" in result || result.events.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
