/** The address to continue with is never another site. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath } from "./own-path.ts";

test.each([
  ["/account", "/account"],
  ["/orgs/acme/activity?type=NEW_TEAM&q=a%20b", "/orgs/acme/activity?type=NEW_TEAM&q=a%20b"],
  ["/a/../account", "/account"],
  ["/account#part", "/account"],
  ["/orgs/v1/activity?next=/v1/", "/orgs/v1/activity?next=/v1/"],
  ["/v12", "/v12"],
  ["/orgs/acme/settings", "/orgs/acme/settings"],
])("%s leads to %s", (text, path) => {
  expect(ownPath(text)).toBe(path);
});

test.each([
  undefined,
  "",
  "account",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\/evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/..//evil.example",
  "/.//evil.example",
  "/%0d%0aset-cookie:x/..//evil.example",
  "/a\r\nset-cookie: x=1",
  `/${"a".repeat(3_000)}`,
  "/v1/organizations/acme/audit-log.csv",
  "/a/../v1/organizations/acme/audit-log.csv",
  "/%76%31/organizations/acme/audit-log.csv",
  "/v%31",
  "/orgs/acme/settings/download?range=90-days",
  "/orgs/acme/settings/%64ownload",
  "/%zz",
])("%j leads to the first page", (text) => {
  expect(ownPath(text)).toBe("/");
});

test("whatever is asked for stays on this site", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    ":",
    "@",
    "a",
    "?",
    "#",
    "%2f",
    "%5c",
    "\t",
    "evil.example",
    "http:",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = ownPath(pieces.join(""));
      expect(path).toMatch(/^\/(?![/\\])/);
      expect(new URL(path, "https://daybook.example").host).toBe("daybook.example");
    }),
  );
});
