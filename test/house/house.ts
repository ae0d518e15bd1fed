/**
 * The rules for imports, as functions over files: which folder may import which, which folder may use which package, no circles, no long
 * files, no banned names. It runs none of them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Import, importsOf } from "./imports.ts";

/** A source file: its path from the repository root, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** An import between two folders, or from a folder to a package. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly file: string;
  /** What follows `from`, as written. */
  readonly specifier: string;
}

/** Which folders a folder may import, and which packages it may use (`node:` modules are packages too). */
export interface FolderRule {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
}

export const maxLines = 400;
export const bannedNames: readonly string[] = [
  "util",
  "utils",
  "utility",
  "helper",
  "helpers",
  "common",
  "core",
  "shared",
  "manager",
  "misc",
  "tenant",
];

const sourceFolders = ["library/src", "server/src"];

/** Every TypeScript source of both packages, or of other folders; tests included. */
export function readSources(root: string, folders: readonly string[] = sourceFolders): SourceFile[] {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const relative = posix.join(...path.slice(root.length + 1).split(/[\\/]/));
      files.push({ path: relative, text: readFileSync(path, "utf8") });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Tests and their helpers may import more than their folders. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|\/conformance(\/|\.ts$)|\/conformance-[\w-]+\.ts$|\/testing\//.test(path);

/** `library/src/event/json.ts` -> `library/event`; files straight in `src` are folders of their own. */
export function folderOf(path: string): string {
  const [side, , first, ...rest] = path.split("/");
  if (first === undefined) return path;
  if (rest.length === 0) return `${side}/${first.replace(/\.tsx?$/, "")}`;
  // folders of their own: the drivers of the store, the export formats, the features of the pages and of sign-in
  const apart =
    first === "web" ||
    (first === "sign-in" && rest[0] !== "testing") ||
    (first === "store" && rest[0] !== "contract") ||
    (first === "export" && rest[0] === "formats");
  if (side === "server" && apart && rest.length > 1) return `server/${first}/${rest[0]}`;
  return `${side}/${first}`;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] as string);
}

/** The folders of the library behind its addresses that list names of several: by address and name. */
type Behind = ReadonlyMap<string, ReadonlyMap<string, string>>;

const addresses = [
  ["daybook", /^library\/src\/index\.ts$/],
  ["daybook/internal", /^library\/src\/internal\//],
] as const;

function behindAddresses(files: readonly SourceFile[]): Behind {
  const listed = addresses.map(([address, path]) => {
    const names = new Map<string, string>();
    for (const file of files.filter((each) => path.test(each.path))) {
      for (const { specifier, names: all } of importsOf(file)) {
        for (const name of all) names.set(name, folderOf(posix.join(posix.dirname(file.path), specifier)));
      }
    }
    return [address, names] as const;
  });
  return new Map(listed);
}

/** Resolves an import. For addresses that list names of several folders, the folder of each name counts. */
function targetsOf(file: SourceFile, { specifier, names }: Import, behind: Behind): string[] {
  if (specifier.startsWith(".")) return [folderOf(posix.join(posix.dirname(file.path), specifier))];
  const listed = behind.get(specifier);
  const address = specifier === "daybook" ? "library/index" : specifier.replace(/^daybook\//, "library/");
  if (listed)
    return names.length === 0 ? [address] : [...new Set(names.map((name) => listed.get(name) ?? address))];
  return [specifier.startsWith("daybook/") ? address : packageOf(specifier)];
}

/** Every import that leaves its folder, tests left out. */
export function arrowsOf(files: readonly SourceFile[]): Arrow[] {
  const arrows: Arrow[] = [];
  const behind = behindAddresses(files);
  for (const file of files) {
    if (isTest(file.path)) continue;
    const from = folderOf(file.path);
    for (const each of importsOf(file)) {
      for (const to of targetsOf(file, each, behind))
        if (to !== from) arrows.push({ from, to, file: file.path, specifier: each.specifier });
    }
  }
  return arrows;
}

const isFolder = (name: string): boolean => /^(library|server)\//.test(name);

/** The names that an address lists and none of these files imports by it. */
export function deadNamesOf(address: string, files: readonly SourceFile[]): string[] {
  const used = new Set(
    files.flatMap((file) =>
      importsOf(file).flatMap(({ specifier, names }) => (specifier === address ? names : [])),
    ),
  );
  return [...(behindAddresses(files).get(address)?.keys() ?? [])].filter((name) => !used.has(name));
}

/** A circle among the arrows between folders, as the folders in order; undefined where there is none. */
export function circleOf(arrows: readonly Arrow[]): string[] | undefined {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    if (!isFolder(to)) continue;
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const done = new Set<string>();
  const visit = (folder: string, path: string[]): string[] | undefined => {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder];
    if (done.has(folder)) return undefined;
    for (const to of next.get(folder) ?? []) {
      const circle = visit(to, [...path, folder]);
      if (circle) return circle;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of next.keys()) {
    const circle = visit(folder, []);
    if (circle) return circle;
  }
  return undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
}

const declarationPattern =
  /\b(?:const|let|var|function\*?|class|interface|type|namespace)\s+([A-Za-z_$][\w$]*)|^\s*(?:readonly\s+)?([A-Za-z_$][\w$]*)\??\s*:/gm;

function bannedNamesOf(file: SourceFile): string[] {
  const faults: string[] = [];
  const report = (where: string, name: string): void => {
    const banned = wordsOf(name).find((word) => bannedNames.includes(word));
    if (banned) faults.push(`${file.path}: the ${where} '${name}' holds the banned word '${banned}'`);
  };
  for (const part of file.path.split("/")) report("path", part.replace(/\.tsx?$/, ""));
  const code = file.text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
  for (const match of code.matchAll(declarationPattern)) report("name", (match[1] ?? match[2]) as string);
  return faults;
}

/**
 * Files besides an index.ts that are for other folders: the store's contract and what drivers use, and the interface that hosts extend,
 * which must be exported from where it is.
 */
const contracts = /\/store\/(store|named-writes|contract\/[\w-]+)\.ts$|\/catalogue\/custom-event-types\.ts$/;

/** The index.ts of a folder straight in `src`; one further inside is not a front. */
const fronts = /^\w+\/src\/[\w-]+\/index\.ts$/;

function faultsOfArrow(arrow: Arrow, rules: Readonly<Record<string, FolderRule>>): string[] {
  const rule = rules[arrow.from];
  if (!rule) return [`${arrow.file}: the folder '${arrow.from}' has no rule`];
  if (!isFolder(arrow.to)) {
    return rule.packages.includes(arrow.to)
      ? []
      : [`${arrow.file}: '${arrow.from}' may not use the package '${arrow.to}'`];
  }
  const faults: string[] = [];
  if (!rule.folders.includes(arrow.to))
    faults.push(`${arrow.file}: '${arrow.from}' may not import '${arrow.to}'`);
  const door = /^(library|server)\/[\w-]+$/.test(arrow.to) && arrow.specifier.startsWith(".");
  const path = posix.join(posix.dirname(arrow.file), arrow.specifier);
  const front = fronts.test(path) || contracts.test(path);
  const single = /^\w+\/src\/[\w-]+\.tsx?$/.test(path);
  if (door && !front && !single) {
    faults.push(`${arrow.file}: '${arrow.specifier}' goes past the index.ts of '${arrow.to}'`);
  }
  return faults;
}

/** Everything that breaks a rule, one sentence each; empty if the code is fine. */
export function faultsOf(
  files: readonly SourceFile[],
  rules: Readonly<Record<string, FolderRule>>,
): string[] {
  const arrows = arrowsOf(files);
  const faults = arrows.flatMap((arrow) => faultsOfArrow(arrow, rules));
  const circle = circleOf(arrows);
  if (circle) faults.push(`the folders import each other in a circle: ${circle.join(" -> ")}`);
  for (const file of files) {
    const lines = file.text.split("\n").length - 1;
    if (lines > maxLines) faults.push(`${file.path}: ${lines} lines, over ${maxLines}`);
    if (!/^(#!.*\n)?\/(\*\*?|\/)/.test(file.text))
      faults.push(`${file.path}: doesn't open with what it holds`);
    faults.push(...bannedNamesOf(file));
  }
  return [...new Set(faults)];
}

/** The entries of the rules that nothing uses, one sentence each. */
export function unusedRulesOf(
  arrows: readonly Arrow[],
  rules: Readonly<Record<string, FolderRule>>,
): string[] {
  const used = new Set(arrows.map(({ from, to }) => `${from} ${to}`));
  return Object.entries(rules).flatMap(([from, { folders, packages }]) =>
    [...folders, ...packages]
      .filter((to) => !used.has(`${from} ${to}`))
      .map((to) => `'${from}' may import '${to}', and doesn't`),
  );
}

/** The arrows between folders without those that others imply. */
export function withoutImplied(
  arrows: readonly Pick<Arrow, "from" | "to">[],
): readonly (readonly [string, string])[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    if (isFolder(to)) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const leads = (from: string, to: string, seen: Set<string>): boolean => {
    for (const via of next.get(from) ?? []) {
      if (via === to) return true;
      if (!seen.has(via) && leads(via, to, seen.add(via))) return true;
    }
    return false;
  };
  return [...next].flatMap(([from, all]) =>
    [...all]
      .filter((to) => ![...all].some((via) => via !== to && leads(via, to, new Set([via]))))
      .map((to) => [from, to] as const),
  );
}

/** The arrows between folders as a Mermaid picture, the same for the same imports. */
export function pictureOf(arrows: readonly Arrow[]): string {
  const lines = withoutImplied(arrows).map(
    ([from, to]) => `  ${from.replaceAll("/", "_")}["${from}"] --> ${to.replaceAll("/", "_")}["${to}"]`,
  );
  return `flowchart TD\n${lines.sort().join("\n")}\n`;
}
