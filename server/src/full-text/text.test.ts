/** Splitting a text into words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf, fold, longestWord } from "./text.ts";

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
        expect(fold(fold(text))).toBe(fold(text));
        expect(wordsOf(fold(text))).toEqual(wordsOf(text));
        expect(wordsOf(text.normalize("NFD"))).toEqual(wordsOf(text.normalize("NFC")));
      }),
    );
  });
});
