/**
 * Builds what browsers load into dist/assets: one style sheet, one script and the mark, each named after its content and
 * compressed beside, and manifest.json, which says which is which. What is there already from the same sources stays.
 * Lists have a second sheet and script, which the first script loads once the page is complete.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const web = join(here, "src/web");
const into = join(here, "dist/assets");
/** Two builds at once don't see each other's halves. */
const beside = `${into}.${process.pid}`;
const manifestPath = join(into, "manifest.json");

const sources = readdirSync(web, { recursive: true, withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() && /\.(scss|svg)$|islands.*\.ts$|time.*\.ts$/.test(join(entry.parentPath, entry.name)),
  )
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();

/** What the assets are made from: the sources, this file, and the versions that it is made with. */
function stampOf() {
  const hash = createHash("sha256");
  for (const path of [...sources, fileURLToPath(import.meta.url), join(here, "package.json")])
    hash.update(`${relative(here, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function isBuilt(stamp) {
  if (!existsSync(manifestPath)) return false;
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  return (
    manifest.stamp === stamp && Object.values(manifest.files).every((file) => existsSync(join(into, file)))
  );
}

async function styles(esbuild, entry) {
  const sass = await import("sass");
  const { css } = sass.compile(join(web, entry), {
    loadPaths: [join(here, "node_modules"), join(here, "../node_modules")],
    importers: [new sass.NodePackageImporter(pathToFileURL(join(here, "package.json")).pathname)],
    style: "compressed",
    quietDeps: true,
  });
  const { code } = await esbuild.transform(css, {
    loader: "css",
    minify: true,
    target: ["chrome109", "firefox115", "safari16"],
  });
  return Buffer.from(code);
}

/** A script with all that it imports, except `others`: what it imports by these names is in files beside it. */
async function script(esbuild, entry, { others = {}, define = {} }) {
  const beside = {
    name: "files beside it",
    setup: (build) =>
      build.onResolve({ filter: /./ }, ({ path }) =>
        path in others ? { path: others[path], external: true } : undefined,
      ),
  };
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(web, entry)],
    bundle: true,
    plugins: [beside],
    define,
    write: false,
    minify: true,
    format: "esm",
    target: ["chrome109", "firefox115", "safari16"],
  });
  return Buffer.from(outputFiles[0].contents);
}

function write(name, content, files) {
  const [stem, extension] = name.split(".");
  const file = `${stem}-${createHash("sha256").update(content).digest("hex").slice(0, 10)}.${extension}`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const brotli = brotliCompressSync(content, { params });
  const gzip = gzipSync(content, { level: 9 });
  for (const [suffix, bytes] of [
    ["", content],
    [".br", brotli],
    [".gz", gzip],
  ])
    writeFileSync(join(beside, file + suffix), bytes);
  files[name] = file;
  return `${name} ${content.length} B, gzip ${gzip.length}, brotli ${brotli.length}`;
}

const stamp = stampOf();
if (!isBuilt(stamp)) {
  const begun = performance.now();
  const esbuild = await import("esbuild");
  const [css, listCss] = await Promise.all(
    ["app/app.scss", "app/list.scss"].map((entry) => styles(esbuild, entry)),
  );
  mkdirSync(beside, { recursive: true });
  const files = {};
  const mark = readFileSync(join(web, "kit/assets/mark.svg"));
  const lines = [
    write("app.css", css, files),
    write("mark.svg", mark, files),
    write("list.css", listCss, files),
  ];
  const define = { LIST_SHEET: JSON.stringify(`./${files["list.css"]}`) };
  lines.push(write("list.js", await script(esbuild, "kit/islands/list/list.ts", { define }), files));
  const others = { "./list/list.ts": `./${files["list.js"]}` };
  lines.push(write("app.js", await script(esbuild, "kit/islands/app.ts", { others }), files));
  writeFileSync(join(beside, "manifest.json"), `${JSON.stringify({ stamp, files }, null, 2)}\n`);
  rmSync(into, { recursive: true, force: true });
  renameSync(beside, into);
  if (process.argv.includes("--sizes"))
    process.stdout.write(`${lines.join("\n")}\n${Math.round(performance.now() - begun)} ms\n`);
}
