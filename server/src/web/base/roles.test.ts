/** Roles in words. */
import { expect, test } from "vitest";
import { roles } from "./roles.ts";

test("each role says something else, so that a person can choose", () => {
  const sentences = Object.values(roles).map(({ may }) => may);
  expect(new Set(sentences).size).toBe(sentences.length);
});
