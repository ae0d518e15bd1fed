/** Marks in plain text: words in brackets, and some letters of other alphabets by name. */
import { expect, test } from "vitest";
import { inBrackets } from "./plain.ts";

const prototypeOf = (letter: string): string => (letter === "\u0430" ? "a" : letter);

test.each([
  ["Acme, Zürich", "Acme, Zürich"],
  [" a\u202eb\r\n", "[space]a[right-to-left override]b[carriage return + line feed]"],
  ["p\u0430y", "p\u0430 (Cyrillic letter)y"],
])("%j is %j", (text, expected) => {
  expect(inBrackets(text, { prototypeOf })).toBe(expected);
});

test("letters are named where it is known what they look like, and not without end", () => {
  expect(inBrackets("p\u0430y")).toBe("p\u0430y");
  expect(inBrackets("x\u0430".repeat(300), { prototypeOf }).length).toBeLessThan(800);
});
