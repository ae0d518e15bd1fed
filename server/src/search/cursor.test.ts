/** Cursors: they return the same place, and accept nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PageKey } from "../store/contract/pages.ts";
import { type CursorScope, formatCursor, parseCursor } from "./cursor.ts";

const scope: CursorScope = { organizationId: 7, filter: { types: ["API_RENAME"], from: 5n } };
const key: PageKey = { occurredAt: 1_795_346_431_123_456n, seq: 12_345n, logNo: 1 };
const refused = expect.objectContaining({ code: "cursor-invalid", status: 400 });

const place = fc.record({
  occurredAt: fc.bigInt({ min: 0n, max: 2n ** 53n }),
  seq: fc.bigInt({ min: 0n, max: 2n ** 53n }),
  logNo: fc.nat(1000),
});

test("a cursor gives back its place, of an organization and of all", () => {
  fc.assert(
    fc.property(place, fc.nat(), (within, organizationId) => {
      expect(parseCursor(formatCursor(within, scope), scope)).toEqual(within);
      const all = { organizationId: undefined, filter: {} };
      const anywhere = { ...within, organizationId };
      expect(parseCursor(formatCursor(anywhere, all), all)).toEqual(anywhere);
    }),
  );
});

test("a cursor of a search with an age is that of the same age later", () => {
  const moving = { ...scope, times: ["after:7d"] };
  const cursor = formatCursor(key, moving);
  expect(parseCursor(cursor, { ...moving, filter: { ...scope.filter, from: 6n } })).toEqual(key);
  expect(() => parseCursor(cursor, { ...moving, times: ["after:8d"] })).toThrow(refused);
});

describe("a cursor is refused", () => {
  test("when any character of it is altered", () => {
    const cursor = formatCursor(key, scope);
    for (let i = 0; i < cursor.length; i++) {
      const altered = cursor.slice(0, i) + (cursor[i] === "A" ? "B" : "A") + cursor.slice(i + 1);
      expect(() => parseCursor(altered, scope), altered).toThrow(refused);
    }
  });

  test.each<[string, CursorScope]>([
    ["another organization", { ...scope, organizationId: 8 }],
    ["all organizations", { ...scope, organizationId: undefined }],
    ["another type", { ...scope, filter: { ...scope.filter, types: ["API_SAVED"] } }],
    ["a filter with an outcome more", { ...scope, filter: { ...scope.filter, outcomes: ["denied"] } }],
    ["another start", { ...scope, filter: { ...scope.filter, from: 6n } }],
    ["a start that is an age", { ...scope, times: ["after:7d"] }],
    ["an end in place of the start", { ...scope, filter: { types: ["API_RENAME"], to: 5n } }],
  ])("for %s", (_, other) => {
    expect(() => parseCursor(formatCursor(key, scope), other)).toThrow(refused);
  });

  test.each(["", "AA", "null", "=", "é", "A".repeat(44), "A".repeat(10_000)])("that is %j", (text) => {
    expect(() => parseCursor(text, scope)).toThrow(refused);
  });

  test("with padding, or bits to spare", () => {
    const cursor = formatCursor(key, scope);
    expect(() => parseCursor(`${cursor}=`, scope)).toThrow(refused);
    expect(() => parseCursor(` ${cursor}`, scope)).toThrow(refused);
  });
});
