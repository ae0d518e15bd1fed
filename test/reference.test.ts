/** The check of the API reference's links, which `npm run reference` ends with: it finds each kind of broken link. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("../reference/check-links.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "daybook-reference-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface CheckResult {
  readonly status: number | null;
  readonly broken: readonly string[];
  readonly summary: string;
}

/** Checks a folder of these files. */
function check(files: Readonly<Record<string, string>>): CheckResult {
  const into = mkdtempSync(join(folder, "pages-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(into, name, ".."), { recursive: true });
    writeFileSync(join(into, name), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, into], { encoding: "utf8" });
  return { status, broken: stderr.trim().split("\n").filter(Boolean), summary: stdout.trim() };
}

test("links that lead somewhere pass; those to other sites are not followed", () => {
  const index = `<a id="top" href="#top">Top</a> <a href="api/one.html#a%26b">One</a> <a href="https://example.org/x">Other</a>`;
  const one = `<h2 id="a&amp;b"></h2><a href="../index.html?q=1">Back</a><script src="../main.js"></script>`;
  const found = check({ "index.html": index, "api/one.html": one, "main.js": "" });
  expect(found).toEqual({ status: 0, broken: [], summary: "2 pages, 4 links, 0 broken" });
});

test("a missing page, a missing place and a missing file are named, and the check fails", () => {
  const index = `<a href="gone.html">1</a><a href="#gone">2</a><a href="two.html#gone">3</a><img src="gone.svg">`;
  const { status, broken } = check({ "index.html": index, "two.html": "" });
  expect(status).toBe(1);
  expect(broken).toEqual([
    "index.html: gone.html",
    "index.html: #gone",
    "index.html: two.html#gone",
    "index.html: gone.svg",
  ]);
});

test("a folder without pages fails: nothing was built", () => {
  expect(check({ "main.js": "" }).status).toBe(1);
});
