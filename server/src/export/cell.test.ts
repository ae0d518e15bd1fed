/** Cells: RFC 4180 to the byte, and no formula in the safe form. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cell, safeCell } from "./cell.ts";
import { readCsv } from "./testing/read-csv.ts";

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
  "\tplain",
  '=HYPERLINK("https://example.org","x")',
])("a spreadsheet gets %j as text", (text) => {
  expect(safeCell(text)).toBe(`"'${text.replaceAll('"', '""')}"`);
});

test.each(["Anne Wilson", "{'a':1}", "2026-11-22 11:20:31.000000", "a=b", ""])(
  "a spreadsheet gets %j as it is, quoted",
  (text) => {
    expect(safeCell(text)).toBe(`"${text}"`);
  },
);

test("no safe cell starts as a formula does, whatever it holds", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("", "=", "+", " -", "\t@"),
      (text, start) => {
        const [[shown = ""] = []] = readCsv(`${safeCell(start + text)}\r\n`);
        expect(shown.trimStart()).not.toMatch(/^[=+\-@]/);
      },
    ),
  );
});
