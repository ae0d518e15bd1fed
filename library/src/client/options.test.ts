/** Wrong settings of a client throw immediately, and name the option. */
import { expect, test } from "vitest";
import { settingsOf } from "./options.ts";

const right = { url: "http://127.0.0.1:4400/", token: "dbk_live_x", organization: "acme" };

test("defaults are filled in, and a path of the address is kept", () => {
  expect(settingsOf(right)).toEqual({
    base: "http://127.0.0.1:4400/v1/organizations/acme",
    service: "http://127.0.0.1:4400/v1",
    organization: "acme",
    token: "dbk_live_x",
    timeout: 30_000,
    deadline: 120_000,
    retries: 5,
  });
  expect(settingsOf({ ...right, url: new URL("https://example.org/audit/") }).base).toBe(
    "https://example.org/audit/v1/organizations/acme",
  );
});

test.each([
  ["url", { url: "localhost:4400" }],
  ["url", { url: "" }],
  ["url", { url: "file:///etc/passwd" }],
  ["url", { url: "http://user:pass@host/" }],
  ["url", { url: "http://host/?a=1" }],
  ["token", { token: "" }],
  ["token", { token: "a b" }],
  ["token", { token: "a\r\nx-evil: 1" }],
  ["token", { token: undefined as never }],
  ["organization", { organization: "" }],
  ["organization", { organization: "../other" }],
  ["organization", { organization: "a/b" }],
  ["timeout", { timeout: -1 }],
  ["timeout", { timeout: Number.POSITIVE_INFINITY }],
  ["retries", { retries: 1.5 }],
])("%s: %j is refused", (name, wrong) => {
  expect(() => settingsOf({ ...right, ...wrong })).toThrow(new RegExp(`^${name}: `));
});

test("no options at all are refused, and the remedy is about options", () => {
  for (const none of [undefined, null, "http://127.0.0.1:4400"])
    expect(() => settingsOf(none as never)).toThrow(
      expect.objectContaining({
        code: "config-invalid",
        message: "options: give an object with url, token and organization",
        remedy: "Correct the named option.",
      }),
    );
});

test("an option that is undefined is absent", () => {
  expect(settingsOf({ ...right, timeout: undefined, deadline: undefined, retries: undefined })).toEqual(
    settingsOf(right),
  );
});

test("an address that is none is not repeated: it may hold a password", () => {
  for (const url of ["https://me:hush@host:99999", "//me:hush@host/", "https://me:hu/sh@host/"])
    expect(() => settingsOf({ ...right, url })).toThrow(/^url: give an address such as [^@]*$/);
});
