/** Runs the commands of a guide, after using the set-up link: its `bash` blocks in order, in one shell. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { afterwards } from "./afterwards.ts";
import { freshDatabase } from "./database.ts";
import { operatorToken, type ServerProcess, startServer } from "./server-process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const endOfBlock = "--- end of block";

/** A guide of the checkout: its text and its blocks. */
export interface Guide {
  readonly text: string;
  blocks(language: string): string[];
}

export function guideAt(path: string): Guide {
  const text = readFileSync(join(root, path), "utf8");
  return {
    text,
    blocks: (language) =>
      [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
        (match) => match[1] as string,
      ),
  };
}

/** Two processes over one database, and the reader's home folder, until the end of the file's tests. */
export interface Reader {
  readonly home: string;
  /** Runs the blocks; what each printed. Nothing may be left in the checkout. */
  run(blocks: readonly string[]): string[];
}

export async function openReader(): Promise<Reader> {
  const home = mkdtempSync(join(tmpdir(), "daybook-guide-"));
  const options = { dataFolder: join(home, "data"), databaseUrl: await freshDatabase("embedded") };
  const servers: ServerProcess[] = [];
  // also if the next steps fail
  afterwards(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(home, { recursive: true, force: true });
  });
  for (let n = 0; n < 2; n++) servers.push(await startServer(options));
  // the token was given to the servers, so they wrote no file: this stands where a first start would have put it
  writeFileSync(join(home, "operator-token"), operatorToken);
  await setUp(join(home, "data", "set-up-link"));
  return {
    home,
    run: (blocks) =>
      run(
        blocks.map((block) => here(block, home, servers)),
        home,
      ),
  };
}

/** Makes the first account on the page of the first start's link. */
async function setUp(path: string): Promise<void> {
  const link = new URL(readFileSync(path, "utf8").trim());
  const answer = await fetch(link, {
    method: "POST",
    // both servers of the folder keep it, each with its own address
    headers: { origin: link.origin },
    body: new URLSearchParams({
      code: link.hash.slice(1),
      name: "Anne Wilson",
      email: "anne@acme.example",
      password: "correct horse battery staple",
    }),
    redirect: "manual",
  });
  expect(answer.status).toBe(303);
  expect(existsSync(path)).toBe(false);
}

/** The block with this run's addresses and files in place of the default ones. */
const here = (block: string, home: string, [first, second]: readonly ServerProcess[]): string =>
  block
    .replaceAll("http://127.0.0.1:4400", first?.url ?? "")
    .replaceAll("http://127.0.0.1:4401", second?.url ?? "")
    .replaceAll("data/operator-token", join(home, "operator-token"));

function run(blocks: readonly string[], home: string): string[] {
  const script = blocks.map((block) => `${block}\necho; echo "${endOfBlock}"`).join("\n");
  mkdirSync(join(home, "tmp"), { recursive: true });
  const before = checkout();
  const { status, stdout, stderr } = spawnSync("bash", ["-eu", "-o", "pipefail", "-c", script], {
    cwd: root,
    encoding: "utf8",
    // npm asks no registry: what is installed has no dependencies
    env: { ...process.env, HOME: home, TMPDIR: join(home, "tmp"), npm_config_offline: "true" },
  });
  expect(stderr.replace(/^.*(?:events|rows|bytes).*$/gm, "").trim(), stdout).not.toMatch(/error/i);
  expect(status, stdout + stderr).toBe(0);
  expect(checkout()).toBe(before);
  return stdout.split(endOfBlock).slice(0, -1);
}

/** All files of the checkout that git sees or ignores. */
function checkout(): string {
  const { status, stdout, stderr } = spawnSync("git", ["status", "--porcelain", "--ignored"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return stdout;
}
