/** Two different values never look the same, whatever they are and however they are cut. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Json, sameJson } from "../event/index.ts";
import { listChange, someOf } from "./list.ts";
import { asEscapedJson, cutPair, pairOf, type Read, readApart } from "./pair.ts";
import { visibleTextOf } from "./segments.ts";
import { alike, differing } from "./testing/values.ts";

/** Values as pages show them: words for empty ones, lists as words, other values as JSON. */
const read: Read = (value) => {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return { text: "Not entered", isJson: false, isWords: true };
  if (typeof value === "boolean") return { text: value ? "Yes" : "No", isJson: false };
  if (typeof value === "number") return { text: value.toLocaleString("en-GB"), isJson: false };
  if (Array.isArray(value)) return { text: value.map((one) => read(one).text).join(", "), isJson: false };
  return typeof value === "string"
    ? { text: value, isJson: false }
    : { text: JSON.stringify(value), isJson: true };
};

describe("values that differ never read the same:", () => {
  test.each(alike)("%j and %j", (from, to) => {
    const { from: one, to: other } = pairOf(from, to, read, { most: 2_000 });
    expect(readApart(one.part.text, other.part.text)).toBe(true);
  });

  test("any two, cut to any length", () => {
    fc.assert(
      fc.property(differing, fc.integer({ min: 8, max: 300 }), fc.boolean(), ([from, to], most, whole) => {
        const { from: one, to: other, lines } = pairOf(from, to, read, { most, whole });
        const visible = [one, other].map(({ part }) => [visibleTextOf(part.text, { lines }), part.after > 0]);
        expect(visible[0]).not.toEqual(visible[1]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("escaped, any two in printable characters that read apart", () => {
    fc.assert(
      fc.property(differing, ([from, to]) => {
        const texts = [from, to].map((value) => asEscapedJson(value).text);
        expect(texts[0]).not.toBe(texts[1]);
        for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\u00a0]| {2}/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test("and stay the same value: JSON, escaped or not, parses to what it was", () => {
    fc.assert(
      fc.property(differing, ([from]) => {
        if (from !== undefined) expect(sameJson(JSON.parse(asEscapedJson(from).text), from)).toBe(true);
      }),
    );
  });
});

test("what reads apart is left as it reads, and values that are the same read the same", () => {
  const textOf = (from: Json | undefined, to: Json | undefined): string[] => {
    const pair = pairOf(from, to, read, { most: 100 });
    return [pair.from.part.text, pair.to.part.text, pair.as];
  };
  expect(textOf("Sandbox", "Register sandbox")).toEqual(["Sandbox", "Register sandbox", "words"]);
  expect(textOf({ a: 1 }, { a: 1 })).toEqual(['{"a":1}', '{"a":1}', "words"]);
  expect(textOf("2", 2)).toEqual(['"2"', "2", "json"]);
  expect(textOf(undefined, null)).toEqual(["Absent", "null", "json"]);
  expect(textOf("☂", "☂\ufe0f")).toEqual(['"☂"', '"☂\\ufe0f"', "escaped"]);
});

test("a cut is round the first difference, and within no surrogate pair", () => {
  const long = "a".repeat(500);
  const [one, other] = cutPair(`${long}x${long}`, `${long}y${long}`, 100);
  expect(one).toEqual({ before: 475, text: `${"a".repeat(25)}x${"a".repeat(74)}`, after: 426 });
  expect(other.text).toContain("y");
  expect(cutPair('{"perMinute":10}', '{"perMinute":20}', 16).map(({ before }) => before)).toEqual([0, 0]);
  for (const { text } of cutPair("🧾".repeat(100), `${"🧾".repeat(99)}🧿`, 31))
    expect(Buffer.from(text).toString()).toBe(text);
});

describe("a list", () => {
  const shown = (from: Json[], to: Json[]): string => {
    const { members, isReordered } = listChange(from as never, to as never, read);
    const sign = { same: "", added: "+", removed: "-" };
    return `${members.map(({ kind, reading }) => sign[kind] + reading.text).join(" ")}${isReordered ? " reordered" : ""}`;
  };
  test.each<[Json[], Json[], string]>([
    [["a", "b"], ["a", "c", "b"], "a +c b"],
    [["a", "b"], ["b"], "-a b"],
    [["a", "b"], ["b", "a"], "b a reordered"],
    [["a", "a"], ["a"], "-a a"],
    [[], ["a"], "+a"],
    [["2"], [2], '-"2" +2'],
    [["2", "a"], [2, "a"], '-"2" +2 "a"'],
    [[null, ""], [""], '-null ""'],
    [["a", "a\u200b"], ["a"], "-a\u200b a"],
    [["a\u2003b"], ["a\u2002b"], '-"a\\u2003b" +"a\\u2002b"'],
    [["a", "b", "c"], ["c", "d", "a"], "-b c +d a reordered"],
  ])("%j to %j is %s", (from, to, words) => {
    expect(shown(from, to)).toBe(words);
  });

  test("of which some are shown has as many that came as that went", () => {
    const names = (word: string, count: number): string[] =>
      Array.from({ length: count }, (_, n) => `${word}${n}`);
    const some = (from: string[], to: string[]): string => {
      const { shown: members, more } = someOf(listChange(from, to, read).members, 4);
      return [...members.map(({ reading }) => reading.text), ...more].join(" ");
    };
    expect(some(names("r", 9), ["a"])).toBe("r0 r1 r2 a 6 more removed");
    expect(some(["r"], names("a", 9))).toBe("r a0 a1 a2 6 more added");
    expect(some(names("r", 5), names("a", 5))).toBe("r0 r1 a0 a1 3 more removed 3 more added");
    expect(some(["r"], names("a", 3))).toBe("r a0 a1 a2");
  });

  test("of members that differ is never told as the same", () => {
    const scalar = fc.constantFrom<Json>("2", 2, "Yes", true, null, "", "null", "a", "a ", "a\u00a0", "A");
    fc.assert(
      fc.property(fc.array(scalar), fc.array(scalar), (from, to) => {
        const { members, isReordered } = listChange(from as never, to as never, read);
        const isSame = members.every(({ kind }) => kind === "same") && !isReordered;
        expect(isSame).toBe(sameJson(from, to));
        const texts = new Map<string, Set<string>>();
        for (const { reading } of members)
          texts.set(reading.text, (texts.get(reading.text) ?? new Set()).add(reading.text));
        expect(members.filter(({ kind }) => kind !== "removed")).toHaveLength(to.length);
      }),
    );
  });
});
