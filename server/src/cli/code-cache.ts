/**
 * Loads a server from one file together with the code that V8 compiled from it during the build, because compiling four megabytes takes a
 * fifth of a start's CPU. Node has a cache of its own only from version 22 on. What another version of V8 compiled, or one with other flags, V8
 * refuses: then it compiles the file again.
 */
import { isAscii } from "node:buffer";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** The file's exports. */
type Compiled = typeof import("./compiled.ts");

interface LoadedScript {
  readonly script: Script;
  readonly exports: Compiled;
}

/** The file in the bundle's folder, and what V8 compiled from it. */
export const compiledFile = "server.cjs";
export const cacheFile = "server.cjs.cache";

/** Runs a CommonJS file, with what V8 compiled from it before, if it takes that: `script.cachedDataRejected`. */
export function loadScript(path: string, cachePath?: string): LoadedScript {
  const bytes = readFileSync(path);
  // the bundle is ASCII, of which V8 needs half of the memory
  const source = bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    cachedData: cachePath === undefined ? undefined : compiledBefore(bytes, cachePath),
  });
  const module = { exports: {} as Compiled };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return { script, exports: module.exports };
}

/** Keeps what V8 compiled from a file until now. */
export function keepCompiled(script: Script, path: string, cachePath: string): void {
  const code = script.createCachedData();
  writeFileSync(cachePath, Buffer.concat([code, sumOf(readFileSync(path), code)]));
}

/** What was kept; undefined if it is not there, damaged, or of another file. */
function compiledBefore(file: Buffer, cachePath: string): Buffer | undefined {
  if (!existsSync(cachePath)) return undefined;
  const kept = readFileSync(cachePath);
  const code = kept.subarray(0, -sumBytes);
  return kept.subarray(-sumBytes).equals(sumOf(file, code)) ? code : undefined;
}

const sumBytes = 4;

/** V8 takes damaged code, at which the process ends, and that of any file of the same length. */
function sumOf(file: Buffer, code: Buffer): Buffer {
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32BE(crc32(code, crc32(file)));
  return sum;
}

/** The commands of the bundle that this is a part of, with their compiled code; undefined outside a bundle. */
export function compiledCommands(): Compiled | undefined {
  const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  const path = beside(compiledFile);
  return existsSync(path) ? loadScript(path, beside(cacheFile)).exports : undefined;
}
