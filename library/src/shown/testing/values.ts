/** Values that are easily mistaken for each other, and any two that differ: for tests of code that shows them. */
import fc from "fast-check";
import { type Json, sameJson } from "../../event/index.ts";

type ValueSide = Json | undefined;

/** Pairs that look the same without special care. */
export const alike: readonly (readonly [ValueSide, ValueSide])[] = [
  ["2", 2],
  [null, ""],
  [[], null],
  [undefined, null],
  [undefined, ""],
  [undefined, []],
  ["", []],
  ["Yes", true],
  ["No", false],
  ["true", true],
  ["null", null],
  ["1,200", 1200],
  ["1,200.5", 1200.5],
  [0, 1e-30],
  ["Not entered", null],
  ["Not entered", undefined],
  ["Absent", undefined],
  ["[hidden]", "hidden"],
  ["Owner", "OWNER"],
  ["a, b", ["a", "b"]],
  [["a, b"], ["a", "b"]],
  [["a\nb"], ["a", "b"]],
  [["2"], [2]],
  [["2"], "2"],
  [[null], [""]],
  [[[]], [[""]]],
  ['{"a":1}', { a: 1 }],
  [{ a: "1" }, { a: 1 }],
  ["[]", []],
  ["31 May 2027", "2027-05-31"],
  ["2027-05-31", "2027-05-31T00:00:00Z"],
  ["2027-05-31T10:00:01Z", "2027-05-31T10:00:02Z"],
  ["2027-05-31T10:00:00Z", "2027-05-31T12:00:00+02:00"],
  ["a", "a "],
  ["a", " a"],
  ["a b", "a\u00a0b"],
  ["a b", "a  b"],
  ["a b", "a\tb"],
  ["a b", "a\nb"],
  ["a\nb", "a\r\nb"],
  ["a\n", "a"],
  ["ab", "a\u200bb"],
  ["ab", "a\u00adb"],
  ["a\u200bb", "a\u200cb"],
  ["a\u200b\u200bb", "a\u200bb"],
  ["a\u2003b", "a\u2002b"],
  ["a\\u200bb", "a\u200bb"],
  ["a\\u{200b}b", "a\u200bb"],
  ["a␍", "a\r"],
  ["a[space]", "a "],
  ["user", "u\u202eres"],
  ["é", "e\u0301"],
  ["payments", "p\u0430yments"],
  ["☂", "☂\ufe0f"],
  ["می\u200cخواهم", "میخواهم"],
  // text in both directions: the first letter decides where a text begins
  ["a \u05d0", "\u05d0 a"],
  ["acme.\u05e7\u05d5\u05d3", "\u05e7\u05d5\u05d3.acme"],
  ["https://a.example/\u05d0/1", "https://a.example/1/\u05d0"],
  [{ a: "\u05d0 b" }, { a: "b \u05d0" }],
  [["a \u05d0"], ["\u05d0 a"]],
  // characters without a glyph of their own
  ["a\ue000", "a\ue001"],
  ["a\u0378", "a\u0379"],
  ["a\ufffcb", "ab"],
  [`a${"\u0301".repeat(30)}`, `a${"\u0301".repeat(31)}`],
  ["a".repeat(1000), `${"a".repeat(1000)}b`],
  [`${"a".repeat(500)}x${"a".repeat(500)}`, `${"a".repeat(500)}y${"a".repeat(500)}`],
  ["a".repeat(240), `${"a".repeat(240)}…`],
  [`${"a".repeat(240)}…`, "a".repeat(241)],
  [{ [`${"a".repeat(300)}`]: 1 }, { [`${"a".repeat(300)}`]: 2 }],
];

const piece = fc.constantFrom(
  ...[
    "a",
    "b",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\u00a0",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u0301",
    "\u0430",
    "e",
    "é",
  ],
  ...[
    "2",
    ",",
    ", ",
    '"',
    "\\",
    "{",
    "[",
    "]",
    "…",
    "␍",
    "Not entered",
    "Absent",
    "[hidden]",
    "Yes",
    "null",
    "OWNER",
  ],
  ...[
    "🧾",
    "\ufe0f",
    "👩",
    "\u2028",
    "2027-05-31",
    "<b>",
    "\\u200b",
    "\u0007",
    "\u3000",
    "ה",
    "\ue000",
    "\u0378",
    "Line\n",
    "a".repeat(120),
  ],
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const scalar: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.constantFrom<Json>(null, true, false, 0, 1, 2, 1200.5, 1e-30, "2", "Yes", "OWNER"),
  fc.integer(),
);
const json: fc.Arbitrary<Json> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 5 }),
  fc.dictionary(text, scalar, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

const wordOf = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A value beside a near miss: a character more or less, its JSON, a list of it. */
const near = (value: Json): fc.Arbitrary<ValueSide> =>
  fc.oneof(
    fc.constant<ValueSide>(undefined),
    fc.constant<Json>(JSON.stringify(value)),
    fc.constant<Json>([value]),
    fc.constant<Json>(Array.isArray(value) ? value.map(wordOf).join(", ") : wordOf(value)),
    piece.map((more): Json => `${typeof value === "string" ? value : JSON.stringify(value)}${more}`),
    piece.map((more): Json => `${more}${typeof value === "string" ? value : JSON.stringify(value)}`),
  );

type Two = readonly [ValueSide, ValueSide];
const isSame = (one: ValueSide, other: ValueSide): boolean =>
  one === undefined || other === undefined ? one === other : sameJson(one, other);

/** Any two values that differ, often slightly; one of them can be absent. */
export const differing: fc.Arbitrary<Two> = json
  .chain((value) => fc.tuple(fc.constant<ValueSide>(value), fc.oneof(near(value), json)))
  .chain(([one, other]) => fc.boolean().map((turned): Two => (turned ? [other, one] : [one, other])))
  .filter(([one, other]) => !isSame(one, other));
