/** What V8 compiled beforehand is used, and only if it is of the same file. test/restart.test.ts shows that a server's is. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keepCompiled, loadScript } from "./code-cache.ts";

const folder = mkdtempSync(join(tmpdir(), "daybook-code-cache-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "some.cjs");
const text = 'exports.file = __filename; exports.join = require("node:path").join; exports.of = () => 1;';

test("a file is run with what V8 compiled from it, and without what is damaged or of another file of the same length", () => {
  const cachePath = join(folder, "cache");
  writeFileSync(path, text);
  const first = loadScript(path);
  expect(first.exports).toMatchObject({ file: path, join });
  keepCompiled(first.script, path, cachePath);
  const again = loadScript(path, cachePath);
  expect([again.script.cachedDataRejected, again.exports]).toMatchObject([false, { file: path, join }]);
  const kept = readFileSync(cachePath);
  for (const at of [0, 20, kept.length - 40, kept.length - 1]) {
    const damaged = Buffer.from(kept);
    damaged[at]! ^= 1;
    writeFileSync(cachePath, damaged);
    expect(loadScript(path, cachePath).script.cachedDataRejected).toBe(undefined);
  }
  for (const length of [0, 3, 4, kept.length - 1]) {
    writeFileSync(cachePath, kept.subarray(0, length));
    expect(loadScript(path, cachePath).script.cachedDataRejected).toBe(undefined);
  }
  writeFileSync(cachePath, kept);
  writeFileSync(path, text.replace("=> 1", "=> 2"));
  const other = loadScript(path, cachePath);
  const { of } = other.exports as unknown as { of: () => number };
  expect([other.script.cachedDataRejected, of()]).toEqual([undefined, 2]);
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
