/** The rows of a card: what would break in the middle of a word takes the whole width. */
import type { Json } from "daybook/internal";
import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { EventRows } from "./event-card.tsx";

const isWide = (value: Json): boolean =>
  renderToString(<EventRows rows={[{ label: "Keys", value }]} reason={undefined} zone="UTC" />).includes(
    "db-event__wide",
  );

test("a long text without spaces, such as a key, takes the whole width, also in a list", () => {
  const key = "log.example.org/o/aaaqeayeaudaocajbifqydiob4+40dcd692+ARl";
  expect(isWide(key)).toBe(true);
  expect(isWide(["short", key])).toBe(true);
  expect(isWide("A text of many short words that can break between them")).toBe(false);
  expect(isWide([1, null, { key }])).toBe(false);
});
