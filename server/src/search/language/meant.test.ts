/** Hints for qualifiers with a name that is nearly right. */
import { expect, test } from "vitest";
import { meantSearch } from "./meant.ts";
import { qualifierNames } from "./search-terms.ts";

test.each([
  ["types:API_SAVED", "type:API_SAVED"],
  ["payments -tpye:API_SAVED x", "payments -type:API_SAVED x"],
  ["Recorded_By:others", "recorded-by:others"],
  ['actors:"Grace Hopper"', 'actor:"Grace Hopper"'],
  ["ips:192.0.2.1", "ip:192.0.2.1"],
  ["since:2026-11-20", "after:2026-11-20"],
  ["outcom:denied", "outcome:denied"],
])("%s: did you mean %s?", (text, search) => {
  expect(meantSearch(text)?.search).toBe(search);
});

test.each([
  "https://example.org",
  "12:30",
  "user:u_17",
  "id:7",
  '"types:x"',
  "types",
  "constructor:x",
  'type:"',
  "",
])("%s is what it is", (text) => {
  expect(meantSearch(text)).toBeUndefined();
});

test("a qualifier is never a hint to another", () => {
  for (const name of qualifierNames) expect(meantSearch(`${name}:x`)).toBeUndefined();
});
