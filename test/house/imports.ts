/** What a source file imports, by a parser: static and dynamic imports, exports from other modules, and modules by `createRequire`. */
import { type CallExpression, type EcmaScriptModule, parseSync, Visitor } from "oxc-parser";

/** One import of a file: where from, as written, and the names in its braces. */
export interface Import {
  readonly specifier: string;
  readonly names: readonly string[];
}

type FileText = Readonly<Record<"path" | "text", string>>;

const known = new WeakMap<FileText, readonly Import[]>();

/** What a file imports. A file object is parsed once. */
export function importsOf(file: FileText): readonly Import[] {
  const found = known.get(file) ?? parsed(file);
  known.set(file, found);
  return found;
}

function parsed({ path, text }: FileText): Import[] {
  const result = parseSync(path, text);
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const { module } = result;
  const required = text.includes("createRequire") ? requiredIn(parseSync(path, text).program) : [];
  return [...staticOf(module), ...dynamicOf(module, text), ...required];
}

const only = (names: readonly (string | null)[]): string[] => names.filter((name) => name !== null);

const staticOf = ({ staticImports, staticExports }: EcmaScriptModule): Import[] => [
  ...staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    names: only(entries.map(({ importName }) => importName.name)),
  })),
  ...staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName }) =>
      moduleRequest === null ? [] : [{ specifier: moduleRequest.value, names: only([importName.name]) }],
    ),
  ),
];

/** The names that a dynamic import is taken apart into. */
const takenApart = /\{([^{}]*)\}\s*=\s*await\s*$/;

const dynamicOf = ({ dynamicImports }: EcmaScriptModule, text: string): Import[] =>
  dynamicImports.map(({ start, moduleRequest }) => ({
    specifier: literalOf(text.slice(moduleRequest.start, moduleRequest.end)),
    names: (takenApart.exec(text.slice(0, start))?.[1] ?? "")
      .split(",")
      .map((name) => name.trim().replace(/:[\s\S]*/, ""))
      .filter((name) => name !== ""),
  }));

/** The text of a literal; an expression as it is written, which no rule allows. */
const literalOf = (written: string): string => /^(["'`])([^$]*)\1$/.exec(written)?.[2] ?? written;

/** What is required by a function that `createRequire` made, or by the result of a call of it. */
function requiredIn(program: ReturnType<typeof parseSync>["program"]): Import[] {
  const makers = new Set<string>();
  const calls: CallExpression[] = [];
  const makes = (node: unknown): boolean => {
    const { type, callee } = node as Partial<CallExpression>;
    return type === "CallExpression" && callee?.type === "Identifier" && callee.name === "createRequire";
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type === "Identifier" && init !== null && makes(init)) makers.add(id.name);
    },
    CallExpression: (call) => void calls.push(call),
  }).visit(program);
  return calls
    .filter(({ callee }) => makes(callee) || (callee.type === "Identifier" && makers.has(callee.name)))
    .flatMap(({ arguments: [first] }) =>
      first?.type === "Literal" && typeof first.value === "string"
        ? [{ specifier: first.value, names: [] }]
        : [],
    );
}
