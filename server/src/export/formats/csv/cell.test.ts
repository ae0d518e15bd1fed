/** Cells: RFC 4180 to the byte, and no formula in the safe form. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../../testing/read-csv.ts";
import { cell, mostUnits, safeCell } from "./cell.ts";

const id = "019aab3c-0000-7000-8000-000000000000";

test.each([
  ["plain", "plain"],
  ["", ""],
  [" spaces stay ", " spaces stay "],
  ["it's", "it's"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["old\rmac", '"old\rmac"'],
  ["a;b\tc", "a;b\tc"],
  ["=1+1", "=1+1"],
  ["ünï😀‮", "ünï😀‮"],
])("the cell of %j is %j", (text, expected) => {
  expect(cell(text)).toBe(expected);
});

test("any texts come back from a row of cells as they were", () => {
  const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(",", '"', "\r\n", '""', '",', "'"));
  fc.assert(
    fc.property(fc.array(text, { minLength: 2 }), (texts) => {
      expect(readCsv(`${texts.map(cell).join(",")}\r\n`)).toEqual([texts]);
    }),
  );
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "  =1",
  "\n=1",
  "\u00a0=1",
  "\ufeff=1",
  "\u200b=1",
  "\u0000=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠a",
  "\u22121",
  "\ufe66=1",
  "\ufe63a",
  "\tplain",
  '=HYPERLINK("https://example.org","x")',
])("a spreadsheet gets %j as text", (text) => {
  expect(safeCell(text, id)).toBe(`"'${text.replaceAll('"', '""')}"`);
});

test.each(["Anne Wilson", "{'a':1}", "2026-11-22 11:20:31.000000", "a=b", ""])(
  "a spreadsheet gets %j as it is, quoted",
  (text) => {
    expect(safeCell(text, id)).toBe(`"${text}"`);
  },
);

test("no safe cell starts as a formula does, whatever it holds", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", "=", "+", " -", "\t@"),
      (text, start) => {
        const [[shown = ""] = []] = readCsv(`${safeCell(start + text, id)}\r\n`);
        expect(shown.trimStart()).not.toMatch(/^[=+\-@]/);
      },
    ),
  );
});

describe("a cell that is too long for a spreadsheet", () => {
  const note = ` [cut: too long for a spreadsheet; the whole is in event ${id}]`;
  const shownOf = (text: string): string => readCsv(`${safeCell(text, id)}\r\n`)[0]?.[0] ?? "";

  test("is left as it is at 32,767 UTF-16 code units", () => {
    expect(mostUnits).toBe(32_767);
    const fits = "a".repeat(mostUnits);
    expect(shownOf(fits)).toBe(fits);
  });

  test("is cut to 32,767 with the note that names the event in it", () => {
    expect(shownOf("a".repeat(mostUnits + 1))).toBe("a".repeat(mostUnits - note.length) + note);
  });

  test("is cut to 32,767 with the apostrophe in it", () => {
    const shown = shownOf(`=${"1".repeat(mostUnits - 1)}`);
    expect(shown).toBe(`'=${"1".repeat(mostUnits - note.length - 2)}${note}`);
    expect(shown).toHaveLength(mostUnits);
  });

  test("keeps each quote that doubling makes of one", () => {
    expect(shownOf('"'.repeat(mostUnits))).toBe('"'.repeat(mostUnits));
  });

  test("never holds half of a surrogate pair, wherever the cut falls", () => {
    const part = fc.constantFrom("a", "\u00e9", "\u{1F600}", "\u{1F469}\u200d\u{1F467}", '"', "=");
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), fc.nat(9), (parts, start) => {
        const text = "=".repeat(start) + parts.join("").repeat(mostUnits + 1);
        const shown = shownOf(text);
        expect(shown).not.toMatch(/\p{Cs}/u);
        expect(shown.endsWith(note)).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(mostUnits);
        expect(shown.length).toBeGreaterThanOrEqual(mostUnits - 1);
      }),
      { numRuns: 40 },
    );
  });
});
