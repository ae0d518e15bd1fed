/** What V8 compiled beforehand is used, and only if it is of the same file. test/restart.test.ts shows that a server's is. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadScript } from "./code-cache.ts";

const folder = mkdtempSync(join(tmpdir(), "daybook-code-cache-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "some.cjs");
const text = 'exports.file = __filename; exports.join = require("node:path").join; exports.of = () => 1;';

test("a file is run with what V8 compiled from it, and without what it compiled from another", () => {
  const cachePath = join(folder, "cache");
  writeFileSync(path, text);
  const first = loadScript(path);
  expect(first.exports).toMatchObject({ file: path, join });
  writeFileSync(cachePath, first.script.createCachedData());
  const again = loadScript(path, cachePath);
  expect([again.script.cachedDataRejected, again.exports]).toMatchObject([false, { file: path, join }]);
  // V8 looks at what it gets only for a text that it has not compiled in this process
  for (const change of ["", "no code"]) {
    writeFileSync(path, `${text}// ${change}`);
    if (change !== "") writeFileSync(cachePath, change);
    const other = loadScript(path, cachePath);
    expect([other.script.cachedDataRejected, other.exports]).toMatchObject([true, { file: path, join }]);
  }
});

test("a file is read as what it is, also the characters of its regular expressions", () => {
  const lettersPath = join(folder, "letters.cjs");
  writeFileSync(lettersPath, 'exports.quoted = (text) => /^[“”🏴]$/u.test(text); exports.text = "é";');
  const { quoted, text: letter } = loadScript(lettersPath).exports as unknown as {
    quoted: (text: string) => boolean;
    text: string;
  };
  expect(["“", "🏴", "â", "x"].map(quoted)).toEqual([true, true, false, false]);
  expect(letter).toBe("é");
});

test("a file is run without what V8 compiled, if that is not there", () => {
  const alone = join(folder, "alone.cjs");
  writeFileSync(alone, text);
  expect(loadScript(alone, join(folder, "none")).exports).toMatchObject({ file: alone, join });
});
