/** A change as readers see it: both sides differ if the values do, and nothing in them is invisible. */
import type { CardRow } from "daybook/catalogue";
import type { Change as EventChange, Json } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alike, differing } from "../../../../library/src/shown/testing/values.ts";
import { renderToString } from "../kit/html/render.ts";
import { Change } from "./change.tsx";

type Side = Json | undefined;
interface How {
  readonly format?: CardRow["format"];
  readonly whole?: boolean;
}

const changeOf = (from: Side, to: Side): EventChange => ({
  path: "/x",
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const htmlOf = (change: EventChange, { format, whole = false }: How = {}): string =>
  renderToString(<Change change={change} format={format} zone="UTC" whole={whole} />);

/** The text that a reader sees: marks in guillemets, signs of lines, and blanks as one. */
const seenIn = (html: string): string =>
  html
    .replaceAll(/<span class="[^"]*govuk-visually-hidden">[^<]*<\/span>/g, "")
    .replaceAll(/<span class="db-unseen__word"[^>]*>([^<]*)<\/span>/g, "«$1»")
    .replaceAll(/<bdi class="db-unseen__text">[^<]*<\/bdi>/g, "")
    .replaceAll(/<span class="db-cut"[^>]*>…<\/span>/g, "«cut»")
    .replaceAll(/<(?:div|p)[^>]*class="db-remark[\s\S]*$/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/[ \n\t\u3000]+/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();

/** The visible text of each side; undefined if it is a line diff or a list. */
function sidesOf(html: string): readonly [string, string] | undefined {
  const parts = html.split(/<span class="db-change__word">(?:Was|Now)<\/span>/);
  return parts.length === 3 ? [seenIn(parts[1] ?? ""), seenIn(parts[2] ?? "")] : undefined;
}

const expectApart = (from: Side, to: Side, how: How): void => {
  const html = htmlOf(changeOf(from, to), how);
  const sides = sidesOf(html);
  if (sides === undefined) expect(html).toMatch(/Removed:|Added:/);
  else expect(sides[0]).not.toBe(sides[1]);
};

const formats: readonly CardRow["format"][] = [
  "text",
  "word",
  "date",
  "time",
  "code",
  "list",
  "yes-no",
  "number",
];
const ways: readonly How[] = [
  ...[true, false].map((whole) => ({ whole })),
  ...formats.flatMap((format) =>
    format === undefined
      ? []
      : [
          { format, whole: false },
          { format, whole: true },
        ],
  ),
];

describe("sides that differ never look the same, as a row and whole, whatever the format:", () => {
  test.each(alike)("%j and %j", (from, to) => {
    for (const how of ways) {
      expectApart(from, to, how);
      expectApart(to, from, how);
    }
  });

  test("any two", () => {
    fc.assert(
      fc.property(differing, fc.constantFrom(...ways), ([from, to], how) => expectApart(from, to, how)),
      { numRuns: 3_000 },
    );
  });
});

describe("both are shown as JSON, and that is said, where both would read the same:", () => {
  test.each<[Side, Side, string, string]>([
    ["2", 2, '"2"', "2"],
    [null, "", "null", '""'],
    [[], null, "[]", "null"],
    [undefined, null, "Absent", "null"],
    ["Yes", true, '"Yes"', "true"],
    ["Not entered", undefined, '"Not entered"', "Absent"],
    ["a, b", ["a", "b"], '"a, b"', '["a","b"]'],
  ])("%j and %j", (from, to, was, now) => {
    const html = htmlOf(changeOf(from, to));
    expect(sidesOf(html)).toEqual([was, now]);
    expect(html).toContain("Shown as JSON, because both values would look the same.");
  });

  test("and nothing else is", () => {
    const html = htmlOf(changeOf("DESIGNER", "OWNER"), { format: "word" });
    expect(sidesOf(html)).toEqual(["Designer", "Owner"]);
    expect(html).not.toMatch(/db-remark|<code/);
  });
});

describe("what deceives is marked, and said in words:", () => {
  test.each([
    ["Filing service", "Filing service ", "Filing service«space»", "Ends with a space."],
    ["a b", "a\u00a0b", "a«no-break space»b", "Holds a no-break space (U+00A0)."],
    ["api", "ap\u200bi", "ap«zero-width space»i", "Holds a zero-width space (U+200B)."],
    [
      "a\nb",
      "a\r\nb",
      "a«carriage return + line feed»b",
      "Holds carriage return + line feed (U+000D, U+000A).",
    ],
    [
      "pay",
      "p\u0430y",
      "p\u0430y",
      "Mixed alphabets: the marked \u0430 is Cyrillic (U+0430). It looks like the Latin a.",
    ],
    [
      "\u0441\u043e\u0441\u043e",
      "coco",
      "coco",
      "but c (U+0063) replaces \u0441 (U+0441), and so in 3 more places.",
    ],
    ["\u00e9", "e\u0301", "e\u0301", "but e\u0301 (U+0065 U+0301) replaces \u00e9 (U+00E9)."],
    ["paypal", "paypa\u0049", "paypaI", "but I (U+0049) replaces l (U+006C)."],
    ["user", "us\u202eer", "us«right-to-left override»er", "Holds a right-to-left override (U+202E)."],
    ["admin", "\uff41dmin", "\uff41dmin", "It looks like the Latin a."],
  ])("%j to %j", (from, to, now, remark) => {
    const html = htmlOf(changeOf(from, to));
    expect(sidesOf(html)?.[1]).toBe(now);
    expect(html).toContain(remark);
  });

  test("what is copied is the text: words of marks can't be selected, and the characters are there", () => {
    const html = htmlOf(changeOf("a", "a\u200b b\u202ec "));
    const copied = html
      .replaceAll(/<span class="db-unseen__word"[^>]*>(?:<span[^>]*>[^<]*<\/span>|[^<])*<\/span>/g, "")
      .replaceAll(/<[^>]+>/g, "");
    expect(copied).toContain("a\u200b b\u202ec ");
    // an override ends with its own element
    expect(html).toContain('<bdi class="db-unseen__text">\u202e</bdi>');
  });

  test("a text of nothing but marks is shown in escapes", () => {
    const html = htmlOf(changeOf("a", "a\u200b".repeat(5_000)), { whole: true });
    expect(html).toContain("\\u200b");
    expect(html.length).toBeLessThan(150_000);
  });
});

describe("lists", () => {
  test.each<[Json, Json, string]>([
    [["a", "b"], ["a", "b", "c"], "+ c1 as before"],
    [["a", "b"], ["b"], "− a1 as before"],
    [["a"], [], "− aNow not entered"],
    [["2"], [2], '− "2"+ 2'],
    [["OWNER"], ["EDITOR"], "− Owner+ Editor"],
  ])("%j to %j", (from, to, words) => {
    expect(seenIn(htmlOf(changeOf(from, to), { format: "word" })).replace(/\d+ as/, "1 as")).toBe(words);
  });

  test("whose order alone changed say so, and show both", () => {
    const html = htmlOf(changeOf(["a", "b"], ["b", "a"]));
    expect(sidesOf(html)).toEqual(['["a","b"]', '["b","a"]']);
    expect(html).toContain("Only the order changed.");
    expect(htmlOf(changeOf(["a", "b"], ["b", "a", "c"]))).toContain("The order changed too.");
  });
});

describe("a secret", () => {
  const hidden = (sides: object): string =>
    seenIn(htmlOf({ path: "/x", hidden: true, ...sides } as EventChange));
  test("says which sides there were, and that they differ", () => {
    expect(hidden({ from: "[hidden]", to: "[hidden]" })).toBe("Was [hidden]Now [hidden] a different value");
    expect(hidden({})).toBe("Was [hidden]Now [hidden] a different value");
    expect(hidden({ to: "[hidden]" })).toBe("Was Not enteredNow [hidden]");
    expect(hidden({ from: "[hidden]" })).toBe("Was [hidden]Now Not entered");
  });

  test("looks like no text that somebody typed", () => {
    const typed = htmlOf(changeOf("hidden", "[hidden]"));
    expect(typed).not.toContain("db-hidden");
    expect(htmlOf(changeOf("x", "see [token 1a2b3c4d5e6f]"))).toMatch(
      /<span class="db-placeholder" title="[^"]+">\[token 1a2b3c4d5e6f\]<\/span>/,
    );
    expect(htmlOf(changeOf("x", "see [token 1a2b]"))).not.toContain("db-placeholder");
  });
});

test("lines that look the same and differ are shown in escapes", () => {
  const numbered = Array.from({ length: 10 }, (_, n) => `Line ${n}`).join("\n");
  const html = htmlOf(changeOf(`${numbered}\ncaf\u00e9`, `${numbered}\ncafe\u0301`), { whole: true });
  expect(html).toContain("Removed: ");
  expect(html).toContain("<code>&quot;cafe\\u0301&quot;</code>");
});
