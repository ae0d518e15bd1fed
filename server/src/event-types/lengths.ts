/**
 * `maxLength` and `minLength` in code points, as JSON Schema requires. They count only if the length in UTF-16 units doesn't already
 * decide: a string of n units has between n/2 and n code points. Ajv's own keywords always count.
 */
import { _, type Ajv2020, type CodeKeywordDefinition, type KeywordCxt } from "ajv/dist/2020.js";

/** The number of code points of a well-formed string. */
function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) pairs++;
  return text.length - pairs;
}

const isOver = (text: string, limit: number): boolean => codePoints(text) > limit;
const isUnder = (text: string, limit: number): boolean => codePoints(text) < limit;

function keyword(name: "maxLength" | "minLength"): CodeKeywordDefinition {
  return {
    keyword: name,
    type: "string",
    schemaType: "number",
    code(cxt: KeywordCxt): void {
      const { gen, data, schema } = cxt;
      const limit = schema as number;
      const count = gen.scopeValue("func", { ref: name === "maxLength" ? isOver : isUnder });
      cxt.fail(
        name === "maxLength"
          ? _`${data}.length > ${limit} && (${data}.length > ${2 * limit} || ${count}(${data}, ${limit}))`
          : _`${data}.length < ${2 * limit} && (${data}.length < ${limit} || ${count}(${data}, ${limit}))`,
      );
    },
    error: { message: name, params: ({ schema }) => _`{limit: ${schema}}` },
  };
}

/** Replaces Ajv's keywords with these two. */
export function addLengths(ajv: Ajv2020): Ajv2020 {
  for (const name of ["maxLength", "minLength"] as const) ajv.removeKeyword(name).addKeyword(keyword(name));
  return ajv;
}
