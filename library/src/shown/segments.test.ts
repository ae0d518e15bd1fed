/** Which parts of a text are marked, and which are not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Marking, segmentsOf, visibleTextOf } from "./segments.ts";
import { differing } from "./testing/values.ts";

/** The text with its marks in brackets, and its odd letters between bars. */
const marked = (text: string, marking?: Marking): string =>
  segmentsOf(text, marking)
    .map(({ text: piece, word, letter }) =>
      word !== undefined ? `[${word}]` : letter === undefined ? piece : `|${piece}|`,
    )
    .join("");

describe("what can't be seen is marked by its name:", () => {
  test.each([
    ["a ", "a[space]"],
    ["  a", "[2 spaces]a"],
    ["a  b", "a[2 spaces]b"],
    ["a\u00a0b", "a[no-break space]b"],
    ["a\u200bb", "a[zero-width space]b"],
    ["a\u200b\u200b\u200bb", "a[zero-width space × 3]b"],
    [
      "a\u200b\u200d\u200b\ufeff\u00adb",
      "a[zero-width space + zero-width joiner + zero-width space + more]b",
    ],
    ["a\tb\r\nc", "a[tab]b[carriage return + line feed]c"],
    ["a\u202eb", "a[right-to-left override]b"],
    ["a\u0007b\u001bc", "a[control character]b[escape]c"],
    ["a\u2003b", "a[blank]b"],
    ["a\u3164b\u2800c", "a[Hangul filler]b[blank pattern]c"],
    ["a\ufe0fb", "a[variation selector]b"],
    ["a\u{e0041}b", "a[invisible character]b"],
    ["a\u034fb", "a[grapheme joiner]b"],
    ["a\ue000b\u{f0000}", "a[private-use character]b[private-use character]"],
    ["a\u0378b", "a[unassigned character]b"],
    ["a\ufffcb", "a[object replacement]b"],
    ["a\u{1d159}b", "a[invisible character]b"],
    [`a${"\u0301".repeat(6)}b`, `a${"\u0301".repeat(4)}[combining mark × 2]b`],
    // each stays unmarked in its context: in a keycap, a flag, a Persian word
    ["admin1\ufe0f", "admin1[variation selector]"],
    ["🏴\u{e0061}\u{e0062}", "🏴[invisible character × 2]"],
    ["🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}", "🏴[invisible character × 5]"],
    ["東\u200d京", "東[zero-width joiner]京"],
    ["ש\u200cל", "ש[zero-width non-joiner]ל"],
    ["a\u0301\u200d\u0301b", "a\u0301[zero-width joiner]\u0301b"],
  ])("%j as %s", (text, words) => {
    expect(marked(text)).toBe(words);
  });
});

describe("nothing is marked in", () => {
  test.each([
    "plain text, as people write it",
    "日本語 😀 é",
    "👩‍👩‍👧‍👦 ☂️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽",
    "می‌خواهم",
    "क्‍ष",
    "葛󠄀",
    // four marks of one letter, and a future emoji
    "ကြွှိုး a\u0301\u0302\u0323\u0308 \u{1faff}",
    "שלום עולם",
    "Daybookの記録 API网关 API를",
    "Παύλος and Анна",
    "API-клиент",
  ])("%s", (text) => {
    expect(marked(text)).toBe(text);
  });
});

describe("letters of another alphabet within a word are marked:", () => {
  const prototypes: Record<string, string> = { а: "a", о: "o", ο: "o", т: "т", с: "c" };
  const prototypeOf = (letter: string): string => prototypes[letter] ?? letter;
  test.each([
    ["p\u0430yments", "p|\u0430|yments"],
    ["B\u03bfb", "B|\u03bf|b"],
    ["ма\u0061ма", "ма|a|ма"],
    ["\uff41dmin", "|\uff41|dmin"],
    ["\u{1d41a}dmin", "|\u{1d41a}|dmin"],
    // a word entirely in such letters, beside Latin ones; if one letter looks like no other, it is another language
    ["\u0430\u0441\u043e Ltd", "|\u0430||\u0441||\u043e| Ltd"],
    ["\u0430\u0441\u043e", "\u0430\u0441\u043e"],
    ["там \u0441 Acme", "там \u0441 Acme"],
    // a letter that looks like none of the others deceives nobody
    ["5μm т1x", "5μm т1x"],
  ])("%s", (text, words) => {
    expect(marked(text, { prototypeOf })).toBe(words);
  });

  test("without knowing what letters look like, all of them", () => {
    expect(marked("5μm")).toBe("5|μ|m");
  });
});

test("where lines are kept, their ends and beginnings are no marks, and what trails is one", () => {
  expect(marked("a\n  b  c\n\td \r\ne\t", { lines: true })).toBe(
    "a\n  b  c\n\td[space + carriage return]\ne[tab]",
  );
});

test("the pieces are the text, whatever it holds", () => {
  fc.assert(
    fc.property(differing, fc.boolean(), ([one], lines) => {
      const text = typeof one === "string" ? one : JSON.stringify(one ?? null);
      const pieces = segmentsOf(text, { lines });
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    }),
  );
});

test("texts that are made to take long take none", () => {
  const started = process.cpuUsage();
  for (const text of [
    " ".repeat(65_000),
    `${" ".repeat(65_000)}x`,
    "a ".repeat(32_000),
    "\u200b\u200d".repeat(20_000),
  ])
    for (const lines of [true, false]) visibleTextOf(text, { lines });
  visibleTextOf("a\u0430".repeat(16_000));
  visibleTextOf("\u0301".repeat(32_000));
  // quadratic time would take minutes
  expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
});
