/** A copy of the checkout, in which a test follows a recipe of CONTRIBUTING; and the changes there since. */
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const execute = promisify(execFile);

export interface Copy {
  readonly folder: string;
  /** Runs a command there; its output. Rejects with all that it printed if it fails. */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** The files that are not as they were when the copy was made, sorted. */
  changed(): string[];
  remove(): void;
}

/** What git has or would add, of the folder. */
const filesOf = (folder: string): string[] =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: folder,
    encoding: "utf8",
  })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(folder, path)));

const digestOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Copies the sources, and the build where there is one, so that only what changes is built again. */
export function copyCheckout(): Copy {
  const folder = mkdtempSync(join(tmpdir(), "daybook-recipe-"));
  const files = filesOf(root).filter((path) => !path.startsWith("docs/pictures/"));
  for (const path of files) cpSync(join(root, path), join(folder, path), { preserveTimestamps: true });
  for (const path of ["library/dist", "server/dist"].filter((each) => existsSync(join(root, each))))
    cpSync(join(root, path), join(folder, path), { recursive: true, preserveTimestamps: true });
  linkPackages(folder);
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  const before = new Map(files.map((path) => [path, digestOf(join(folder, path))]));
  return {
    folder,
    run: (command, args, env) => run(folder, [command, ...args], env),
    changed: () => {
      const now = filesOf(folder);
      const gone = files.filter((path) => !now.includes(path));
      return [...gone, ...now.filter((path) => before.get(path) !== digestOf(join(folder, path)))].sort();
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The same packages; this repository's own lead into the copy. */
function linkPackages(folder: string): void {
  const own = new Map([
    ["daybook", "library"],
    ["daybook-server", "server"],
    ["daybook-example-host", "examples/host"],
  ]);
  for (const place of ["node_modules", "library/node_modules", "server/node_modules"]) {
    if (!existsSync(join(root, place))) continue;
    for (const name of readdirSync(join(root, place))) {
      // what tools keep there is not shared
      if (name.startsWith(".") && name !== ".bin") continue;
      const link = join(folder, place, name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(own.has(name) ? join(folder, own.get(name) as string) : join(root, place, name), link);
    }
  }
}

async function run(
  folder: string,
  [command = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  // a test runner that is started by a test must not take itself for one of its workers
  const outer = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|TEST$)/.test(name));
  try {
    const { stdout, stderr } = await execute(command, args, {
      cwd: folder,
      env: { ...Object.fromEntries(outer), ...env },
      maxBuffer: 2 ** 26,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${[command, ...args].join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
