/** The rules for names, addresses and websites: for every text, and hostile ones by name. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDetail, checkEmail, checkName, checkRole, checkSlug, checkTeamRole } from "./rules.ts";

const refusedAt = (pointer: string, detail?: string) =>
  expect.objectContaining({
    code: "request-invalid",
    issues: [expect.objectContaining({ pointer, ...(detail === undefined ? {} : { detail }) })],
  });
const name = (value: unknown): string => checkName(value, "team name");

test.each(["a", "A-team", "-a", "1a", "a_b", "a".repeat(40), "ab\n", "daybook", "", 7, undefined])(
  "the slug %j is refused",
  (slug) => {
    expect(() => checkSlug(slug)).toThrow(refusedAt("/slug"));
  },
);

describe("a name is refused that is", () => {
  test.each<[string, unknown, string]>([
    ["empty", "", "Enter a team name."],
    ["only spaces", " \u00a0\u2003\n", "Enter a team name."],
    ["only what can't be seen", "\u200b\u200d\ufeff", "Enter a team name."],
    ["no text", 7, "Enter a team name."],
    ["null", null, "Enter a team name."],
    ["absent", undefined, "Enter a team name."],
    ["too long", "x".repeat(201), "Team name must be 200 characters or less."],
    ["too long in bytes", "😀".repeat(129), "Team name must be 512 bytes of UTF-8 or less."],
    ["broken by a line", "a\nb", "Team name must not contain control characters or half surrogate pairs."],
    [
      "broken by U+2028",
      "a\u2028b",
      "Team name must not contain control characters or half surrogate pairs.",
    ],
    ["with a NUL", "a\u0000b", "Team name must not contain control characters or half surrogate pairs."],
    [
      "with a C1 control",
      "a\u0085b",
      "Team name must not contain control characters or half surrogate pairs.",
    ],
    ["half a pair", "a\ud800", "Team name must not contain control characters or half surrogate pairs."],
  ])("%s", (_, value, detail) => {
    expect(() => name(value)).toThrow(refusedAt("/name", detail));
  });
});

test("a name is trimmed, and may have 200 characters of any script", () => {
  for (const each of ["é".repeat(200), "ab", "مؤسسة", "😀".repeat(100), "7", "!"])
    expect(name(` ${each}\n`)).toBe(each);
});

test("whatever is taken as a name has something to see, no control characters, and fits an event", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      let taken: string;
      try {
        taken = name(text);
      } catch {
        return;
      }
      expect(taken).toBe(taken.trim());
      expect(name(taken)).toBe(taken);
      expect([...taken].length).toBeGreaterThan(0);
      expect([...taken].length).toBeLessThanOrEqual(200);
      expect(Buffer.byteLength(taken)).toBeLessThanOrEqual(512);
      expect(taken).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 300 },
  );
});

describe("an email address is refused that", () => {
  test.each<[string, unknown]>([
    ["is empty", " "],
    ["is no text", ["a@b"]],
    ["has no @", "anne.example.org"],
    ["has two", "anne@b@example.org"],
    ["has nothing before it", "@example.org"],
    ["has nothing after it", "anne@"],
    ["has spaces", "anne wilson@example.org"],
    ["has a line break", "anne@example.org\r\nBcc: all@example.org"],
    ["has a control character", "anne\u0000@example.org"],
    ["has what can't be seen", "an\u200bne@example.org"],
    ["has a name around it", "Anne <anne@example.org>"],
    ["is a list", "anne,bob@example.org"],
    ["is quoted", '"anne"@example.org'],
    ["is over 320 bytes", `${"x".repeat(310)}@example.org`],
    ["is over 320 bytes in UTF-8", `${"é".repeat(160)}@example.org`],
  ])("%s", (_, value) => {
    expect(() => checkEmail(value)).toThrow(refusedAt("/email"));
  });
});

test("an email address is trimmed, and taken in any script", () => {
  for (const each of [
    "anne@example.org",
    "a+b@localhost",
    "用户@例子.广告",
    "o'neil@[192.0.2.1]",
    `${"x".repeat(308)}@example.org`,
  ])
    expect(checkEmail(` ${each} `)).toBe(each);
});

describe("a website is refused that is", () => {
  test.each([
    "javascript:alert(1)",
    "JavaScript://example.org/%0aalert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "ftp://example.org",
    "www.example.org",
    "https://",
    "https:///example.org/ x",
    "https://anne:secret@example.org",
    "https://anne@example.org",
    "https://exa mple.org",
    "http://[::1",
    "https://example.org/\u202e",
    `https://example.org/${"x".repeat(500)}`,
  ])("%j", (value) => {
    expect(() => checkDetail.website(value)).toThrow(refusedAt("/website"));
  });
});

test("a website is taken as it is written", () => {
  for (const each of ["https://www.example.org", "http://example.org:8080/a?b#c", "HTTPS://Example.org"])
    expect(checkDetail.website(` ${each} `)).toBe(each);
});

test("details have their sizes, and blank ones are none", () => {
  expect(checkDetail.description("😀".repeat(1_000))).toHaveLength(2_000);
  expect(checkDetail.description("one\r\ntwo\tthree")).toBe("one\ntwo\tthree");
  expect(() => checkDetail.description("x".repeat(1_001))).toThrow(
    refusedAt("/description", "Description must be 1,000 characters or less."),
  );
  expect(() => checkDetail.description("a\u0007")).toThrow(refusedAt("/description"));
  expect(checkDetail.location("Zürich")).toBe("Zürich");
  expect(() => checkDetail.location("x".repeat(201))).toThrow(refusedAt("/location"));
  expect(() => checkDetail.location("a\nb")).toThrow(refusedAt("/location"));
  expect(() => checkDetail.email("nobody")).toThrow(refusedAt("/email"));
  for (const check of Object.values(checkDetail))
    for (const blank of [null, "", " \n "]) expect(check(blank)).toBeNull();
  for (const [name, check] of Object.entries(checkDetail))
    for (const other of [7, undefined, {}, ["x"]]) expect(() => check(other)).toThrow(refusedAt(`/${name}`));
});

test("a role is one of the four, of a team one of three or none", () => {
  expect(checkRole("OWNER")).toBe("OWNER");
  expect(checkTeamRole("AUDITOR")).toBe("AUDITOR");
  expect(checkTeamRole(null)).toBeNull();
  for (const role of ["owner", "ADMIN", "", null, 1, ["OWNER"]])
    expect(() => checkRole(role)).toThrow(refusedAt("/role"));
  for (const role of ["OWNER", "", undefined, "toString"])
    expect(() => checkTeamRole(role)).toThrow(refusedAt("/role"));
});
