/** The key by which names and addresses are compared. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { sameNames } from "../testing/sample-people.ts";
import { addressKey, nameKey } from "./name-key.ts";

// letters with special case or composition rules, among all others
const odd = [..."ßẞıİiIſKÅÅΣσςΐΰŉǰẖᾳᾼͅ\u0301\u0307\u0323ﬁǅǆ가각Ꭰꭰа́"];
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...odd) }),
);

test("the key of a key is itself", () => {
  fc.assert(
    fc.property(text, (name) => nameKey(nameKey(name)) === nameKey(name)),
    { numRuns: 2000 },
  );
});

test("composed and decomposed are the same name", () => {
  fc.assert(
    fc.property(text, (name) => {
      expect(nameKey(name.normalize("NFC"))).toBe(nameKey(name));
      expect(nameKey(name.normalize("NFD"))).toBe(nameKey(name));
    }),
    { numRuns: 2000 },
  );
});

// decomposed first: the iota subscript becomes a separate letter, which must come after the other marks
test("upper and lower case are the same name", () => {
  fc.assert(
    fc.property(text, (name) => {
      const decomposed = name.normalize("NFD");
      expect(nameKey(decomposed.toUpperCase())).toBe(nameKey(name));
      expect(nameKey(decomposed.toLowerCase())).toBe(nameKey(name));
    }),
    { numRuns: 2000 },
  );
});

/** Whether each letter is its own in both cases, and composed of nothing. */
const isPlain = (letters: string): boolean =>
  [letters.toLowerCase(), letters.toUpperCase(), letters.normalize("NFD")].every((text) => text === letters);

test("every letter has one key in both cases", () => {
  for (let first = 0; first < 0x110000; first += 256) {
    // the halves of surrogate pairs are no letters
    if (first >= 0xd800 && first < 0xe000) continue;
    const letters = Array.from({ length: 256 }, (_, n) => String.fromCodePoint(first + n));
    // most letters have no case: between line breaks, which compose with nothing, they are looked at together
    const together = letters.join("\n");
    if (isPlain(together)) {
      expect(nameKey(together) === together, `from U+${first.toString(16)}`).toBe(true);
      continue;
    }
    for (const letter of letters) {
      const keys = [letter, letter.toUpperCase(), letter.toLowerCase(), nameKey(letter)].map(nameKey);
      if (new Set(keys).size > 1) expect.fail(`${JSON.stringify(letter)}: ${keys.join(" ")}`);
    }
  }
});

test("pairs that people take for one name are one, and others are not", () => {
  for (const [one, other] of sameNames) expect(nameKey(one), one).toBe(nameKey(other));
  for (const [one, other] of [
    ["Zoe", "Zoë"],
    ["a b", "ab"],
    ["o", "0"],
    ["ö", "oe"],
  ] as const) {
    expect(nameKey(one)).not.toBe(nameKey(other));
  }
});

test("the key of an address's key is itself", () => {
  fc.assert(
    fc.property(text, (address) => addressKey(addressKey(address)) === addressKey(address)),
    { numRuns: 2000 },
  );
});

test("an address is the same in whatever case and composition, and no other's that only looks like it", () => {
  expect(addressKey("Anne@ACME.example")).toBe(addressKey("anne@acme.example"));
  expect(addressKey("zoe\u0308@acme.example")).toBe(addressKey("ZO\u00cb@acme.example"));
  for (const [one, other] of [
    ["mike@acme.example", "m\u0131ke@acme.example"],
    ["anna@strasse.example", "anna@stra\u00dfe.example"],
    ["sam@acme.example", "\u017fam@acme.example"],
    ["fi@acme.example", "\ufb01@acme.example"],
  ] as const)
    expect(addressKey(one)).not.toBe(addressKey(other));
});
