/** Every component has examples, and each renders valid markup. */
import { existsSync, readdirSync } from "node:fs";
import type { VNode } from "preact";
import { renderToString as preacts } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { examples } from "./examples.ts";

const each = examples.flatMap(({ component, examples: shown }) =>
  shown.map((example) => ({ ...example, what: `${component}, ${example.name}` })),
);
const valuesOf = (html: string, attribute: string): string[] =>
  [...html.matchAll(new RegExp(`<[^>]* ${attribute}="([^"]*)"`, "g"))].map(([, value = ""]) => value);
const twice = (values: readonly string[]): string[] =>
  values.filter((value, at) => values.indexOf(value) !== at);
const html = (shown: VNode): string => renderToString(shown);

test("every component has some, and each of them a name of its own", () => {
  const here = new URL("../kit/components/", import.meta.url);
  const folders = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/${entry.name}.tsx`, here)))
    .map(({ name }) => name);
  expect(folders.length).toBeGreaterThan(30);
  expect(examples.map(({ component }) => component.toLowerCase().replaceAll(" ", "-")).sort()).toEqual(
    [...folders, "activity-filter", "event-card"].sort(),
  );
  expect(twice(each.map(({ what }) => what))).toEqual([]);
});

describe.each(each)("$what", ({ shown, isDocument = false }) => {
  test("renders to something, a whole document only where it says so", () => {
    expect(html(shown)).toMatch(isDocument ? /^<html lang="en-GB"/ : /^<(?!html)[a-z]/);
  });

  // each of these examples is HTML that Preact's own renderer can write too: no control characters
  test("is written as Preact's own renderer writes it", () => {
    expect(html(shown)).toBe(preacts(shown));
  });

  test("leads somewhere by each of its links, and ties names and descriptions to what is there", () => {
    const text = html(shown);
    const ids = valuesOf(text, "id");
    expect(twice(ids)).toEqual([]);
    expect(valuesOf(text, "(?:href|action|src)")).not.toContain("");
    expect(text).not.toMatch(/undefined|NaN|\[object /);
    for (const tie of ["for", "aria-labelledby", "aria-describedby", "list"])
      for (const value of valuesOf(text, tie))
        expect(ids, tie).toEqual(expect.arrayContaining(value.split(" ")));
  });
});

test("in the gallery, which has all of them, no id is there twice", () => {
  const all = each.filter(({ isDocument }) => !isDocument).map(({ shown }) => html(shown));
  expect(twice(valuesOf(all.join(""), "id"))).toEqual([]);
});
