/** Queries as filters: what is accepted, and what is refused by name. */

import { hideTokens, parseTime } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Query, readParameters } from "../query-string/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import { eventsQueryOf } from "./events-query.ts";
import { filterParameters, readFilter } from "./filter.ts";
import { pageLimit, parsePageRequest } from "./pages.ts";

const parseFilter = (query: Query): Filter => eventsQueryOf(readParameters(query, filterParameters)).filter;

const refusal = (pointer: string): unknown =>
  expect.objectContaining({ code: "query-invalid", issues: [expect.objectContaining({ pointer })] });

test("a query without parameters filters nothing", () => {
  expect(parseFilter({})).toEqual({});
});

test("repeated parameters are lists, each value once; times are microseconds", () => {
  expect(
    parseFilter({
      type: ["API_RENAME", "invoice.paid", "API_RENAME"],
      actor: "user:u_17",
      target: ["api:a:b/c", "user:é"],
      outcome: ["failed", "denied"],
      from: "2026-11-22T12:20:31.123456+01:00",
      to: "2026-11-23",
    }),
  ).toEqual({
    types: ["API_RENAME", "invoice.paid"],
    actors: ["user:u_17"],
    targets: ["api:a:b/c", "user:é"],
    outcomes: ["denied", "failed"],
    from: parseTime("2026-11-22T11:20:31.123456Z"),
    to: parseTime("2026-11-24T00:00:00Z"),
  });
});

test("an id that holds a token is asked for as events keep it", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const kept = hideTokens(token);
  expect(kept).toMatch(/^\[token [0-9a-f]{12}\]$/);
  expect(
    parseFilter({ actor: [`user:${token}`, `user:${kept}`], target: [`key:x-${token}`, "key:a"] }),
  ).toEqual({
    actors: [`user:${kept}`],
    targets: ["key:a", `key:x-${kept}`],
  });
});

test.each<[string, Query, string]>([
  ["an unknown parameter", { colour: "red" }, "/colour"],
  ["a parameter with an odd name", { "a/b~": "1" }, "/a~1b~0"],
  ["__proto__ as a parameter", Object.fromEntries([["__proto__", "1"]]), "/__proto__"],
  ["a type that can be none", { type: "Api Rename" }, "/type"],
  ["an empty type", { type: "" }, "/type"],
  ["an actor without a colon", { actor: "u_17" }, "/actor"],
  ["an actor of a type that no actor has", { actor: "robot:r" }, "/actor"],
  ["an actor without an id", { actor: "user:" }, "/actor"],
  ["an id of 257 bytes", { actor: `user:${"é".repeat(128)}x` }, "/actor"],
  ["a target with a type in capitals", { target: "API:a" }, "/target"],
  ["U+0000 in an id", { target: "api:a\0" }, "/target"],
  ["an outcome that is none", { outcome: "ok" }, "/outcome"],
  ["a source that is none", { recordedBy: "client_1" }, "/recordedBy"],
  ["a time without an offset", { from: "2026-11-22T11:20:31" }, "/from"],
  ["a time whose + became a space", { from: "2026-11-22T11:20:31 01:00" }, "/from"],
  ["a date that doesn't exist", { to: "2026-02-30" }, "/to"],
  ["ten decimals", { from: "2026-11-22T11:20:31.1234567890Z" }, "/from"],
  ["two times where one is taken", { from: ["2026-11-22", "2026-11-23"] }, "/from"],
  ["an end before the start", { from: "2026-11-23", to: "2026-11-22" }, "/to"],
  ["an end at the start", { from: "2026-11-23T00:00:00Z", to: "2026-11-23T00:00:00Z" }, "/to"],
  ["a recorder of a type that none has", { recordedBy: "user:u_17" }, "/recordedBy"],
  ["51 values", { type: Array.from({ length: 51 }, (_, i) => `T_${i}`) }, "/type"],
])("%s is refused", (_, query, pointer) => {
  expect(() => parseFilter(query)).toThrow(refusal(pointer));
});

test("whose word events are is one of two; both are all", () => {
  expect(parseFilter({ recordedBy: "daybook" })).toEqual({ recordedBy: "daybook" });
  expect(parseFilter({ recordedBy: ["others", "daybook"] })).toEqual({});
});

test("an id of 256 bytes and 50 values are taken", () => {
  expect(parseFilter({ actor: `user:${"x".repeat(256)}` }).actors).toHaveLength(1);
  expect(parseFilter({ type: Array.from({ length: 50 }, (_, i) => `T_${i}`) }).types).toHaveLength(50);
});

test.each([
  [undefined, 25],
  ["1", 1],
  ["1000", 1000],
  ["007", 7],
])("the limit %s is %i", (limit, expected) => {
  expect(parsePageRequest({ limit }).limit).toBe(expected);
});

test.each(["0", "1001", "-1", "1.5", "1e2", "", " 5", "0x10", "９"])("the limit %j is refused", (limit) => {
  expect(() => parsePageRequest({ limit })).toThrow(refusal("/limit"));
  expect(pageLimit.max).toBe(1000);
});

test("every invalid value has an issue, and the others are the filter", () => {
  const query = {
    type: ["API_RENAME", "Api Rename"],
    actor: ["u_17", "user:u_17", "robot:r"],
    outcome: "ok",
    recordedBy: ["daybook", "nobody"],
    from: "2026-11-23",
    to: "2026-11-22",
  };
  const { filter, issues } = readFilter(readParameters(query, filterParameters), "UTC");
  expect(filter).toEqual({
    types: ["API_RENAME"],
    actors: ["user:u_17"],
    recordedBy: "daybook",
    from: parseTime("2026-11-23T00:00:00Z"),
  });
  expect(issues.map(({ name, value }) => [name, value])).toEqual([
    ["type", "Api Rename"],
    ["actor", "robot:r"],
    ["actor", "u_17"],
    ["outcome", "ok"],
    ["recordedBy", "nobody"],
    ["to", undefined],
  ]);
});

/** Where the first issue of a query is, as the API refuses it. */
function firstPointer(query: Query): string {
  if (Object.hasOwn(query, "x")) return "/x";
  return `/${readFilter(readParameters(query, filterParameters), "UTC").issues[0]?.name}`;
}

test("any query is either a filter or refused as a query", () => {
  const name = fc.constantFrom("type", "actor", "target", "outcome", "from", "to", "x");
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("user:u", "API_RENAME", "2026-01-01"));
  fc.assert(
    fc.property(fc.dictionary(name, fc.oneof(text, fc.array(text))), (query) => {
      try {
        const filter = parseFilter(query);
        expect(readFilter(readParameters(query, filterParameters), "UTC")).toEqual({ filter, issues: [] });
      } catch (error) {
        expect(error).toMatchObject({ code: "query-invalid", status: 400 });
        expect(() => parseFilter(query)).toThrow(refusal(firstPointer(query)));
      }
    }),
  );
});

test("a date alone is that whole day, of the time zone that is asked for", () => {
  const day = { from: "2026-11-22", to: "2026-11-22" };
  const times = (query: Query): unknown => parsePageRequest(query).filter;
  expect(times(day)).toEqual({
    from: parseTime("2026-11-22T00:00:00Z"),
    to: parseTime("2026-11-23T00:00:00Z"),
  });
  const berlin = { from: parseTime("2026-11-21T23:00:00Z"), to: parseTime("2026-11-22T23:00:00Z") };
  expect(times({ ...day, tz: "Europe/Berlin" })).toEqual(berlin);
  expect(times({ q: "after:2026-11-22 before:2026-11-22", tz: "Europe/Berlin" })).toEqual(berlin);
  expect(() => times({ ...day, tz: "+01:00" })).toThrow(refusal("/tz"));
  expect(() => times({ ...day, tz: "Mars/Base" })).toThrow(refusal("/tz"));
});

test("what is wrong with a search is refused as a parameter, after the filter, with its place", () => {
  const issue = {
    pointer: "/q",
    detail: "The parameter 'q' has an invalid value for 'ip:'.",
    remedy: "Write it like ip:192.0.2.17, or ip:192.0.2.0/24 for a network.",
    place: { start: 9, end: 13 },
  };
  expect(() => parsePageRequest({ q: "  é😀x ip:1.2. " })).toThrow(
    expect.objectContaining({ code: "query-invalid", issues: [{ ...issue, place: { start: 9, end: 13 } }] }),
  );
  expect(() => parsePageRequest({ q: "é😀x   ip:1.2." })).toThrow(
    expect.objectContaining({ code: "query-invalid", issues: [expect.objectContaining(issue)] }),
  );
  expect(() => parsePageRequest({ q: "!", outcome: "ok" })).toThrow(refusal("/outcome"));
  expect(() => parsePageRequest({ q: ["a", "b"] })).toThrow(refusal("/q"));
});

test("a qualifier as a parameter means the same as in the search, and is given once", () => {
  const { wanted } = parsePageRequest({ q: "x changed:/a changed:/b" });
  expect(parsePageRequest({ q: "x", changed: ["/b", "/a", "/a"] }).wanted).toEqual(wanted);
  for (const value of ["daybook", "api_client:c"])
    expect(() => parsePageRequest({ q: "recorded-by:others", recordedBy: value })).toThrow(
      refusal("/recordedBy"),
    );
  expect(parsePageRequest({ recordedBy: ["api_client:c", "daybook"] })).toMatchObject({
    filter: {},
    wanted: { anyOf: [[{ kind: "recordedBy" }, { kind: "source", value: "daybook" }]] },
    text: "recorded-by:api_client:c recorded-by:daybook",
  });
  expect(() => parsePageRequest({ q: "x changed:/a", changed: "/b" })).toThrow(refusal("/changed"));
  expect(() => parsePageRequest({ q: "after:2026-11-22", to: "2026-11-21" })).toThrow(refusal("/q"));
});

test.each([
  ["changed", "expiresOn"],
  ["changed", ""],
  ["externalId", ""],
  ["externalId", "x".repeat(257)],
  ["ip", "192.0.2"],
  ["ip", "192.0.2.0/33"],
  ["userAgent", "!"],
  ["requestId", ""],
  ["correlationId", "x".repeat(513)],
])("the parameter %s refuses %j", (name, value) => {
  expect(() => parsePageRequest({ [name]: value })).toThrow(refusal(`/${name}`));
});
