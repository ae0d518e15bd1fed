/** The supervisor against kill -9, of every process and at every important moment. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { isAlive } from "./process.ts";
import {
  ask,
  askUntilAnswered,
  cleanUp,
  newFolder,
  postmasterOf,
  preparedFolder,
  startProcess,
} from "./testing/daybook-process.ts";

vi.setConfig({ testTimeout: 300_000 });
afterAll(cleanUp);

const gone = async (pid: number): Promise<boolean> => {
  for (const until = Date.now() + 10_000; isAlive(pid); await sleep(10)) if (Date.now() > until) return false;
  return true;
};

describe("a supervisor that is killed", () => {
  it("leaves its server running, which the next one adopts and stops", async () => {
    const dataFolder = await preparedFolder();
    const first = startProcess({ dataFolder });
    const { url } = await first.ready();
    await first.signal("SIGKILL");
    const pid = postmasterOf(dataFolder);
    expect(await ask(url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
    const second = startProcess({ dataFolder });
    expect(await second.ready()).toEqual({ url, adopted: true });
    expect(postmasterOf(dataFolder)).toBe(pid);
    await second.signal("SIGTERM");
    expect(second.output()).toContain("log embedded PostgreSQL: stopped");
    expect(isAlive(pid)).toBe(false);
  });

  it("does not count as present: the one that shared its server is the last one", async () => {
    const dataFolder = await preparedFolder();
    const first = startProcess({ dataFolder });
    await first.ready();
    const second = startProcess({ dataFolder });
    await second.ready();
    await first.signal("SIGKILL");
    const pid = postmasterOf(dataFolder);
    await sleep(100);
    await second.signal("SIGTERM");
    expect(isAlive(pid)).toBe(false);
  });

  it("after 100, 300 and 500 ms of making a database, leaves nothing that is taken for one", async () => {
    const dataFolder = newFolder();
    const halfMade = (): string[] =>
      existsSync(dataFolder) ? readdirSync(dataFolder).filter((name) => name.startsWith("postgres.new")) : [];
    const left = new Set<string>();
    for (const ms of [100, 300, 500]) {
      const killed = startProcess({ dataFolder });
      const isMade = (): boolean => existsSync(join(dataFolder, "postgres"));
      for (const until = Date.now() + 10_000; !isMade() && halfMade().every((name) => left.has(name)); ) {
        if (Date.now() > until) throw new Error(killed.output());
        await sleep(5);
      }
      await sleep(ms);
      await killed.signal("SIGKILL");
      for (const name of halfMade()) left.add(name);
    }
    expect(left.size).toBeGreaterThan(0);
    const last = startProcess({ dataFolder });
    const { url } = await last.ready();
    expect(await ask(url, "SELECT current_user AS user")).toEqual([{ user: "daybook" }]);
    expect(halfMade()).toEqual([]);
    await last.signal("SIGTERM");
  });
});

describe("a server that is killed while its supervisor lives", () => {
  it("is started again, with what was committed, for all who share it", async () => {
    const dataFolder = await preparedFolder({ durable: true });
    const both = [startProcess({ dataFolder }), startProcess({ dataFolder })];
    const [url] = (await Promise.all(both.map((one) => one.ready()))).map((one) => one.url) as [string];
    await ask(url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number");
    for (let round = 0; round < 3; round++) {
      const pid = postmasterOf(dataFolder);
      process.kill(pid, "SIGKILL");
      expect(await gone(pid)).toBe(true);
      expect(await askUntilAnswered(url, "SELECT count(*)::int AS kept FROM kept")).toEqual([{ kept: 1000 }]);
    }
    const pid = postmasterOf(dataFolder);
    const lines = both.map((one) => one.output()).join("");
    expect(lines).toMatch(/log embedded PostgreSQL: the server is gone or has cut us off; starting it again/);
    // one of them starts it; a busy machine's does not answer in time, and is found running then
    expect(lines).toMatch(/log embedded PostgreSQL: (started again as )?server \d+ answers after \d+ ms/);
    for (const one of both) await one.signal("SIGTERM");
    expect(isAlive(pid)).toBe(false);
  });

  it("is watched on when one of its processes is killed, or the watcher's connection is cut", async () => {
    const dataFolder = await preparedFolder();
    const daybook = startProcess({ dataFolder });
    const { url } = await daybook.ready();
    const superuser = url.replace("user=daybook", "user=postgres");
    const pid = postmasterOf(dataFolder);
    const [row] = await ask(superuser, "SELECT pid FROM pg_stat_activity WHERE application_name = 'daybook'");
    process.kill(Number(row?.pid), "SIGKILL");
    await daybook.printed(/server \d+ answers after/);
    expect(postmasterOf(dataFolder)).toBe(pid);
    expect(await askUntilAnswered(url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
    await daybook.signal("SIGTERM");
    expect(daybook.output()).toContain("embedded PostgreSQL: stopped");
    expect(isAlive(pid)).toBe(false);
  });

  it("is started again when something removes its socket, at the same place for all who share it", async () => {
    const dataFolder = await preparedFolder();
    const both = [startProcess({ dataFolder }), startProcess({ dataFolder })];
    const [url] = (await Promise.all(both.map((one) => one.ready()))).map((one) => one.url) as [string];
    const folder = decodeURIComponent(/host=([^&]*)/.exec(url)?.[1] ?? "");
    for (const [gone, again] of [
      [folder, /answers after/],
      [join(folder, ".s.PGSQL.5432"), /answers after.*answers after/s],
    ] as const) {
      const pid = postmasterOf(dataFolder);
      rmSync(gone, { recursive: true });
      expect(await askUntilAnswered(url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
      expect(postmasterOf(dataFolder)).not.toBe(pid);
      // the last one out stops the server, so both have to be in
      for (const one of both) await one.printed(again);
    }
    const pid = postmasterOf(dataFolder);
    for (const one of both) await one.signal("SIGTERM");
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  it("is started again by the next process if its socket went after the last one was killed", async () => {
    const dataFolder = await preparedFolder();
    const first = startProcess({ dataFolder });
    const { url } = await first.ready();
    const pid = postmasterOf(dataFolder);
    await first.signal("SIGKILL");
    rmSync(decodeURIComponent(/host=([^&]*)/.exec(url)?.[1] ?? ""), { recursive: true });
    const second = startProcess({ dataFolder });
    expect(await second.ready()).toEqual({ url, adopted: false });
    expect(isAlive(pid)).toBe(false);
    expect(second.output()).toContain("something has removed the socket in");
    await second.signal("SIGTERM");
  });

  it("is started again when an operator stops it", async () => {
    const dataFolder = await preparedFolder();
    const daybook = startProcess({ dataFolder });
    const { url } = await daybook.ready();
    process.kill(postmasterOf(dataFolder), "SIGINT");
    await daybook.printed(/started again as server/);
    expect(await askUntilAnswered(url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
    await daybook.signal("SIGTERM");
  });
});

describe("a pid file left behind", () => {
  const leave = (dataFolder: string, pid: number): void =>
    writeFileSync(
      join(dataFolder, "postgres", "postmaster.pid"),
      `${pid}\n${join(dataFolder, "postgres")}\n1700000000\n5432\n/tmp/nowhere\n\n  5432001  1\nready   \n`,
    );

  it.each([
    ["of a process that is gone", () => 2 ** 22 - 3],
    ["whose number another program has meanwhile", () => spawn("sleep", ["30"]).pid ?? 0],
    ["whose number this very process has", () => process.pid],
    ["that was cut off by a full disk", () => Number.NaN],
  ])("%s is no obstacle", async (_, pid) => {
    const dataFolder = await preparedFolder();
    leave(dataFolder, pid());
    const daybook = startProcess({ dataFolder });
    expect(await daybook.ready()).toMatchObject({ adopted: false });
    await daybook.signal("SIGTERM");
  });

  it("of another cluster's living server is not taken for this one's", async () => {
    const [other, dataFolder] = [await preparedFolder(), await preparedFolder()];
    const first = startProcess({ dataFolder: other });
    await first.ready();
    const text = readFileSync(join(other, "postgres", "postmaster.pid"), "utf8");
    writeFileSync(join(dataFolder, "postgres", "postmaster.pid"), text);
    const second = startProcess({ dataFolder });
    expect((await second.ready()).adopted).toBe(false);
    expect(postmasterOf(dataFolder)).not.toBe(postmasterOf(other));
    for (const one of [first, second]) await one.signal("SIGTERM");
  });
});

describe("many processes that start at once", () => {
  it("make one database and share one server, and the last one out stops it", async () => {
    const dataFolder = newFolder();
    const all = Array.from({ length: 4 }, () => startProcess({ dataFolder }));
    const answers = await Promise.all(all.map((one) => one.ready()));
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1);
    expect(answers.filter(({ adopted }) => !adopted)).toHaveLength(1);
    const pid = postmasterOf(dataFolder);
    await Promise.all(all.map((one) => one.signal("SIGTERM")));
    expect(isAlive(pid)).toBe(false);
    expect(all.map((one) => one.output()).join("")).toContain("embedded PostgreSQL: stopped");
  });

  it("find a server though another process is stopping it at that moment", async () => {
    const dataFolder = await preparedFolder();
    for (let round = 0; round < 3; round++) {
      const old = startProcess({ dataFolder });
      await old.ready();
      const next = startProcess({ dataFolder });
      await sleep(20 + 40 * round);
      const stopped = old.signal("SIGTERM");
      const { url } = await next.ready();
      await stopped;
      expect(await askUntilAnswered(url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
      await next.signal("SIGTERM");
    }
  });
});
