/**
 * The public surface of an address of the library, as text: every exported name with its declaration, then what those declarations use
 * without exporting it. It reads the declarations that TypeScript emits, without their comments.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import { API, type Project, SymbolFlags, type Symbol as TypeSymbol } from "typescript/unstable/sync";

const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

/** An address of the library: `daybook/catalogue`. */
export interface LibraryAddress {
  readonly name: string;
  /** Its declarations, below the folder of all declarations: `catalogue/index.d.ts`. */
  readonly declarations: string;
  /** The text of its surface, below the folder of the package: `src/catalogue/api.txt`. */
  readonly text: string;
}

/** The addresses that the package in this folder exports. */
export function addressesOf(library: string): LibraryAddress[] {
  const { name, exports } = JSON.parse(readFileSync(join(library, "package.json"), "utf8")) as {
    name: string;
    exports: Record<string, { types: string }>;
  };
  return Object.entries(exports).map(([path, { types }]) => {
    const declarations = types.replace("./dist/", "");
    return { name: name + path.slice(1), declarations, text: join("src", dirname(declarations), "api.txt") };
  });
}

/** Emits the declarations of the package in the folder `library` into the folder `into`. */
export function emitDeclarations(library: string, into: string): void {
  const flags = ["--emitDeclarationOnly", "--removeComments", "--composite", "false", "--outDir", into];
  execFileSync(process.execPath, [tsc, "-p", library, "--tsBuildInfoFile", "null", ...flags]);
}

/** The surfaces of these addresses by name, read from the declarations in the folder `types`. */
export function surfacesIn(types: string, addresses: readonly LibraryAddress[]): Map<string, string> {
  const config = join(types, "tsconfig.json");
  const compilerOptions = { module: "nodenext", lib: ["es2023", "dom"], types: [], noEmit: true };
  const files = addresses.map(({ declarations }) => declarations);
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: { ...compilerOptions, allowImportingTsExtensions: true }, files }),
  );
  const api = new API({ cwd: types });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config) as Project;
    return new Map(
      addresses.map(({ name, declarations }) => [name, surfaceOf(project, join(types, declarations))]),
    );
  } finally {
    api.close();
  }
}

/** Says that a surface is not the committed one, where they differ first, and the remedy; undefined where they are the same. */
export function changeOf(address: LibraryAddress, surface: string, committed: string): string | undefined {
  if (surface === committed) return undefined;
  const [now, before] = [surface.split("\n"), committed.split("\n")];
  const at = now.findIndex((line, index) => line !== before[index]);
  const lines = at < 0 ? [`- ${before[now.length]}`] : [`- ${before[at] ?? ""}`, `+ ${now[at]}`];
  return `What ${address.name} exports has changed, first at line ${(at < 0 ? now.length : at) + 1}:
${lines.join("\n")}
If you mean that change, run 'npm run docs' and commit library/${address.text}: reviewers see it there.`;
}

/** What the file of declarations exports, and what that uses. */
function surfaceOf(project: Project, file: string): string {
  const { checker, program } = project;
  const module = checker.getSymbolAtLocation(program.getSourceFile(file) as SourceFile) as TypeSymbol;
  const exported = new Map(
    checker.getExportsOfModule(module).map((symbol) => [symbol.name, targetOf(project, symbol)]),
  );
  const used = new Map<string, TypeSymbol>();
  const known = new Set([...exported.values()].map(({ id }) => id));
  const queue = [...exported.values()];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const symbol of usedBy(project, next)) {
      if (known.has(symbol.id)) continue;
      known.add(symbol.id);
      used.set(symbol.name, symbol);
      queue.push(symbol);
    }
  }
  const texts = (symbols: ReadonlyMap<string, TypeSymbol>): string[] =>
    [...symbols]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, symbol]) => `${textOf(project, name, symbol)}\n`);
  const others =
    used.size === 0 ? [] : ["// Used by the names above, and not exported here:\n", ...texts(used)];
  return [...texts(exported), ...others].join("\n");
}

/** What a name stands for: the symbol that is declared, whichever file lists it. */
const targetOf = ({ checker }: Project, symbol: TypeSymbol): TypeSymbol =>
  symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The statements that declare a symbol. */
const statementsOf = (project: Project, { declarations }: TypeSymbol): Node[] =>
  declarations
    .flatMap((handle) => handle.resolve(project) ?? [])
    .map((node) => (node.kind === SyntaxKind.VariableDeclaration ? node.parent.parent : node));

function textOf(project: Project, name: string, symbol: TypeSymbol): string {
  const values = valuesOf(project, symbol);
  if (values) return `type ${name} =${values.map((value) => `\n  | ${JSON.stringify(value)}`).join("")};`;
  const texts = statementsOf(project, symbol).map((node) =>
    node
      .getText()
      .replace(/^(export )?(declare )?/, "")
      .replace(/^ +#private;\n/m, "")
      .replaceAll("    ", "  "),
  );
  return (symbol.name === name ? texts : [`// ${name} is`, ...texts]).join("\n");
}

/** The texts that a type made from a table stands for, sorted: the table's other contents are no part of the surface. */
function valuesOf(project: Project, symbol: TypeSymbol): string[] | undefined {
  const [statement] = statementsOf(project, symbol);
  if (statement?.kind !== SyntaxKind.TypeAliasDeclaration) return undefined;
  if (!/= (\(?keyof )*\(?typeof \w/.test(statement.getText())) return undefined;
  const type = project.checker.getDeclaredTypeOfSymbol(symbol);
  const values = (type.isUnionType() ? type.getTypes() : [type]).map((each) =>
    each.isStringLiteralType() ? each.value : undefined,
  );
  return values.every((value) => value !== undefined) ? values.sort() : undefined;
}

/** The declarations of the package that the declarations of this symbol name. */
function usedBy(project: Project, symbol: TypeSymbol): TypeSymbol[] {
  if (valuesOf(project, symbol)) return [];
  const names: Node[] = [];
  const visit = (node: Node): void => {
    if (node.kind === SyntaxKind.Identifier) names.push(node);
    node.forEachChild(visit);
  };
  statementsOf(project, symbol).forEach(visit);
  return project.checker
    .getSymbolAtLocation(names)
    .flatMap((each) => (each === undefined ? [] : [targetOf(project, each)]))
    .filter((each) => statementsOf(project, each).some((node) => isOfThePackage(project, node)));
}

/** Whether a statement stands at the top of a file of the package. */
const isOfThePackage = ({ program }: Project, statement: Node): boolean =>
  statement.parent?.kind === SyntaxKind.SourceFile &&
  !program.isSourceFileFromExternalLibrary(statement.getSourceFile()) &&
  !program.isSourceFileDefaultLibrary(statement.getSourceFile());
