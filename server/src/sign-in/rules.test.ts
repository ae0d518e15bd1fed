/** What addresses, names and passwords may be. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkEmail, checkPassword, checkPersonName, isEmail } from "./rules.ts";

const anne = { email: "anne.wilson@acme.example", name: "Anne Marie Wilson" };

test.each([
  ["elevenchars", "at least 12 characters"],
  ["ﬁ".repeat(5), "at least 12 characters"],
  ["😀".repeat(11), "at least 12 characters"],
  ["", "at least 12 characters"],
  ["x".repeat(1025), "at most 1024 bytes"],
  ["é".repeat(513), "at most 1024 bytes"],
  ["anne.wilson@acme.example", "neither your email address nor your name"],
  ["ANNE.Wilson@acme.example", "neither your email address nor your name"],
  ["ａｎｎｅ.wilson@acme.example", "neither your email address nor your name"],
  [" anne marie wilson ", "neither your email address nor your name"],
  ["twelve\u0000chars", "without control characters"],
])("the password %j is refused", (password, why) => {
  expect(() => checkPassword(password, anne)).toThrow(
    expect.objectContaining({ code: "request-invalid", message: expect.stringContaining(why) }),
  );
});

test.each([
  "twelve chars",
  "x".repeat(1024),
  "é".repeat(512),
  "😀".repeat(12),
  "ﬁ".repeat(6),
  "пароль из слов",
])("the password %j is taken", (password) => checkPassword(password, anne));

test.each([
  "",
  " ",
  "anne",
  "@acme.example",
  "anne@",
  "anne@acme@example",
  "an ne@acme.example",
  "anne@acme.example\u0000",
  "\ud800@acme.example",
  `${"a".repeat(320)}@x`,
])("the address %j is refused", (email) => {
  expect(() => checkEmail(email)).toThrow(
    expect.objectContaining({ issues: [{ pointer: "/email", detail: expect.any(String) }] }),
  );
  expect(isEmail(email)).toBe(false);
});

test("addresses and names are trimmed, and of any script", () => {
  expect(checkEmail(" Anne@Acme.example\n")).toBe("Anne@Acme.example");
  expect(checkEmail("用户@例子.example")).toBe("用户@例子.example");
  for (const name of ["Ann", "مريم", "Zoë", "李"]) expect(checkPersonName(` ${name} `)).toBe(name);
  for (const name of ["", " ", "a\u0000", "a\nb", "\udc00", "é".repeat(257)])
    expect(() => checkPersonName(name)).toThrow(expect.objectContaining({ code: "request-invalid" }));
});

test("no text makes a rule fail otherwise than by refusing", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (one, other) => {
      for (const check of [
        checkEmail,
        checkPersonName,
        (x: string) => checkPassword(x, { email: other, name: other }),
      ]) {
        try {
          check(one);
        } catch (error) {
          expect(error).toMatchObject({ code: "request-invalid" });
        }
      }
    }),
  );
});
