/** The headers that go with problems. */
import { DaybookError } from "daybook/internal";
import { expect, test } from "vitest";
import { problemHeaders } from "./problems.ts";

test.each([
  ["overloaded", "1"],
  ["clock-disagrees", "1"],
  ["too-many-requests", "1"],
  ["secret-unreadable", undefined],
  ["internal", undefined],
] as const)("%s says Retry-After %s: only where waiting helps", (code, after) => {
  expect(problemHeaders(new DaybookError(code))["retry-after"]).toBe(after);
});

test("how long is said as it was given", () => {
  expect(problemHeaders(new DaybookError("too-many-requests", { retryAfter: 37 }))["retry-after"]).toBe("37");
});
