/** The errors of a form after a refusal: at the field if there is one, else what to do. */
import { DaybookError } from "daybook/internal";
import { expect, test } from "vitest";
import { attempt, RefusedForm } from "./attempt.ts";

const explain = (): undefined => undefined;
const refusedBy = async (error: unknown, asking = {}): Promise<RefusedForm> => {
  const refused = await attempt(() => Promise.reject(error), { explain, ...asking });
  if (!(refused instanceof RefusedForm)) throw new Error("it was not refused");
  return refused;
};

test("what succeeds is the result", async () => {
  expect(await attempt(async () => 7, { explain })).toBe(7);
});

test("each issue is at the field of its pointer", async () => {
  const issues = [
    { pointer: "/name", detail: "Enter a client name." },
    { pointer: "/expiresOn", detail: "Enter a date." },
    { pointer: "/viewer/id", detail: "Enter an id." },
  ];
  const refused = await refusedBy(new DaybookError("request-invalid", { issues }), {
    fields: { "/expiresOn": "expires-day" },
  });
  expect(refused.status).toBe(422);
  expect(refused.errors.map(({ field }) => field)).toEqual(["name", "expires-day", "viewer-id"]);
  expect(refused.of("name")).toBe("Enter a client name.");
  expect(refused.of("other")).toBeUndefined();
});

test.each([
  [
    new DaybookError("sign-in-refused"),
    401,
    "The email address or the password is incorrect. Check both and try again, or ask an operator for a new link.",
  ],
  [new DaybookError("name-taken"), 409, /^.+\. .+\.$/],
  [
    new DaybookError("too-many-requests", { detail: "Too many sign-in attempts failed.", retryAfter: 840 }),
    429,
    "Too many sign-in attempts failed. Try again in 14 minutes.",
  ],
  [new DaybookError("overloaded"), 503, /Try again in a moment\.$/],
] as const)("%s is said in words", async (error, status, words) => {
  const refused = await refusedBy(error, { otherwise: "email" });
  expect(refused.status).toBe(status);
  expect(refused.of("email")).toMatch(words);
});

test.each(["not-authenticated", "cross-site", "internal"] as const)(
  "%s is no matter of a form",
  async (code) => {
    const error = new DaybookError(code);
    await expect(attempt(() => Promise.reject(error), { explain })).rejects.toBe(error);
  },
);

test("a bug stays one", async () => {
  const bug = new TypeError("x is not a function");
  await expect(attempt(() => Promise.reject(bug), { explain })).rejects.toBe(bug);
});
