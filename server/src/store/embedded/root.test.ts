/** Started as root or as a plain user, with folders that PostgreSQL's user can and can't reach. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { asAccount, canReach, chooseAccount, isRoot, type SystemAccount } from "./account.ts";
import { type Binaries, type BinariesPackage, findPackage, prepareBinaries } from "./binaries.ts";
import { run } from "./run.ts";
import { startEmbedded } from "./supervisor.ts";
import {
  ask,
  cleanUp,
  newFolder,
  postmasterOf,
  preparedFolder,
  startProcess,
} from "./testing/daybook-process.ts";

const nobody = 65_534;
vi.setConfig({ testTimeout: 300_000 });
afterAll(cleanUp);

const makeFolder = (mode: number): string => {
  const folder = newFolder();
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
};

const versionBy = async ({ postgres, libraryPath }: Binaries, account: SystemAccount): Promise<string> =>
  (await run({ file: postgres, args: ["--version"], account, libraryPath })).output.trim();

describe("PostgreSQL's programs", () => {
  const account = (): SystemAccount => chooseAccount(join(newFolder(), "postgres"));
  const lines: string[] = [];
  const prepare = (found: BinariesPackage, linkFolder: string): Binaries =>
    prepareBinaries(found, {
      account: account(),
      linkFolder,
      elsewhere: newFolder(),
      log: (line) => lines.push(line),
    });

  it("run from a package whose install script never ran, by links beside the data", async () => {
    const linkFolder = join(makeFolder(0o711), "links");
    const found = findPackage();
    const binaries = prepare(found, linkFolder);
    expect(await versionBy(binaries, account())).toMatch(/^postgres \(PostgreSQL\) 18\.\d+$/);
    expect(binaries.major).toBe(18);
    if (binaries.libraryPath === undefined) return;
    expect(readlinkSync(join(linkFolder, "libpq.so.5"))).toBe(join(found.native, "lib", "libpq.so.5.18"));
    expect(prepare(found, linkFolder)).toEqual(binaries);
  });

  it("run without, where the install script made its links", async () => {
    const root = makeFolder(0o755);
    execFileSync("cp", ["-a", findPackage().native, root]);
    const native = join(root, "native");
    const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
      source: string;
      target: string;
    }[];
    for (const { source, target } of links)
      execFileSync("ln", ["-sf", source.replace("native/lib/", ""), join(root, target)]);
    const binaries = prepare({ ...findPackage(), native }, newFolder());
    expect(binaries.libraryPath).toBeUndefined();
    expect(await versionBy(binaries, account())).toMatch(/18\.\d+$/);
  });

  it("are copied where the paths hold what separates paths", async () => {
    const linkFolder = join(makeFolder(0o711), "a:b;c$ORIGIN");
    const binaries = prepare(findPackage(), linkFolder);
    expect(binaries.postgres.startsWith(linkFolder)).toBe(true);
    expect(await versionBy(binaries, account())).toMatch(/18\.\d+$/);
  });

  it.skipIf(!isRoot())("are copied, with links, where the lent user can't reach them", async () => {
    const root = makeFolder(0o700);
    execFileSync("cp", ["-a", findPackage().native, root]);
    execFileSync("chmod", ["-R", "go-rwx", root]);
    const found = { ...findPackage(), native: join(root, "native") };
    const elsewhere = newFolder();
    const surroundings = { account: account(), linkFolder: newFolder(), elsewhere, log: () => {} };
    const binaries = prepareBinaries(found, surroundings);
    expect(binaries.postgres).toBe(join(elsewhere, `postgresql-${found.version}`, "bin", "postgres"));
    expect(await versionBy(binaries, account())).toMatch(/18\.\d+$/);
    const made = statSync(binaries.postgres).ino;
    expect(statSync(prepareBinaries(found, surroundings).postgres).ino).toBe(made);
  });
});

describe("whether a user can reach a folder", () => {
  it.skipIf(!isRoot())("is what the operating system says when that user tries", async () => {
    const account = { name: "nobody", uid: nobody, gid: nobody };
    for (const mode of [0o700, 0o711, 0o750, 0o755, 0o070, 0o007]) {
      for (const owner of [`0:0`, `${nobody}:0`, `0:${nobody}`]) {
        const folder = makeFolder(0o755);
        mkdirSync(join(folder, "in"));
        execFileSync("chown", [owner, folder]);
        chmodSync(folder, mode);
        const { code } = await run({
          file: "/bin/sh",
          args: ["-c", `cd ${folder}/in`],
          account,
          libraryPath: undefined,
        });
        expect(canReach(account, join(folder, "in")), `${owner} ${mode.toString(8)}`).toBe(code === 0);
      }
    }
    expect(asAccount(account)).toEqual({ uid: nobody, gid: nobody });
  });
});

describe.skipIf(!isRoot())("started as root", () => {
  it("runs as a plain user without groups or our environment, and lets only root in", async () => {
    const dataFolder = await preparedFolder();
    const daybook = startProcess({ dataFolder, env: { DAYBOOK_OPERATOR_TOKEN: "a-secret-of-ours" } });
    const { url } = await daybook.ready();
    const status = readFileSync(`/proc/${postmasterOf(dataFolder)}/status`, "utf8");
    expect(status).toMatch(new RegExp(`^Uid:\\t${nobody}\\t${nobody}\\t${nobody}\\t${nobody}$`, "m"));
    expect(status).toMatch(/^Groups:\t\s*$/m);
    expect(readFileSync(`/proc/${postmasterOf(dataFolder)}/environ`, "utf8")).not.toContain(
      "a-secret-of-ours",
    );
    const script = `const pg = require(${JSON.stringify(join(process.cwd(), "node_modules/pg"))});
      new pg.Client(${JSON.stringify(url)}).connect()
        .then(() => console.log("in"), (error) => console.log(error.message)).finally(() => process.exit());`;
    const asNobody = { uid: nobody, gid: nobody, cwd: "/", encoding: "utf8" as const, timeout: 20_000 };
    const answer = execFileSync(process.execPath, ["-e", script], asNobody);
    expect(answer).toMatch(/Peer authentication failed/);
    await daybook.signal("SIGTERM");
  });

  it("keeps the database elsewhere, and says so, where that user can't reach the data folder", async () => {
    const home = makeFolder(0o700);
    const dataFolder = join(home, "data");
    const elsewhere = newFolder();
    const lines: string[] = [];
    const start = () => startEmbedded({ dataFolder, elsewhere, log: (line) => lines.push(line) });
    const first = await start();
    await ask(first.url, "CREATE TABLE kept ()");
    await first.stop();
    const place = readFileSync(join(dataFolder, "postgres-is-in"), "utf8").trim();
    expect(dirname(place)).toBe(join(elsewhere, "data"));
    expect(lines[0]).toMatch(
      `PostgreSQL can't run as root, and user 'nobody' can't reach ${dataFolder}: the database is in ${place}`,
    );
    expect(existsSync(join(dataFolder, "postgres"))).toBe(false);
    execFileSync("mv", [dataFolder, join(home, "renamed")]);
    const second = await startEmbedded({ dataFolder: join(home, "renamed"), elsewhere, log: () => {} });
    expect(await ask(second.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 0 }]);
    await second.stop();
  });

  it("opens a data folder of root's just so far that the user who runs it may pass", async () => {
    const dataFolder = makeFolder(0o700);
    const daybook = startProcess({ dataFolder, elsewhere: newFolder() });
    await daybook.ready();
    expect(daybook.output()).toMatch(/user 'nobody', who runs it, may now pass through/);
    expect(statSync(dataFolder).mode & 0o777).toBe(0o711);
    expect(existsSync(join(dataFolder, "postgres"))).toBe(true);
    await daybook.signal("SIGTERM");
  });

  it("runs as the owner of the database that is there, and as the owner of the folder made over to it", async () => {
    const postgres = Number(execFileSync("id", ["-u", "games"], { encoding: "utf8" }));
    const existing = await preparedFolder();
    execFileSync("chown", ["-R", "games", join(existing, "postgres")]);
    expect(chooseAccount(join(existing, "postgres"))).toMatchObject({ name: "games", uid: postgres });
    const volume = makeFolder(0o700);
    execFileSync("chown", ["games", volume]);
    const daybook = startProcess({ dataFolder: volume });
    await daybook.ready();
    expect(statSync(join(volume, "postgres")).uid).toBe(postgres);
    await daybook.signal("SIGTERM");
  });
});

describe.skipIf(!isRoot())("started as a plain user (needs root to become one)", () => {
  it("runs as that user, in a folder of its own, and root may adopt it", async () => {
    const dataFolder = join(makeFolder(0o755), "data");
    execFileSync("chown", [String(nobody), dirname(dataFolder)]);
    const plain = startProcess({ dataFolder, uid: nobody });
    const { url } = await plain.ready();
    expect(statSync(dataFolder)).toMatchObject({ uid: nobody });
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
    expect(await ask(url, "SELECT current_user AS user")).toEqual([{ user: "daybook" }]);
    const root = startProcess({ dataFolder });
    expect(await root.ready()).toEqual({ url, adopted: true });
    const pid = postmasterOf(dataFolder);
    process.kill(pid, "SIGKILL");
    await Promise.all([root.printed(/answers after/), plain.printed(/answers after/)]);
    for (const one of [root, plain]) await one.signal("SIGTERM");
    expect(plain.output() + root.output()).toContain("embedded PostgreSQL: stopped");
  });
});
