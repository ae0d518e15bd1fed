/**
 * Packs both packages as users get them, into a folder: `node server/pack.js packages`. The server's holds its dependencies, in the versions
 * that the tests ran with: npm ignores the `overrides` of a dependency, and a shrinkwrap unless it comes from npm's own registry. What can't
 * be in it are the programs of PostgreSQL, which differ by platform, and `daybook`; both are named by exact version.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const into = resolve(process.argv[2] ?? join(root, "packages"));

const npm = (args, cwd) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const write = (path, manifest) => writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);

/** Packs the package in `folder`; the path of what was made. */
function pack(folder) {
  const json = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", into], folder);
  const [{ filename, size, unpackedSize }] = JSON.parse(json);
  process.stdout.write(`${join(into, filename)} ${size} B, unpacked ${unpackedSize} B\n`);
  return join(into, filename);
}

/** Where the server's run-time dependencies are, by npm's word. */
function dependencyFolders() {
  const own = ["daybook", "daybook-server"].map((name) => join(root, "node_modules", name));
  const list = npm(
    ["ls", "--workspace", "server", "--omit=dev", "--omit=optional", "--all", "--parseable"],
    root,
  );
  return list
    .split("\n")
    .filter((path) => path.startsWith(join(root, "node_modules") + sep) && !own.includes(path));
}

/** What nobody reads at run time: source maps, TypeScript, and what packages bring for those who work on them. Licences stay. */
const isNeeded = (path) =>
  !/\.map$|\.[cm]?ts$/.test(path) &&
  !/^(tests?|docs|examples?|bench(marks?)?|integration|\.github)$|^(readme|changelog|history)/i.test(path);

/** Copies a dependency without those below it, which are named themselves where they are needed. */
function copy(folder, stage) {
  cpSync(folder, join(stage, relative(root, folder)), {
    recursive: true,
    filter: (path) => basename(path) !== "node_modules" && isNeeded(relative(folder, path)),
  });
}

/** What the root overrides is overridden in the package too, so that npm takes it as it is and doesn't call it invalid. */
function applyOverrides(folders, stage) {
  const { overrides } = read(join(root, "package.json"));
  for (const folder of folders) {
    const path = join(stage, relative(root, folder), "package.json");
    const manifest = read(path);
    const names = Object.keys(overrides).filter((name) => manifest.dependencies?.[name] !== undefined);
    for (const name of names) manifest.dependencies[name] = overrides[name];
    if (names.length > 0) write(path, manifest);
  }
}

/** The server's package with its dependencies in it. */
function packServer() {
  const stage = mkdtempSync(join(tmpdir(), "daybook-pack-"));
  try {
    const bare = pack(join(root, "server"));
    execFileSync("tar", ["xzf", bare, "-C", stage, "--strip-components=1"]);
    const folders = dependencyFolders();
    for (const folder of folders) copy(folder, stage);
    applyOverrides(folders, stage);
    const { devDependencies: _, ...manifest } = read(join(stage, "package.json"));
    const bundleDependencies = Object.keys(manifest.dependencies).filter((name) => name !== "daybook");
    write(join(stage, "package.json"), { ...manifest, bundleDependencies });
    pack(stage);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

mkdirSync(into, { recursive: true });
pack(join(root, "library"));
packServer();
