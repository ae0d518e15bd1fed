/** The relation of paths to marks. */
import { expect, test } from "vitest";
import { isMarked, isMarkedItself, lieOf } from "./marks.ts";

test.each([
  ["/a", "/a", "within"],
  ["/a/b", "/a", "within"],
  ["/a", "/a/b", "around"],
  ["", "/a", "around"],
  ["/ab", "/a", "apart"],
  ["/a", "/ab", "apart"],
  ["/a/0", "/a/-", "within"],
  ["/a/12/b", "/a/-", "within"],
  ["/a/-", "/a/-", "within"],
  ["/a", "/a/-/b", "around"],
  ["/a/7", "/a/-/b", "around"],
  ["/a/7/c", "/a/-/b", "apart"],
  ["/a/01", "/a/-", "apart"],
  ["/a/b", "/a/-", "apart"],
  ["/a/", "/a/-", "apart"],
  ["/a-b/c", "/a-b", "within"],
  ["/-", "/0", "apart"],
] as const)("%j lies to %j: %s", (path, mark, lie) => {
  expect(lieOf(path, mark)).toBe(lie);
  expect(isMarked(path, ["/other", mark])).toBe(lie !== "apart");
});

test("a mark stands for a path itself only where both are as deep", () => {
  expect(isMarkedItself("/a/3/b", ["/a/-/b"])).toBe(true);
  expect(isMarkedItself("/a/b", ["/a/b"])).toBe(true);
  for (const path of ["/a", "/a/3", "/a/3/b/c", "/a/x/b", ""])
    expect(isMarkedItself(path, ["/a/-/b", "/z"])).toBe(false);
});
