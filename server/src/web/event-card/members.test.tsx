/** Lists as readers see them: a member that came never looks like the one that went, however both are cut. */
import type { Json } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { Change } from "./change.tsx";

const htmlOf = (from: Json, to: Json, whole: boolean): string =>
  renderToString(<Change change={{ path: "/x", from, to }} zone="UTC" whole={whole} />);

/** The visible part of a mark, without the words for screen readers. */
const seenOf = (html: string, mark: "del" | "ins"): string[] =>
  [...html.matchAll(new RegExp(`<${mark}[^>]*>([\\s\\S]*?)</${mark}>`, "g"))].map(([, inner = ""]) =>
    inner
      .replaceAll(/<span class="govuk-visually-hidden">[^<]*<\/span>/g, "")
      .replaceAll(/<span aria-hidden="true">[^<]*<\/span>/g, "")
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll("&quot;", '"')
      .trim(),
  );

describe.each([false, true])("whole: %s:", (whole) => {
  test("members that differ behind the cut are cut where they differ", () => {
    const long = "a".repeat(500);
    const html = htmlOf([`${long}x`, "b"], [`${long}y`, "b"], whole);
    expect(seenOf(html, "del")[0]).toMatch(/^…a+x$/);
    expect(seenOf(html, "ins")[0]).toMatch(/^…a+y$/);
  });

  test("and so are three of which each is like another", () => {
    const [near, far] = ["a".repeat(300), "a".repeat(900)];
    const html = htmlOf([`${near}b`, `${far}c`], [`${near}d`, `${far}e`], whole);
    const seen = [...seenOf(html, "del"), ...seenOf(html, "ins")];
    expect(new Set(seen).size).toBe(4);
  });
});

test("a member of two lines isn't taken for two members, in a list that is shown line by line", () => {
  const others = Array.from({ length: 14 }, (_, n) => `Other ${n}`);
  const html = htmlOf(["one\ntwo", ...others], ["one", "two", ...others], true);
  expect(seenOf(html, "del")).toEqual(['"one\\ntwo"']);
  expect(seenOf(html, "ins").join()).toMatch(/^"one"\s+"two"$/);
});

test("of two that are the same, the one that went is said", () => {
  const html = htmlOf(["a", "a"], ["a"], false);
  expect(seenOf(html, "del")).toEqual(["a"]);
  expect(html).toContain("1 as before");
});

test("a number that has more digits than are written doesn't read as another", () => {
  for (const [value, words] of [
    [1e-30, "1e-30"],
    [1.23456789012345e-10, "1.23456789012345e-10"],
    [0.1 + 0.2, "0.30000000000000004"],
    [-1234.5, "-1,234.5"],
    [2 ** 53 - 1, "9,007,199,254,740,991"],
  ] as const)
    expect(seenOf(htmlOf("x", value, false), "ins")).toEqual([words]);
});

const numbered = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${word} ${n}`);

test("however many members went, one that came is seen", () => {
  const html = htmlOf(numbered("Old", 14), ["admin"], false);
  expect(seenOf(html, "ins")).toEqual(["admin"]);
  expect(seenOf(html, "del")).toHaveLength(11);
  expect(html).toContain("and 3 more removed");
});

test("the event's own page leaves none out, also of lists that have none in common", () => {
  const html = htmlOf(numbered("Old", 60), numbered("New", 60), true);
  for (const name of [...numbered("Old", 60), ...numbered("New", 60)]) expect(html).toContain(name);
});

test.each([false, true])("two that look alike are said to, cut or whole: %s", (whole) => {
  expect(htmlOf(["paypal"], ["paypaI"], whole)).toMatch(/look like paypal.*U\+006C.*U\+0049/);
  expect(htmlOf(["a/b"], ["a/b", "a∕b"], whole)).toContain("U+2215");
  expect(htmlOf(["ﬁle", "x"], ["file", "x"], whole)).toContain("look like ﬁle, but differ");
  expect(htmlOf(["a", "b"], ["c", "b"], whole)).not.toContain("db-remark");
});
