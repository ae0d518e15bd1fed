/** Splitting a text into words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WordAt } from "../store/contract/full-text.ts";
import { fold } from "./fold.ts";
import { addWords, chunksOf, longestWord } from "./text.ts";

const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
const wordsOf = (text: string): string[] =>
  chunksOf(text)
    .flat()
    .map(({ word }) => word);

describe("words", () => {
  test.each([
    ["Register sandbox", ["register", "sandbox"]],
    ["client_9", ["client.9", "9"]],
    ["dbk-prod.eu", ["dbk.prod.eu", "prod.eu", "eu"]],
    ["/apis/acme/service-1", ["apis.acme.service.1", "acme.service.1", "service.1", "1"]],
    ["anne.wilson@example.org", ["anne.wilson.example.org", "wilson.example.org", "example.org", "org"]],
    ["API_CLIENT_UPDATED", ["api.client.updated", "client.updated", "updated"]],
    ["Done. Next, please", ["done", "next", "please"]],
    ["Ångström, ANGSTRÖM", ["angstrom", "angstrom"]],
    ["ΟΔΟΣ οδος", ["οδοσ", "οδοσ"]],
    ["İstanbul", ["istanbul"]],
    ["ﬁne ２０２６", ["fine", "2026"]],
    ["Łódź-Øst’s straße_5", ["lodz.ost.s", "ost.s", "s", "strasse.5", "5"]],
    ["a--b a---b a----b", ["a.b", "b", "a.b", "b", "a", "b"]],
    ["東京 都", ["東京", "京", "都"]],
    ["a\0b", ["a", "b"]],
    ["\u202eabc\u202c", ["abc"]],
    ["😀 - :* \\ ' \"", []],
  ])("of %j are %j", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test("stand one after the other", () => {
    expect(chunksOf("a b-c d", 5)).toEqual([
      [{ word: "a", at: 5 }],
      [
        { word: "b.c", at: 6 },
        { word: "c", at: 7 },
      ],
      [{ word: "d", at: 8 }],
    ]);
  });

  test("are added after others, with a place free between two texts", () => {
    const words: WordAt[] = [{ word: "before", at: 1 }];
    expect(addWords(words, "Straße a-b", 3)).toBe(6);
    expect(addWords(words, "Road a-b", 7)).toBe(10);
    expect(words.map(({ word, at }) => `${at} ${word}`)).toEqual([
      "1 before",
      "3 strasse",
      "4 a.b",
      "5 b",
      "7 road",
      "8 a.b",
      "9 b",
    ]);
  });

  test("of a text in ASCII are those of the same text beside another letter", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."aZ09._-/:@+'#~&=%?\\ (*\n"), maxLength: 120 });
    fc.assert(
      fc.property(plain, (text) => {
        expect(wordsOf(`${text} я`)).toEqual([...wordsOf(text), "я"]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("of any text are letters, digits and full stops, and not long", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        const strange = chunksOf(text)
          .flat()
          .filter(
            ({ word, at }, index) =>
              !/^[\p{L}\p{N}][\p{L}\p{N}.]*$/u.test(word) || word.length > longestWord || at !== index + 1,
          );
        expect(strange).toEqual([]);
      }),
    );
  });

  test("of a folded text are those of the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(wordsOf(fold(text))).toEqual(wordsOf(text));
        expect(wordsOf(text.normalize("NFD"))).toEqual(wordsOf(text.normalize("NFC")));
      }),
    );
  });
});
