/** The caret stands under the place of an error in a search, whatever is before it. */
import { expect, test } from "vitest";
import { readArguments } from "./options.ts";
import { caretOf, searchOptions } from "./search-options.ts";

test.each([
  ["a search that begins with a minus", ["-q", "-outcome:success"], "-outcome:success", []],
  ["by its long name", ["--query", "-a", "b"], "-a", ["b"]],
  ["that looks like an option", ["-q", "--json"], "--json", []],
  ["after words", ["a", "-q", "b"], "b", ["a"]],
  ["none, among words after --", ["a", "--", "-q", "-b"], undefined, ["a", "-q", "-b"]],
])("is read: %s", (_, args, query, positionals) => {
  const read = readArguments(args, searchOptions);
  expect([read.values.query, read.positionals]).toEqual([query, positionals]);
});

test("an option without its search is refused", () => {
  expect(() => readArguments(["-q"], searchOptions)).toThrow("argument missing");
  expect(() => readArguments(["-q", "--"], searchOptions)).toThrow("ambiguous");
});

const issue = (start: number, end: number, pointer = "/q"): Parameters<typeof caretOf>[1] => ({
  pointer,
  detail: "It is wrong.",
  place: { start, end },
});

test.each([
  ["sandbox ip:1.2 x", 8, 14, ["  sandbox ip:1.2 x", "          ^^^^^^"]],
  ["é😀 ip:1", 3, 7, ["  é😀 ip:1", "      ^^^^"]],
  ["日本 ip:x", 3, 7, ["  日本 ip:x", "       ^^^^"]],
  ["e\u0301 type:", 3, 8, ["  e\u0301 type:", "    ^^^^^"]],
  ["a type:", 2, 7, ["  a type:", "    ^^^^^"]],
])("%j at %i", (text, start, end, lines) => {
  expect(caretOf(text, issue(start, end))?.split("\n")).toEqual(lines);
});

test("of a long search, what is around the place is shown", () => {
  const text = `${"word ".repeat(40)}ip:x ${"more ".repeat(40)}`;
  const [shown = "", caret = ""] = (caretOf(text, issue(200, 204)) ?? "").split("\n");
  expect(shown.length).toBeLessThan(140);
  expect(shown.slice(caret.indexOf("^"), caret.length)).toBe("ip:x");
});

test("what could control a terminal stands as an escape, and the caret after it", () => {
  const [shown = "", caret = ""] = (caretOf("\u001b[2J ip:x", issue(5, 9)) ?? "").split("\n");
  expect(shown).not.toContain("\u001b");
  expect(shown.slice(caret.indexOf("^"), caret.length)).toBe("ip:x");
});

test("is none without a place in the search", () => {
  expect(caretOf("x", { pointer: "/q", detail: "It is wrong." })).toBeUndefined();
  expect(caretOf("x", issue(0, 1, "/from"))).toBeUndefined();
  expect(caretOf("x", issue(1, 2))).toBeUndefined();
});
