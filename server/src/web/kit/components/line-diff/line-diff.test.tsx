/** Different lines never look the same. */

import { expect, test } from "vitest";
import { renderToString } from "../../html/render.ts";
import { LineDiff } from "./line-diff.tsx";

const htmlOf = (from: string, to: string): string =>
  renderToString(
    <LineDiff
      parts={[
        { kind: "same", lines: ["Same"] },
        { kind: "removed", lines: [from] },
        { kind: "added", lines: [to] },
      ]}
    />,
  );

test("where two look alike, it says in what they differ", () => {
  expect(htmlOf("paypal", "paypaI")).toMatch(/look like paypal.*U\+006C.*U\+0049/);
  expect(htmlOf("one", "two")).not.toContain("db-remark");
});

test("what is written in both directions is escaped where only the order of words differs", () => {
  expect(htmlOf("a א", "א a")).toMatch(/a \\u05d0.*\\u05d0 a/s);
  expect(htmlOf("a א", "b א")).toContain("b א");
});
