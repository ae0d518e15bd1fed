/** The strict reader against its vectors and JSON.parse. */
import { readFileSync } from "node:fs";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import { canonicalize, type Json, readJson } from "./index.ts";

interface ReadCase {
  name: string;
  text?: string;
  base64?: string;
  repeat?: [string, number][];
  outcome: "accepted" | "refused" | "unreadable";
  canonical?: string;
  pointers?: string[];
}

const file = new URL("../../../spec/vectors/json-hostile.json", import.meta.url);
const { cases }: { cases: ReadCase[] } = JSON.parse(readFileSync(file, "utf8"));

/** The bytes of a case. */
function bytesOf(one: ReadCase): Uint8Array {
  if (one.base64 !== undefined) return Buffer.from(one.base64, "base64");
  const text = one.text ?? one.repeat!.map(([part, times]) => part.repeat(times)).join("");
  return new TextEncoder().encode(text);
}

/** The result of reading, in the form of the vectors. */
function outcomeOf(read: () => Json): { outcome: string; canonical?: string; pointers?: string[] } {
  try {
    return { outcome: "accepted", canonical: canonicalize(read()) };
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    if (error.code === "json-unreadable") return { outcome: "unreadable" };
    expect(error.code).toBe("json-refused");
    expect(error.issues.every((issue) => issue.detail !== "" && issue.remedy)).toBe(true);
    return { outcome: "refused", pointers: error.issues.map((issue) => issue.pointer) };
  }
}

describe("the vectors of hostile JSON", () => {
  test.each(cases)("$outcome: $name", (one) => {
    const { outcome, canonical, pointers } = one;
    const expected = {
      outcome,
      ...(canonical === undefined ? {} : { canonical }),
      ...(pointers ? { pointers } : {}),
    };
    expect(outcomeOf(() => readJson(bytesOf(one)))).toEqual(expected);
    if (one.base64 === undefined) {
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(one));
      expect(outcomeOf(() => readJson(text))).toEqual(expected);
    }
  });

  test("names are unique, so that a failure can be found", () => {
    expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
  });
});

/** JSON texts with random white space, escapes and spellings of numbers, and their value. */
const space = fc.constantFrom("", "", "", " ", "\n\t", "\r\n");
const escaped = (text: string): fc.Arbitrary<string> =>
  fc.infiniteStream(fc.boolean()).map((coins) => {
    let out = "";
    for (const unit of text.split("")) {
      const isEscaped = coins.next().value === true;
      out += isEscaped
        ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
        : JSON.stringify(unit).slice(1, -1);
    }
    return `"${out}"`;
  });
const word = fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replaceAll("\0", ""));
const jsonText: fc.Memo<string> = fc.memo((depth) => {
  const leaf = fc.oneof(
    word.chain(escaped),
    fc.maxSafeInteger().map(String),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((n) => JSON.stringify(n)),
    fc.constantFrom("true", "false", "null", "0", "-0", "1.50", "1E2", "12e-1"),
  );
  if (depth <= 1) return leaf;
  const inner = jsonText(depth - 1);
  const members = fc.uniqueArray(fc.tuple(word, inner), { selector: ([name]) => name, maxLength: 6 });
  const list = (open: string, parts: string[], close: string): fc.Arbitrary<string> =>
    space.map((gap) => `${gap}${open}${gap}${parts.join(`${gap},${gap}`)}${gap}${close}${gap}`);
  return fc.oneof(
    leaf,
    fc.array(inner, { maxLength: 5 }).chain((parts) => list("[", parts, "]")),
    members.chain((pairs) => {
      const kept = pairs.filter(([name]) => name !== "__proto__");
      return fc
        .tuple(...kept.map(([name, value]) => escaped(name).map((quoted) => `${quoted} :${value}`)))
        .chain((parts) => list("{", parts, "}"));
    }),
  );
});

/** The canonical text of the result of JSON.parse, with -0 as 0. */
const parsed = (text: string): string => canonicalize(JSON.parse(text));

describe("the strict reader and JSON.parse", () => {
  test("read the same value from whatever the reader accepts", () => {
    fc.assert(
      fc.property(jsonText(4), (text) => {
        expect(canonicalize(readJson(text))).toBe(parsed(text));
        expect(canonicalize(readJson(new TextEncoder().encode(text)))).toBe(parsed(text));
      }),
      { numRuns: 400 },
    );
  });

  test("agree on what is JSON at all, for texts with random damage", () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(),
        cut: fc.nat(3),
        put: fc.constantFrom(
          "",
          ",",
          '"',
          "{",
          "}",
          "[",
          "]",
          ":",
          "\\",
          "0",
          "-",
          ".",
          "e",
          "\u0001",
          "\\u0000",
          "\ud800",
          "__proto__",
          "1e999",
          "\ufeff",
        ),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(jsonText(3), damage, (whole, changes) => {
        let text = whole;
        for (const { at, cut, put } of changes) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + cut);
        }
        const read = outcomeOf(() => readJson(text));
        let readable = true;
        try {
          JSON.parse(text);
        } catch {
          readable = false;
        }
        expect(read.outcome === "unreadable").toBe(!readable);
        if (read.outcome === "accepted") expect(read.canonical).toBe(parsed(text));
      }),
      { numRuns: 1_500 },
    );
  });

  test("never end in anything but a value or a DaybookError, for random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        outcomeOf(() => readJson(bytes));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a value that was read", () => {
  test("has objects without a prototype", () => {
    const value = readJson('{"a":{"b":[{}]}}') as { a: { b: object[] } };
    for (const object of [value, value.a, value.a.b[0]!]) expect(Object.getPrototypeOf(object)).toBeNull();
  });

  test("keeps 0 in place of -0", () => {
    expect(Object.is((readJson("[-0]") as number[])[0], 0)).toBe(true);
  });
});

describe("text given as a string", () => {
  test("is refused where it holds half a surrogate pair, in values and in names", () => {
    expect(outcomeOf(() => readJson('["a","\ud800"]'))).toEqual({ outcome: "refused", pointers: ["/1"] });
    expect(outcomeOf(() => readJson('{"x":{"\udc00":1}}'))).toEqual({ outcome: "refused", pointers: ["/x"] });
    expect(outcomeOf(() => readJson('{"x":{"\udc00":1}}'))).toEqual({ outcome: "refused", pointers: ["/x"] });
  });

  test("may hold one half raw and the other escaped", () => {
    expect(readJson('"\ud83d\\ude00"')).toBe("\u{1f600}");
  });

  test("is unreadable where it starts with a byte order mark", () => {
    expect(outcomeOf(() => readJson("\ufeff{}"))).toEqual({ outcome: "unreadable" });
  });
});

describe("the answer to hostile JSON", () => {
  const refusal = (text: string | Uint8Array): DaybookError => {
    try {
      readJson(text);
    } catch (error) {
      return error as DaybookError;
    }
    throw new Error("it was accepted");
  };

  test("says the line, the column and the place of what is unreadable", () => {
    const error = refusal('{"a":{"x":1},\n "b":{"c":[1,!]}}');
    expect(error.message).toBe(
      "The body is not readable JSON: at line 2, column 14, a JSON value is expected.",
    );
    expect(error.issues[0]!.pointer).toBe("/b/c/1");
  });

  test.each([
    ["// who\n{}", "line 1, column 1, there is a comment", "Leave comments out."],
    ["{/* who */}", "line 1, column 2, there is a comment", "Leave comments out."],
    ["{'a':1}", "column 2, there is a single quote", "double quotes"],
    ["[NaN]", "column 2, there is NaN or Infinity", "null"],
    ["[-Infinity]", "column 2, there is NaN or Infinity", "null"],
    ["[True]", "column 2, there is a keyword from another language", "lower case"],
    ["[None]", "column 2, there is a keyword from another language", "lower case"],
    ["[undefined]", "column 2, there is a keyword from another language", "lower case"],
    ['{"a":1,}', "column 8, there is a comma behind the last item", "Leave the comma out."],
    ["[1, ]", "column 5, there is a comma behind the last item", "Leave the comma out."],
    ["[007]", "column 3, there is a number with a leading zero", "without leading zeros"],
    ["[0x1F]", "column 3, there is a number with a leading zero", "decimal"],
    ["[+1]", "column 2, there is a number in a form", "without +"],
    ["[.5]", "column 2, there is a number in a form", "both sides of the point"],
    ["[5.]", "column 2, there is a number in a form", "both sides of the point"],
    ["{}\n{}", "line 2, column 1, something follows the JSON value", "application/x-ndjson"],
    ["{},{}", "column 3, something follows the JSON value", '{"events":[…]}'],
    ["\u001e{}", "column 1, there is a record separator", "application/x-ndjson"],
    ['{"a":"b', "at the end, the text ends within a string", "Send the complete body"],
    ['{"a":{"b":', "at the end, a JSON value is expected", "Send the complete body"],
    ["", "The body is empty.", "Send JSON in the body."],
    [" \r\n", "The body is empty.", "Send JSON in the body."],
    ["{type:1}", "column 2, there is a name without quotes", "Some shells take them away"],
    ['{"type":NEW_TEAM}', "column 9, there is a word without quotes", "in double quotes"],
    ["{“type”:1}", "column 2, there is a typographic quote", "plain double quote"],
    ['{:type=>"a"}', "column 2, there is =>", "to_json"],
    ['{"type" => "a"}', "column 9, there is =>", "to_json"],
    ["{type=a, actor=b}", "column 2, there is = where JSON has a colon", "a JSON library"],
    ['payload={"a":1}', "column 1, there is a form", "without a name and ="],
    ["%7B%22a%22%3A1%7D", "column 1, the JSON is percent-encoded", "--data-binary"],
    ["{&quot;a&quot;:1}", "column 2, there are escapes of HTML", "without escapes of HTML"],
    ["<!DOCTYPE html>", "column 1, there is markup", "Send JSON"],
    ['{\\"a\\":1}', "column 2, there is a backslash before a quote", "not escaped again"],
    ["{}\0", "column 3, there is a NUL character", "ends strings in C"],
    ['["a\nb"]', "a control character must be escaped", String.raw`as \n`],
    [String.raw`["it\'s"]`, "a backslash must start one of JSON's escapes", String.raw`as \\`],
  ])("names what other languages and formats write: %j", (text, detail, remedy) => {
    const error = refusal(text);
    expect([error.code, error.message]).toEqual(["json-unreadable", expect.stringContaining(detail)]);
    expect(error.remedy).toContain(remedy);
  });

  test.each([
    [
      "ISO-8859-1",
      Buffer.concat([Buffer.from('{"a":\n"\ufffdZo'), Buffer.from([0xeb, 0x22, 0x7d])]),
      "line 2, column 5 has the byte 0xEB",
      "Send UTF-8.",
    ],
    [
      "a character cut in two",
      Buffer.from([0x22, 0xef, 0xbf, 0xbd, 0xc3]),
      "column 3 has the byte 0xC3",
      "Send UTF-8.",
    ],
    ["gzip", gzipSync("{}"), "compressed with gzip", "uncompressed"],
    ["zlib", deflateSync("{}"), "compressed with zlib", "uncompressed"],
    ["zstd", Buffer.from("28b52ffd2002110000", "hex"), "compressed with zstd", "uncompressed"],
    ["UTF-16 without a mark", Buffer.from("{}", "utf16le"), "The body is UTF-16.", "Write UTF-8"],
    ["UTF-32", Buffer.from("fffe00007b0000007d000000", "hex"), "The body is UTF-32.", "Write UTF-8"],
    ["UTF-32, big-endian", Buffer.from("0000feff0000007b", "hex"), "The body is UTF-32.", "Write UTF-8"],
    ["UTF-32 without a mark", Buffer.from("7b0000007d000000", "hex"), "The body is UTF-32.", "Write UTF-8"],
    ["UTF-32, big-endian, without a mark", Buffer.from("0000007b0000007d", "hex"), "UTF-32", "Write UTF-8"],
  ])("names what bytes are that are no UTF-8: %s", (_, bytes, detail, remedy) => {
    const error = refusal(bytes);
    expect([error.code, error.message]).toEqual(["json-unreadable", expect.stringContaining(detail)]);
    expect(error.remedy).toContain(remedy);
  });

  test.each([
    ["[10, 0]", [10, 0]],
    ["[1E3,1.50,0e5,-0.0,2.5e-1]", [1000, 1.5, 0, 0, 0.25]],
    ['["\\/\\u00C9\\uD83D\\uDE00\\u2028"]', ["/É😀\u2028"]],
    ["\r\n\t {} \r\n", {}],
  ])("takes what is JSON, however it is written: %j", (text, value) => {
    expect(JSON.parse(JSON.stringify(readJson(text)))).toEqual(value);
  });

  test("points at the object, not at a sibling's member, before the first name", () => {
    expect(refusal('{"a":{"x":1},"b":{!').issues[0]!.pointer).toBe("/b");
  });

  test("stays small for a body of a million refusals", () => {
    const error = refusal(`[${"1e999,".repeat(1_000_000)}0]`);
    expect(error.issues.length).toBe(50);
    const longName = refusal(`{"${"n".repeat(100_000)}":{"a":1${',"a":1'.repeat(1_000)}}}`);
    expect(longName.issues.length).toBe(1);
  });

  test("takes the depth that the caller allows", () => {
    expect(readJson("[[[]]]", { maxDepth: 3 })).toEqual([[[]]]);
    expect(() => readJson("[[[]]]", { maxDepth: 2 })).toThrow("nested more than 2 levels");
  });
});
