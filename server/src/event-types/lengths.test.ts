/** Lengths count code points, exactly as Ajv's own keywords do. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addLengths } from "./lengths.ts";

const ours = addLengths(new Ajv2020());
const theirs = new Ajv2020();
const words = fc.string({ unit: fc.constantFrom("a", "\u0301", "é", "😀", "𝒳"), maxLength: 12 });

test("any text is as long as Ajv's own counting has it", () => {
  for (const keyword of ["maxLength", "minLength"])
    for (let limit = 0; limit <= 12; limit++) {
      const schema = { type: "string", [keyword]: limit };
      const [mine, own] = [ours.compile(schema), theirs.compile(schema)];
      fc.assert(fc.property(words, (text) => mine(text) === own(text)));
    }
});

test("what is too long or too short is told with its limit", () => {
  const validate = ours.compile({ type: "string", minLength: 2, maxLength: 3 });
  for (const [text, keyword, limit] of [
    ["😀", "minLength", 2],
    ["😀😀😀😀", "maxLength", 3],
  ]) {
    expect(validate(text)).toBe(false);
    expect(validate.errors).toMatchObject([{ keyword, params: { limit } }]);
  }
  expect(validate("😀😀😀")).toBe(true);
});
