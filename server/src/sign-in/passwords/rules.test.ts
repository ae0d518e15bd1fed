/** The rules for addresses, names and passwords. */
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
])("the password %j is refused", async (password, why) => {
  await expect(checkPassword(password, anne)).rejects.toMatchObject({
    code: "request-invalid",
    message: expect.stringContaining(why),
  });
});

test.each([
  "passwordpassword",
  "p@ssw0rdp@ssw0rd",
  "Password123456!",
  "123456789012",
  "abcdefghijklmnop",
  "qwertyuiop12",
  "1q2w3e4r5t6y",
  "iloveyouiloveyou",
  "administrator1",
  "letmein12345678",
  "x".repeat(1024),
  "😀".repeat(12),
  "é".repeat(512),
  "daybookdaybook",
  "Daybook123456",
  "anne.wilson12",
  "wilsonwilson",
  "acmeacmeacme",
  "ＰＡＳＳＷＯＲＤpassword",
  "  password1234  ",
  "pass\u200bword\u200b1234",
])("the password %j is among those that are guessed first", async (password) => {
  await expect(checkPassword(password, anne)).rejects.toMatchObject({
    code: "request-invalid",
    issues: [{ pointer: "/password", detail: expect.stringContaining("harder to guess") }],
  });
});

test("however long it is and whatever it is made of, a password is looked at in little time", async () => {
  await checkPassword("correct horse battery", anne);
  for (const of of ["aB3$", "4@8({[</369&#!1|", "a4@", "1990", "password1"]) {
    const began = process.cpuUsage();
    await checkPassword(of.repeat(1024 / of.length), anne).catch(() => undefined);
    expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
  }
});

test.each([
  "twelve chars",
  "correct horse battery",
  "dkfj3kd02ksl",
  `${"correct horse ".repeat(73)}é`,
  "ﬁve 😀 words",
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

test("no text makes a rule fail otherwise than by refusing", async () => {
  const text = fc.string({ unit: "binary" });
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      for (const check of [
        checkEmail,
        checkPersonName,
        (x: string) => checkPassword(x, { email: other, name: other }),
      ]) {
        try {
          await check(one);
        } catch (error) {
          expect(error).toMatchObject({ code: "request-invalid" });
        }
      }
    }),
  );
});
