/** Looks that hosts ask for: every result is readable, and contains no text of theirs. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Colour, colourOf, contrast } from "../kit/colours.ts";
import { readLook, rereadLook, writeLook } from "./look.ts";
import { cssOf, own, schemeOf, tokensOf } from "./look-css.ts";

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, "0"));
const wanted = fc.record({
  theme: fc.constantFrom("auto", "light", "dark"),
  accent: fc.option(hex, { nil: undefined }),
  background: fc.option(hex, { nil: undefined }),
  text: fc.option(hex, { nil: undefined }),
  size: fc.constantFrom(undefined, "16"),
  zone: fc.constantFrom(undefined, "Europe/London", "UTC"),
});

test("in whatever colours, texts and links stand out from everything below them", () => {
  fc.assert(
    fc.property(wanted, fc.constantFrom("light", "dark"), (wantedLook, scheme) => {
      const look = readLook(wantedLook);
      const usual = Object.fromEntries(
        Object.entries(own[scheme as "light"]).map(([name, value]) => [name, colourOf(value) as Colour]),
      );
      const all: Record<string, Colour> = { ...usual, ...tokensOf(scheme as "light", look) };
      const grounds = [
        "paper",
        "surface",
        "raised",
        "sunken",
        ...(all["accent-soft"] ? ["accent-soft"] : []),
      ];
      for (const ground of grounds)
        for (const token of ["text", "quiet", "accent"])
          expect(contrast(all[token]!, all[ground]!), `${token} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      for (const ground of ["paper", "surface", "raised", "sunken"])
        for (const token of ["good", "bad", "warn"])
          expect(contrast(all[token]!, all[ground]!), `${token} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      if (all["on-accent"])
        for (const token of ["accent", "accent-strong"])
          expect(contrast(all["on-accent"], all[token]!), token).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 1_000 },
  );
});

test("a colour that can be read stays as it was asked for", () => {
  const look = readLook({ accent: "#a80048", background: "fff7ef", theme: "light" });
  expect(tokensOf("light", look)).toMatchObject({ accent: [168, 0, 72], paper: [255, 247, 239] });
});

test("what is kept is read again as it was, and says nothing else", () => {
  fc.assert(
    fc.property(wanted, (wantedLook) => {
      const look = readLook(wantedLook);
      expect(rereadLook(writeLook(look))).toEqual(look);
      expect(cssOf(look)).toMatch(
        /^(html\{font-size:16px\})?(:root\[data-frame\]\{[a-z#0-9:;-]+\})?(@media \(prefers-color-scheme:dark\)\{:root\[data-frame\]\{[a-z#0-9:;-]+\}\})?$/,
      );
    }),
  );
});

test.each([
  { accent: "red" },
  { accent: "#fff;}body{display:none" },
  { background: "url(//x)" },
  { text: "</style><script>" },
  { size: "16px" },
  { size: ["18", "20"] },
  { zone: "Nowhere/<script>" },
  { theme: "pink" },
])("%j is passed over", (wantedLook) => {
  expect(cssOf(readLook(wantedLook as Record<string, unknown>))).toBe("");
  expect(readLook(wantedLook as Record<string, unknown>)).toEqual(readLook({}));
});

test("a dark background makes it dark, unless a theme is named", () => {
  expect(schemeOf(readLook({ background: "101418" }))).toBe("dark");
  expect(schemeOf(readLook({ background: "f4f4f4" }))).toBe("light");
  expect(schemeOf(readLook({ background: "f4f4f4", theme: "dark" }))).toBe("dark");
  expect(schemeOf(readLook({ accent: "a80048" }))).toBe(undefined);
});

test("our own tokens are those of the style sheet", () => {
  const scss = readFileSync(new URL("../kit/styles/_settings.scss", import.meta.url), "utf8");
  for (const [scheme, tokens] of Object.entries(own)) {
    const map = new RegExp(`^\\$${scheme}: \\(([\\s\\S]*?)^\\);`, "m").exec(scss)?.[1] ?? "";
    for (const [name, value] of Object.entries(tokens)) {
      const found = new RegExp(`^\\s*${name}: (#\\w+),`, "m").exec(map)?.[1] ?? "";
      expect(found.length === 4 ? found.replace(/\w/g, "$&$&") : found, `${scheme} ${name}`).toBe(value);
    }
  }
});
