/**
 * A copy of the working tree in a folder of its own, to break things in: its files as they are, committed or not, with the
 * installed packages linked, but for Daybook's own, which are the copy's.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Daybook's own packages, by name, with their folders. */
const own: Readonly<Record<string, string>> = {
  daybook: "library",
  "daybook-server": "server",
  "daybook-example-host": "examples/host",
};

/** Copies the working tree to a folder, which must not exist yet. */
export function copyWorkingTree(to: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  for (const path of new Set(listed.split("\0").filter(Boolean))) {
    const from = join(repository, path);
    // deleted, but not committed yet
    if (!existsSync(from)) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(from, join(to, path));
  }
  linkPackages(to);
  // the vectors of others, which lie beside the repository
  const [vectors, beside] = [join(repository, "../shared"), join(to, "../shared")];
  if (existsSync(vectors) && !existsSync(beside)) symlinkSync(vectors, beside);
}

function linkPackages(to: string): void {
  const from = join(repository, "node_modules");
  mkdirSync(join(to, "node_modules"));
  for (const name of readdirSync(from).filter((each) => !/^\.(vite|cache)/.test(each))) {
    const isOwn = lstatSync(join(from, name)).isSymbolicLink();
    if (isOwn && own[name] === undefined) throw new Error(`${name} is a workspace without a folder here.`);
    const target = isOwn ? join(to, own[name] as string) : join(from, name);
    symlinkSync(target, join(to, "node_modules", name));
  }
}

/** Builds both packages in a copy. */
export function build(copy: string): void {
  run(copy, "npm", ["run", "--silent", "build"]);
}

function run(folder: string, command: string, words: readonly string[]): void {
  execFileSync(command, words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}
