/** Folding: notations of the same word become one, whatever its case, marks and letters. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "./fold.ts";

const anyText = fc.string({ unit: fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)) });

test.each([
  ["Ångström", "angstrom"],
  ["ΟΔΟΣ οδος", "οδοσ οδοσ"],
  ["İstanbul ISPARTA ıspanak", "istanbul isparta ispanak"],
  ["ﬁne ２０２６", "fine 2026"],
  ["Łódź łódź", "lodz lodz"],
  ["Ørsted Tromsø Ǿ", "orsted tromso o"],
  ["Đorđe Đà Nẵng", "dorde da nang"],
  ["Straße STRASSE GROẞ", "strasse strasse gross"],
  ["Æsop Ægir ǽ", "aesop aegir ae"],
  ["Œuvre cœur", "oeuvre coeur"],
  ["Þór Reyðarfjörður", "thor reydarfjordur"],
  ["Ħamrun ŋ Ŧ", "hamrun n t"],
])("%j is %j", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

describe("any text", () => {
  test("that is folded stays as it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  test("is the same in lower case, composed and decomposed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text.toLowerCase())).toBe(fold(text));
        expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC")));
      }),
    );
  });
});

/** Unicode's upper case writes this mark below a Greek vowel as a letter after it. */
const iotaBelow = "\u0345";

test("each letter is the same in lower and upper case", () => {
  const different: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const letter = String.fromCodePoint(code);
    if (letter.normalize("NFD").includes(iotaBelow)) continue;
    const [upper, lower] = [letter.toUpperCase(), letter.toLowerCase()];
    if (upper === letter && lower === letter) continue;
    if (fold(upper) !== fold(letter) || fold(lower) !== fold(letter)) different.push(letter);
  }
  expect(different).toEqual([]);
});
