/**
 * Builds the demo's data into dist/demo: the payloads and API definitions of two packages made by others, as they are, in one compressed
 * file (12 MB in 160 KB), so that whoever installs the server doesn't download the packages. What is there already of the same versions stays.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const { resolve } = createRequire(import.meta.url);
const into = fileURLToPath(new URL("dist/demo/", import.meta.url));
const stampPath = join(into, "stamp");

function packageOf(name) {
  const path = resolve(`${name}/package.json`);
  const { version, license, author, repository } = JSON.parse(readFileSync(path, "utf8"));
  return { folder: dirname(path), name, version, license, author, repository };
}

/** The files of a package whose paths match, as they are, in order of their paths. */
function filesOf({ folder, name, version }, pattern) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => pattern.test(path))
    .sort();
  return { name, version, files: paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]) };
}

/** Whose the data is; the licence of both asks that it goes with every copy. */
function noticeOf({ folder, name, version, license, author, repository }) {
  const file = join(folder, "LICENSE.md");
  const text = existsSync(file) ? `\n\n${readFileSync(file, "utf8").trim()}` : "";
  return `## ${name} ${version}\n\nBy ${author}. License: ${license}. Source: ${repository.url ?? repository}.${text}\n`;
}

/** Written beside and renamed: two builds at once don't see each other's halves. */
function write(name, content) {
  const beside = join(into, `${name}.${process.pid}`);
  writeFileSync(beside, content);
  renameSync(beside, join(into, name));
}

const webhooks = packageOf("@octokit/webhooks-examples");
const definitions = packageOf("@readme/oas-examples");
const stamp = createHash("sha256")
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .update(`${webhooks.version} ${definitions.version}`)
  .digest("hex");

if (!existsSync(stampPath) || readFileSync(stampPath, "utf8") !== stamp) {
  const data = Buffer.from(
    JSON.stringify({
      webhooks: filesOf(webhooks, /^(api\.github\.com|ghes-\d+)\/index\.json$/),
      // the steps of its workshop are one API that is saved again and again
      definitions: filesOf(definitions, /^\d\.\d\/json\/(openapi-workshop\/)?[\w-]+\.json$/),
    }),
  );
  // 11 takes 14 seconds for 16 KB less
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  };
  mkdirSync(into, { recursive: true });
  write("data.json.br", brotliCompressSync(data, { params }));
  write("NOTICE.md", `# Whose the demo's data is\n\n${noticeOf(webhooks)}\n${noticeOf(definitions)}`);
  write("stamp", stamp);
}
