/** Reading files and stdin: one document or NDJSON, however the bytes arrive. */
import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type JsonText, jsonTexts } from "./input.ts";

async function read(bytes: Uint8Array, size = 1 << 20): Promise<JsonText[]> {
  const pieces: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += size) pieces.push(Buffer.from(bytes.subarray(i, i + size)));
  const texts: JsonText[] = [];
  for await (const text of jsonTexts(Readable.from(pieces))) texts.push(text);
  return texts;
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test("NDJSON comes out line by line however the bytes are cut; U+2028 ends no line", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.json(), fc.constant('"a\u2028b\u2029c\u0085"')), { minLength: 1 }),
      fc.constantFrom("\n", "\r\n", "\n\n"),
      fc.integer({ min: 1, max: 50 }),
      async (values, end, size) => {
        const texts = await read(bytesOf(values.join(end)), size);
        expect(texts.map(({ text }) => text)).toEqual(values);
      },
    ),
    { numRuns: 50 },
  );
});

test("what doesn't begin with a whole value is one document", async () => {
  const document = JSON.stringify({ a: [1, 2], b: "x" }, null, 2);
  expect(await read(bytesOf(`\n${document}\n`))).toEqual([{ text: document, line: 1 }]);
});

test("a byte order mark is named, at the start and where files were joined", async () => {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const errorOf = async (bytes: Uint8Array): Promise<string> => {
    for (const size of [1, 2, 1 << 20]) {
      const error = await read(bytes, size).catch((caught: Error) => caught);
      expect(error).toMatchObject({
        code: "json-unreadable",
        remedy: "Write UTF-8 without a byte order mark.",
      });
      if (size > 2) return (error as Error).message;
    }
    return "";
  };
  const one = Buffer.from('{"a":1}\n');
  expect(await errorOf(Buffer.concat([mark, one]))).toContain("The file starts with a byte order mark");
  expect(await errorOf(mark)).toContain("The file starts with a byte order mark");
  expect(await errorOf(Buffer.concat([one, mark, one]))).toContain("Line 2 starts with a byte order mark");
  expect(await errorOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("{}", "utf16le")]))).toBe(
    "The file is UTF-16.",
  );
});

test("nothing holds no texts", async () => {
  expect(await read(bytesOf(""))).toEqual([]);
  expect(await read(bytesOf("\n \r\n"))).toEqual([]);
});

test("bytes that are not UTF-8 are refused, not mended, and the line is named", async () => {
  const bytes = Buffer.concat([bytesOf("1\n"), new Uint8Array([0x22, 0xff, 0x22, 0x0a])]);
  await expect(read(bytes)).rejects.toMatchObject({
    code: "json-unreadable",
    message: expect.stringContaining("The file is not UTF-8: line 2, column "),
  });
});
