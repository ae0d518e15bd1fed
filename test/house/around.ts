/**
 * The rules for what is around the product, as functions over files: `test` and `bench` import only allowed folders, through their fronts;
 * and the product imports neither them, nor `examples`, nor test helpers.
 */
import { posix } from "node:path";
import { folderOf, isTest, type SourceFile } from "./house.ts";
import { importsOf } from "./imports.ts";

const around = /^(test|bench|examples)\//;

/** `test/access/fill.ts` -> `test/access`; files straight in `test` are the suite `test`. */
export const suiteOf = (path: string): string => posix.dirname(path).split("/").slice(0, 2).join("/");

/** Where the relative imports of a file lead: paths from the repository root. */
const pathsOf = (file: SourceFile): string[] =>
  importsOf(file).flatMap(({ specifier }) =>
    specifier.startsWith(".") ? [posix.join(posix.dirname(file.path), specifier)] : [],
  );

/** The product must not import test helpers. */
const faultsOfProduct = (file: SourceFile): string[] =>
  pathsOf(file)
    .filter((to) => around.test(to) || isTest(to))
    .map((to) => `${file.path}: the product may not import '${to}', which is for tests`);

/** A folder's front is its index.ts, what it has for tests, and the store's contract; a file straight in `src` is all front. */
const isFront = (path: string): boolean =>
  /\/index\.ts$|\/testing\/|\/store\/(store|contract\/[\w-]+)\.ts$|^(library|server)\/src\/[\w-]+\.ts$/.test(
    path,
  );

function faultsOfSuite(file: SourceFile, allowed: readonly string[] | undefined): string[] {
  const suite = suiteOf(file.path);
  if (!allowed) return [`${file.path}: the folder '${suite}' has no rule`];
  return pathsOf(file).flatMap((to) => {
    const folder = around.test(to) ? suiteOf(to) : folderOf(to);
    if (folder === suite || allowed.includes(to)) return [];
    if (!allowed.includes(folder)) return [`${file.path}: '${suite}' may not import '${folder}'`];
    if (around.test(to) || isFront(to)) return [];
    return [`${file.path}: '${to}' goes past the index.ts of '${folder}'`];
  });
}

/** Everything around the product that breaks a rule, one sentence each. A rule lists folders, and single files with the reason. */
export const faultsAround = (
  files: readonly SourceFile[],
  rules: Readonly<Record<string, readonly string[]>>,
): string[] =>
  files.flatMap((file) => {
    if (around.test(file.path)) return faultsOfSuite(file, rules[suiteOf(file.path)]);
    return isTest(file.path) ? [] : faultsOfProduct(file);
  });

const typePattern = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class) ([A-Za-z_$][\w$]*)/gm;

/** The type names that a package (`library`, `server`, `test`, …) declares more than once, with their files. */
export function typesDeclaredTwice(files: readonly SourceFile[]): string[] {
  const declared = new Map<string, string[]>();
  for (const { path, text } of files) {
    for (const [, name] of text.matchAll(typePattern)) {
      const key = `${path.split("/")[0]}: ${name}`;
      declared.set(key, [...(declared.get(key) ?? []), path]);
    }
  }
  return [...declared]
    .filter(([, paths]) => paths.length > 1)
    .map(([key, paths]) => `${key} (${paths.join(", ")})`);
}
