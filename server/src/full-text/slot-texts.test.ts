/** The texts of a slot: those of its value, however it is written. */
import { canonicalize, type Json } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { eachText } from "./slot-texts.ts";

function textsOf(json: string, most = Number.POSITIVE_INFINITY): string[] {
  const texts: string[] = [];
  eachText(json, (text, name) => texts.push(`${name}=${text}`) < most);
  return texts;
}

test.each([
  ['"a reason"', ["=a reason"]],
  ["[]", []],
  ['""', ["="]],
  ["-12.5", ["=-12.5"]],
  ["[1e+21,-0.5,7]", ["=1e+21", "=-0.5", "=7"]],
  ['{"a":{"b":"x","n":42},"c":[true,null,"y",false]}', ["b=x", "n=42", "c=y"]],
  ['{"a":"1,}]","b":":"}', ["a=1,}]", "b=:"]],
  [String.raw`{"a\"b":"say \"hi\"","c":["\\","d\n"]}`, ['a"b=say "hi"', "c=\\", "c=d\n"]],
  ['{"name":"Łódź"}', ["name=Łódź"]],
])("of %s are %j", (json, texts) => {
  expect(textsOf(json)).toEqual(texts);
});

test("end when no more are wanted", () => {
  expect(textsOf('["a","b",3,4]', 1)).toEqual(["=a"]);
  expect(textsOf('["a","b",3,4]', 3)).toEqual(["=a", "=b", "=3"]);
  expect(textsOf(String.raw`["\n","b"]`, 1)).toEqual(["=\n"]);
});

test("of a slot that isn't JSON are an error, or none: they never take for ever", () => {
  expect(() => textsOf('{"a":"b')).toThrow(SyntaxError);
  expect(() => textsOf('{"a":"\\\\')).toThrow(SyntaxError);
  expect(textsOf("not JSON")).toEqual([]);
  expect(textsOf("-")).toEqual(["=-"]);
});

/** The texts and numbers of a value, in no order: canonical JSON sorts names otherwise than objects do. */
function expected(value: Json): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(expected) : [];
}

test("are those of the value, for any value", () => {
  const anyJson = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: "grapheme" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.constantFrom(null, true, false),
      fc.array(tie("value")),
      fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { noNullPrototype: false }),
    ),
  })).value;
  fc.assert(
    fc.property(anyJson, (value) => {
      const texts: string[] = [];
      expect(eachText(canonicalize(value), (text) => texts.push(text) > 0)).toBe(true);
      expect(texts.sort()).toEqual(expected(value).sort());
    }),
  );
});
