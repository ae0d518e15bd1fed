/** Line diffs: nothing is lost, and no text takes long. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Lines, linesBetween, stretchesOf } from "./lines.ts";

const without = (kind: Lines["kind"], parts: readonly Lines[]): string =>
  parts
    .filter((part) => part.kind !== kind)
    .flatMap(({ lines }) => lines)
    .join("\n");
/** Lines that are often similar, with all possible content. */
const line = fc.oneof(
  fc.constantFrom("", "a", "b", "a\r", "{", "ש", "<b>", "🧾"),
  fc.string({ unit: "binary" }),
);
const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join("\n"));

const between = (from: string, to: string): ReturnType<typeof linesBetween> =>
  linesBetween(from.split("\n"), to.split("\n"));

describe("the lines between two texts", () => {
  test("rebuild both, folded or not", () => {
    let compared = 0;
    fc.assert(
      fc.property(text, text, (from, to) => {
        const parts = between(from, to);
        if (parts === undefined) return;
        compared++;
        for (const shown of [parts, stretchesOf(parts)]) {
          expect(without("added", shown)).toBe(from);
          expect(without("removed", shown)).toBe(to);
        }
      }),
    );
    expect(compared).toBeGreaterThan(10);
  });

  test("are as few as can be", () => {
    expect(between("a\nb\nc", "a\nx\nc\n")).toEqual([
      { kind: "same", lines: ["a"] },
      { kind: "removed", lines: ["b"] },
      { kind: "added", lines: ["x"] },
      { kind: "same", lines: ["c"] },
      { kind: "added", lines: [""] },
    ]);
  });

  test("are not told where no line with a word in it is the same", () => {
    expect(between("one\n\n}", "two\n\n}")).toBeUndefined();
  });
});

describe("texts that are made to take long", () => {
  const lines = (length: number, of: (n: number) => string): string =>
    Array.from({ length }, (_, n) => of(n)).join("\n");
  /** The same every time. */
  const noise = (seed: number, kinds: number) => (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(97 + (Math.floor(seed / 65_536) % kinds));
  };
  const numbers = lines(5_000, (n) => `${n}`);

  // without limits, the noise alone takes seconds
  test.each<[string, string, string]>([
    ["of more lines than are compared", "\n".repeat(5_000), "a"],
    ["of two letters", lines(5_000, noise(1, 2)), lines(5_000, noise(2, 2))],
    ["of twenty letters", lines(5_000, noise(1, 20)), lines(5_000, noise(2, 20))],
    ["turned round", numbers, lines(5_000, (n) => `${5_000 - n}`)],
    ["with a change in every tenth line", numbers, lines(5_000, (n) => `${n % 10 && n}`)],
  ])("%s are not told by lines", (_name, from, to) => {
    expect(between(from, to)).toBeUndefined();
  });

  test("but with as many changes as people make they are", () => {
    expect(
      between(
        numbers,
        lines(5_000, (n) => `${n % 60 && n}`),
      ),
    ).toHaveLength(250);
  });
});

describe("what is folded", () => {
  const numbered = (length: number): string[] => Array.from({ length }, (_, n) => String(n));
  const shape = (from: readonly string[], to: readonly string[]): unknown =>
    stretchesOf(linesBetween(from, to) ?? []).map(
      ({ kind, lines, isFolded }) => `${lines.length} ${kind}${isFolded ? " folded" : ""}`,
    );

  test("is all but three lines beside each change", () => {
    expect(
      shape([...numbered(20), "x", ...numbered(10), "y"], [...numbered(20), "z", ...numbered(10)]),
    ).toEqual([
      "17 same folded",
      "3 same",
      "1 removed",
      "1 added",
      "3 same",
      "4 same folded",
      "3 same",
      "1 removed",
    ]);
  });

  test("is nothing where it would spare fewer than four lines", () => {
    expect(shape([...numbered(6), "x", ...numbered(9)], [...numbered(6), ...numbered(9)])).toEqual([
      "6 same",
      "1 removed",
      "3 same",
      "6 same folded",
    ]);
  });
});
