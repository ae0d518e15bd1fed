/** Names in mails: in quotation marks, and never with a link of the sender's choice. */
import { expect, test } from "vitest";
import { quoted } from "./quoted.ts";

test.each([
  ["Acme", "“Acme”"],
  ["  Acme Inc. (U.K.) ", "“Acme Inc. (U.K.)”"],
  ["T. J. Łukasz", "“T. J. Łukasz”"],
  ["Mozilla/5.0 (X11; rv:142.0) Firefox/142.0", "“Mozilla/5.0 (X11; rv:142.0) Firefox/142.0”"],
  // characters that would end the quote, change its direction or break its line; text that looks like another name
  ["Acme” on Daybook. “Sign in again", "“Acme' on Daybook. 'Sign in again”"],
  ["Ac\u202eme\u200b\r\n", "“Ac[right-to-left override]me[zero-width space]”"],
  ["\u0410cme", "“\u0410 (Cyrillic letter)cme”"],
  ["é".repeat(81), `“${"é".repeat(80)}…”`],
  ["😀".repeat(80), `“${"😀".repeat(80)}”`],
])("%j is %j", (words, expected) => {
  expect(quoted(words)).toBe(expected);
});

test.each([
  "https://evil.example/sign-in",
  "Acme: confirm at evil.example",
  "Acme evil.ex\u200bample",
  "write to help@evil",
  "WWW.EVIL.EXAMPLE",
  "пример.рф",
  "evil。example",
  "evil.xn--p1ai",
  "hxxp://evil",
  "",
  "\u200b",
])("%j isn't shown", (words) => {
  expect(quoted(words)).toBeUndefined();
});
