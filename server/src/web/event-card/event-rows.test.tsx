/** The rows of a card: what would break in the middle of a word takes the whole width. */
import type { Json } from "daybook/internal";
import { expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { cardFacts, EventRows } from "./event-rows.tsx";

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

test("on a card, only what can change the direction of a text is isolated from the text around it", () => {
  const shown = (label: string, value: Json): string =>
    renderToString(cardFacts({ rows: [{ label, value }], reason: undefined, zone: "UTC" }));
  expect(shown("Name", "Register sandbox")).toContain("<dt>Name</dt><dd>Register sandbox</dd>");
  expect(shown("שם", "رائد")).toContain("<dt><bdi>שם</bdi></dt><dd><bdi>رائد</bdi></dd>");
  expect(shown("Keys", { a: 1 })).toContain("<dd><code>");
  expect(shown("Keys", { a: "رائد" })).toContain('<dd><code dir="auto">');
});
