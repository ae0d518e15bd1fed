/** Canonical JSON against RFC 8785's own vectors, its appendix B, and another implementation. */
import oracle from "canonicalize";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { needOutsideVectors, outsideFiles, readOutside } from "../../../test/support/outside-vectors.ts";
import { canonicalize, type Json } from "./index.ts";

describe("the vectors of cyberphone/json-canonicalization", () => {
  test("come out to the byte", (context) => {
    needOutsideVectors(context);
    const names = outsideFiles("jcs/input", ".json");
    expect(names.length).toBe(6);
    for (const name of names) {
      const value: Json = JSON.parse(readOutside(`jcs/input/${name}`));
      const hex = readOutside(`jcs/outhex/${name.replace(".json", ".txt")}`).replace(/\s/g, "");
      expect(Buffer.from(canonicalize(value)).toString("hex"), name).toBe(hex);
      expect(canonicalize(value), name).toBe(readOutside(`jcs/output/${name}`));
    }
  });
});

describe("numbers of RFC 8785 appendix B", () => {
  test.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("%s is %s", (hex, text) => {
    expect(canonicalize(Buffer.from(hex, "hex").readDoubleBE())).toBe(text);
  });
});

const anyName = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.nat(200).map(String),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "",
    "\u20ac",
    "\ufb33",
    "\u{1f600}",
    "a",
    "A",
    "\u0080",
  ),
);
const anyJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(null, true, false),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(anyName, tie("value"), { maxKeys: 24, noNullPrototype: false }),
  ),
})).value;

describe("canonical text", () => {
  test("is the same as another implementation's", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalize(value)).toBe(oracle(value));
      }),
      { numRuns: 500 },
    );
  });

  test("reads back as the same value, and is then its own canonical text", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalize(value);
        const back: Json = JSON.parse(text);
        expect(canonicalize(back)).toBe(text);
        expect(JSON.stringify(back).length).toBe(text.length);
      }),
    );
  });

  test("keeps an own member __proto__, and sorts integer-like names as text", () => {
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":{"x":1},"2":0,"10":0}'))).toBe(
      '{"10":0,"2":0,"__proto__":{"x":1},"b":1}',
    );
  });

  test("does not depend on the number of members", () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${i}`);
    const object = Object.fromEntries(names.map((name) => [name, name]));
    const sorted = [...names].sort().map((name) => `"${name}":"${name}"`);
    expect(canonicalize(object)).toBe(`{${sorted.join(",")}}`);
  });

  test("escapes what must be escaped and nothing else, in short strings and long", () => {
    const all = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code));
    for (const text of [...all, all.join(""), `${"x".repeat(100)}\u2028\u{1f600}</script>`]) {
      expect(canonicalize(text)).toBe(JSON.stringify(text));
    }
  });

  test.each<[string, unknown]>([
    ["NaN", [Number.NaN]],
    ["Infinity", { n: Number.POSITIVE_INFINITY }],
    ["undefined", [undefined]],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["half a surrogate pair", "a\ud800"],
    ["half a surrogate pair in a long string", `${"x".repeat(100)}\udc00`],
    ["half a surrogate pair in a name", { "\ud800": 1 }],
  ])("does not exist for %s", (_, value) => {
    expect(() => canonicalize(value as Json)).toThrow(TypeError);
  });
});
