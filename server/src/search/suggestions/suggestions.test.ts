/** Suggestions on a real database: by the beginnings of words, from what the reader sees, with names that the right one gave. */
import type { EventInput } from "daybook/internal";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../../open-services.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "../testing/open-services.ts";
import type { SearchableOrganization } from "../visible.ts";
import type { SuggestedValue } from "./suggestion.ts";
import { parseSuggestionRequest } from "./suggestions.ts";

let services: OpenServices;
let acme: SearchableOrganization;

const client = (id: string, name: string, more: Partial<EventInput> = {}): EventInput => ({
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_17", name: "Grace Hopper", email: "grace@example.org" },
  targets: [{ type: "api_client", id, name }],
  changes: [{ path: "/expiresOn", from: "2026-01-01", to: "2027-01-01" }],
  data: { clientId: id, name, expiresOn: "2027-05-31" },
  context: { ip: "192.0.2.77", userAgent: "Hidden/1.0" },
  ...more,
});

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  const other = await organizationOf(services, "other");
  const grace = Array.from({ length: 130 }, (_, n) => client(`c_${n}`, `Register sandbox ${n}`));
  const anne = { type: "user", id: "u_9", name: "Anne Łukasz", email: "anne.wilson@example.org" } as const;
  await record(
    services,
    acme,
    client("c_200", "Billing sync", { actor: anne, changes: [{ path: "/authPolicy/requireMfa", to: true }] }),
    team(1, { actor: { type: "api_client", id: "c_7", name: "Hopper bot" } }),
    team(2, { actor: { type: "anonymous" } }),
    ...grace,
  );
  const posing = { type: "user", id: `user_${"a".repeat(26)}`, name: "Ann Operator" } as const;
  await record(services, acme, team(3, { actor: posing }));
  const secret = { type: "user", id: "u_55", name: "Annabel Elsewhere" } as const;
  const elsewhere = { actor: secret, changes: [{ path: "/elsewhere", to: 1 }] };
  await record(services, other, client("c_1", "Elsewhere", elsewhere));
});

const types = async (): Promise<{ name: string; title: string }[]> => [
  ...(await services.eventTypes.list(acme.organizationId)),
];
const suggested = async (kind: string, text: string, of = acme): Promise<SuggestedValue[]> =>
  services.search.suggestions(of, { ...parseSuggestionRequest({ kind, text }), types: await types() });
const values = async (kind: string, text: string, of?: SearchableOrganization): Promise<string[]> =>
  (await suggested(kind, text, of)).map(({ value }) => value);

describe.each(["read as they are", "indexed"])("from events that are %s", (how) => {
  beforeAll(async () => {
    if (how === "indexed") await services.followers.now();
  });

  test.each([
    ["gra", ["user:u_17"]],
    ["GRACE HOP", ["user:u_17"]],
    ["hopper", ["api_client:c_7", "user:u_17"]],
    ["wilson", ["user:u_9"]],
    ["lukasz", ["user:u_9"]],
    ["u_9", ["user:u_9"]],
    ["user:u_1", ["user:u_17"]],
    ["api_client:", ["api_client:c_7"]],
    ["race", []],
    ["sandbox", []],
    ["annabel", []],
    ["hidden", []],
  ])("actors for %j are those with such words, however much one of them did", async (text, expected) => {
    expect((await values("actor", text)).sort()).toEqual(expected);
  });

  test("a person has a name, and the address beside it", async () => {
    expect(await suggested("actor", "grace")).toEqual([
      { value: "user:u_17", label: "Grace Hopper", detail: "grace@example.org" },
    ]);
    expect((await suggested("actor", "")).map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Grace Hopper", "Anne Łukasz", "Hopper bot", "Someone"]),
    );
  });

  test("a name that others give to a party of Daybook's is not its label", async () => {
    const [first] = await suggested("actor", "ann operator");
    expect(first).toEqual({ value: `user:user_${"a".repeat(26)}`, label: `user_${"a".repeat(26)}` });
  });

  test("targets are at most ten of those that have the words themselves", async () => {
    const found = await suggested("target", "regis sand");
    expect(found).toHaveLength(10);
    expect(new Set(found.map(({ value }) => value)).size).toBe(10);
    expect(found.every(({ label }) => label.startsWith("Register sandbox"))).toBe(true);
    expect(await values("target", "billing")).toEqual(["api_client:c_200"]);
    expect(await values("target", "grace")).toEqual([]);
  });

  test("fields are paths that changed, by their names in any notation", async () => {
    expect(await suggested("changed", "mfa")).toEqual([
      { value: "/authPolicy/requireMfa", label: "Require mfa" },
    ]);
    expect(await values("changed", "/exp")).toEqual(["/expiresOn"]);
    expect(await values("changed", "require m")).toEqual(["/authPolicy/requireMfa"]);
    expect(await values("changed", "elsewhere")).toEqual([]);
    expect((await values("changed", "")).sort()).toEqual(["/authPolicy/requireMfa", "/expiresOn"]);
  });

  test("types come with their groups, those that occurred first", async () => {
    const found = await suggested("type", "api_client");
    expect(found[0]).toMatchObject({ value: "API_CLIENT_*", detail: expect.stringMatching(/^\d+ types$/) });
    expect(found.map(({ value }) => value)).toContain("API_CLIENT_UPDATED");
    expect(await values("type", "api client upd")).toEqual(["API_CLIENT_UPDATED"]);
    expect((await values("type", ""))[0]).toBe("NEW_TEAM");
    expect(await values("type", "no such type")).toEqual([]);
  });

  test("who sees one target gets values of its events alone", async () => {
    const only = visible(acme, { onlyTarget: "team:t_1" });
    expect(await values("actor", "", only)).toEqual(["api_client:c_7"]);
    expect(await values("actor", "grace", only)).toEqual([]);
    expect(await values("target", "", only)).toEqual(["team:t_1"]);
    expect(await values("changed", "", only)).toEqual([]);
  });

  test("another's row scope has no values", async () => {
    for (const kind of ["actor", "target", "changed"])
      expect(await values(kind, "", visible(acme, { rowScope: -1 })), kind).toEqual([]);
  });
});

test("every suggestion is a value of the qualifier that finds events, whatever was typed", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("actor", "target", "type", "changed"),
      fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("gra", "u_", "c_1", "API", "/", "team:")),
      async (kind, text) => {
        const found = await suggested(kind, text);
        expect(found.length).toBeLessThanOrEqual(10);
        expect(new Set(found.map(({ value }) => value)).size).toBe(found.length);
        for (const { label } of found) expect(label).not.toBe("");
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ":*",
  "'; DROP TABLE event; --",
  '"',
  "\0",
  "\u202euser:",
  "user:\n",
  "😀",
  "*",
  "-grace",
  "A".repeat(200),
])("%j breaks nothing", async (text) => {
  for (const kind of ["actor", "target", "type", "changed"])
    expect(Array.isArray(await suggested(kind, text))).toBe(true);
});

test.each([
  [{}, "/kind"],
  [{ kind: "ip" }, "/kind"],
  [{ kind: ["actor", "target"] }, "/kind"],
  [{ kind: "actor", text: "a".repeat(201) }, "/text"],
  [{ kind: "actor", text: ["a", "b"] }, "/text"],
  [{ kind: "actor", q: "a" }, "/q"],
])("%j is refused", (query, pointer) => {
  const refused = (): unknown => parseSuggestionRequest(query);
  expect(refused).toThrow(
    expect.objectContaining({ code: "query-invalid", issues: [expect.objectContaining({ pointer })] }),
  );
});
