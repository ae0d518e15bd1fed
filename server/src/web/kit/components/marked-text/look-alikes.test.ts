/** Which texts look the same: by their compatibility forms, by confusables, and by their reading direction. */
import { describe, expect, test } from "vitest";
import { differencesOf, lookAlike } from "./look-alikes.ts";
import { alikeRemark } from "./remarks.tsx";

describe("these look the same:", () => {
  test.each([
    ["paypal", "paypaI"],
    ["a-b", "a\u2010b"],
    ["it’s", "it\u02bcs"],
    ["a/b", "a\u2215b"],
    ["a;b", "a\u037eb"],
    ["K", "\u212a"],
    ["foo", "\u017foo"],
    ["in", "i\u0307n"],
    ["é", "e\u0301"],
    ["acme.קוד", "קוד.acme"],
  ])("%s and %s", (one, other) => {
    expect(lookAlike(one, other)).toBe(true);
  });
});

test.each([
  ["paypal", "paypai"],
  ["ב-12 במאי", "ב-21 במאי"],
  ["Anna", "Анна!"],
])("%s and %s don't", (one, other) => {
  expect(lookAlike(one, other)).toBe(false);
});

test("one letter of a very long text is found", () => {
  const long = "A line of a policy.\n".repeat(5_000);
  const [one, other] = [`${long}paypal${long}`, `${long}paypaI${long}`];
  expect(differencesOf(one, other)).toEqual([{ from: "l", to: "I" }]);
  expect(alikeRemark(one, other)).toContain("U+0049");
});
