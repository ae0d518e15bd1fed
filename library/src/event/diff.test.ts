/** Diffs, pointers, and equality. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffWithin } from "./diff.ts";
import {
  type Change,
  canonicalize,
  diff,
  isObject,
  isPointer,
  type Json,
  type JsonObject,
  pointerNames,
  pointerTo,
  sameJson,
} from "./index.ts";
import { overlap } from "./pointer.ts";

const name = fc.constantFrom("a", "b", "c/d", "~", "~1", "", "0", "10", "2", "é", "constructor");
const { value, object } = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, -0, 1, "", "x"),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(name, tie("value"), { maxKeys: 5 }),
}));

/** The object after the changes. */
function apply(before: JsonObject, changes: readonly Change[]): Json {
  const after = structuredClone(before);
  for (const { path, to } of changes) {
    const names = pointerNames(path);
    const last = names.pop()!;
    let parent = after;
    for (const step of names) parent = parent[step] as JsonObject;
    if (to === undefined) delete parent[last];
    else parent[last] = to;
  }
  return after;
}

describe("a diff", () => {
  test("leads from before to after, and its reverse back", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const changes = diff(before, after);
        expect(canonicalize(apply(before, changes))).toBe(canonicalize(after));
        const back = changes.map(
          ({ path, from }): Change => (from === undefined ? { path } : { path, to: from }),
        );
        expect(canonicalize(apply(after, back))).toBe(canonicalize(before));
      }),
      { numRuns: 1_000 },
    );
  });

  test("is empty exactly where the canonical texts are equal", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(diff(before, after).length === 0).toBe(canonicalize(before) === canonicalize(after));
        expect(diff(before, structuredClone(before))).toEqual([]);
      }),
    );
  });

  test("has each path once, in the order of UTF-16 code units", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const paths = diff(before, after).map(({ path }) => path);
        expect(paths).toEqual([...new Set(paths)].sort());
      }),
    );
    expect(diff({ "\ufb33": 1, "\u{1f600}": 1 }, {}).map(({ path }) => path)).toEqual([
      "/\u{1f600}",
      "/\ufb33",
    ]);
  });

  test("goes into objects, takes lists and scalars whole, and keeps null apart from absent", () => {
    const before = { o: { x: 1, y: 2 }, l: [1, 2], n: null, gone: { deep: 1 }, kind: { a: 1 } };
    const after = { o: { x: 1, y: 3 }, l: [1, 3], n: 0, new: null, kind: [1] };
    expect(diff(before, after)).toEqual([
      { path: "/gone", from: { deep: 1 } },
      { path: "/kind", from: { a: 1 }, to: [1] },
      { path: "/l", from: [1, 2], to: [1, 3] },
      { path: "/n", from: null, to: 0 },
      { path: "/new", to: null },
      { path: "/o/y", from: 2, to: 3 },
    ]);
  });

  test("does not take inherited names for members", () => {
    expect(diff({}, { constructor: 1, toString: 2 } as unknown as JsonObject)).toEqual([
      { path: "/constructor", to: 1 },
      { path: "/toString", to: 2 },
    ]);
  });

  test("stops where it finds more changes, or longer paths, than allowed", () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`n${i}`, i]));
    expect(diffWithin(many, {}, { changes: 11, pathBytes: 1_000 })?.length).toBe(11);
    expect(diffWithin(many, {}, { changes: 10, pathBytes: 1_000 })).toBeUndefined();
    // 22 characters and 11 slashes, with one more for n10
    expect(diffWithin(many, {}, { changes: 11, pathBytes: 34 })?.length).toBe(11);
    expect(diffWithin(many, {}, { changes: 11, pathBytes: 33 })).toBeUndefined();
    expect(diffWithin({ éé: 1 }, {}, { changes: 1, pathBytes: 5 })?.length).toBe(1);
    expect(diffWithin({ éé: 1 }, {}, { changes: 1, pathBytes: 4 })).toBeUndefined();
  });
});

describe("two values", () => {
  test("are the same exactly where their canonical texts are", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameJson(a, b)).toBe(canonicalize(a) === canonicalize(b));
        expect(sameJson(a, structuredClone(a))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a pointer", () => {
  test("gives back the names it was made of", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (names) => {
        const pointer = names.reduce((so, next) => pointerTo(so, next), "");
        expect(isPointer(pointer)).toBe(true);
        expect(pointerNames(pointer)).toEqual(names);
      }),
    );
  });

  test.each(["a", "a/b", "/~", "/~2", "/a~", "/~01~", "#/a", " /a"])("%j is none", (text) => {
    expect(isPointer(text)).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ["/a", "/a", true],
    ["/a", "/a/b", true],
    ["/a/b/c", "/a", true],
    ["", "/a", true],
    ["", "", true],
    ["/a", "/ab", false],
    ["/a", "/a~1b", false],
    ["/a/b", "/a/c", false],
    ["/", "/a", false],
    ["/", "//a", true],
  ])("%j and %j: one is or holds the other: %s", (a, b, expected) => {
    expect([overlap(a, b), overlap(b, a)]).toEqual([expected, expected]);
  });
});

test("an object is neither null nor a list", () => {
  expect([{}, null, [], "x", 1, undefined].map((one) => isObject(one as Json))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
