/** The supervisor without failures: made, started, shared, stopped, and the settings of the server. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { isAlive } from "./process.ts";
import { type Embedded, startEmbedded } from "./supervisor.ts";
import { ask, cleanUp, newFolder, postmasterOf, preparedFolder } from "./testing/daybook-process.ts";

vi.setConfig({ testTimeout: 300_000 });
afterAll(cleanUp);

const start = async (dataFolder: string): Promise<Embedded & { lines: string[] }> => {
  const lines: string[] = [];
  return { ...(await startEmbedded({ dataFolder, log: (line) => lines.push(line) })), lines };
};

describe("the embedded PostgreSQL", () => {
  it("is made, started and stopped, with a line for each", async () => {
    const folder = newFolder();
    const server = await start(folder);
    const pid = postmasterOf(folder);
    await server.stop();
    await server.stop();
    expect(server.adopted).toBe(false);
    expect(server.lines).toEqual([
      expect.stringMatching(/^embedded PostgreSQL: made a new database in .*data-\d+\/postgres \(\d+ ms\)$/),
      expect.stringMatching(`^embedded PostgreSQL: started server ${pid} `),
      "embedded PostgreSQL: stopped",
    ]);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(server.connection.host)).toBe(false);
    expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);
  });

  it("keeps what it is told, from one start to the next", async () => {
    const folder = await preparedFolder();
    const first = await start(folder);
    await ask(first.url, "CREATE TABLE kept (text text)");
    await ask(first.url, "INSERT INTO kept VALUES ('all of it')");
    await first.stop();
    const second = await start(folder);
    expect(await ask(second.url, "SELECT text FROM kept")).toEqual([{ text: "all of it" }]);
    await second.stop();
  });

  it("writes through to the disk, with checksums, in UTF-8, and listens on a private socket alone", async () => {
    const server = await start(await preparedFolder({ durable: true }));
    const names = [
      "fsync",
      "full_page_writes",
      "synchronous_commit",
      "data_checksums",
      "listen_addresses",
      "max_connections",
      "server_encoding",
      "log_min_error_statement",
      "log_error_verbosity",
    ];
    const rows = await ask(
      server.url,
      `SELECT ${names.map((name) => `current_setting('${name}')`).map((call, at) => `${call} AS "${names[at]}"`)}`,
    );
    expect(rows[0]).toEqual({
      fsync: "on",
      full_page_writes: "on",
      synchronous_commit: "on",
      data_checksums: "on",
      listen_addresses: "",
      max_connections: "80",
      server_encoding: "UTF8",
      log_min_error_statement: "panic",
      log_error_verbosity: "terse",
    });
    expect(
      await ask(server.url, "SELECT lower('ÉÅЖ') AS lower, 'é' < 'z' AS bytewise, 'ß' ~ '\\w' AS word"),
    ).toEqual([{ lower: "éåж", bytewise: false, word: true }]);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
    await server.stop();
  });

  it("lets Daybook be the owner of its database, and no superuser", async () => {
    const server = await start(await preparedFolder());
    const sql = `SELECT rolname, rolsuper, rolcreatedb, pg_get_userbyid(datdba) AS owner
      FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`;
    expect(await ask(server.url, sql)).toEqual([
      { rolname: "daybook", rolsuper: false, rolcreatedb: false, owner: "daybook" },
    ]);
    await expect(ask(server.url, "COPY pg_class TO PROGRAM 'cat'")).rejects.toThrow(/permission denied/);
    await server.stop();
  });

  it("has the role by which Daybook reads, also where an earlier version made the data folder", async () => {
    const folder = await preparedFolder();
    const first = await start(folder);
    await ask(
      first.url.replace("user=daybook", "user=postgres"),
      "DROP ROLE daybook_reader, daybook_runtime",
    );
    await first.stop();
    const both = await Promise.all([start(folder), start(folder)]);
    expect(await ask(both[0].url, "SET ROLE daybook_reader")).toEqual([]);
    const sql = "SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'daybook_reader'";
    expect(await ask(both[1].url, sql)).toEqual([
      { rolcanlogin: false, rolsuper: false, rolbypassrls: false },
    ]);
    await Promise.all(both.map((one) => one.stop()));
  });

  it("is shared by two, and stopped by the last one out", async () => {
    const folder = await preparedFolder();
    const [one, other] = await Promise.all([start(folder), start(folder)]);
    const pid = postmasterOf(folder);
    expect([one.adopted, other.adopted].sort()).toEqual([false, true]);
    expect(other.url).toBe(one.url);
    await one.stop();
    expect(one.lines.at(-1)).toMatch(/left running: another Daybook process uses it$/);
    expect(await ask(other.url, "SELECT 1 AS answer")).toEqual([{ answer: 1 }]);
    await other.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it("never writes a statement or its values into its log", async () => {
    const folder = await preparedFolder();
    const server = await start(folder);
    await ask(server.url, "CREATE TABLE person (email text PRIMARY KEY)");
    await ask(server.url, "INSERT INTO person VALUES ('anne@example.com')");
    await expect(ask(server.url, "INSERT INTO person VALUES ('anne@example.com')")).rejects.toThrow(
      /duplicate key/,
    );
    await expect(ask(server.url, "SELECT 'anne@example.com'::int")).rejects.toThrow(/invalid input/);
    await server.stop();
    const log = readFileSync(join(folder, "postgres.log"), "utf8");
    expect(log).toContain("duplicate key value violates unique constraint");
    expect(log.replace(/invalid input syntax.*/g, "")).not.toContain("anne@example.com");
  });

  it("takes the operator's own settings last", async () => {
    const folder = await preparedFolder();
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "postgres-settings", "local.conf"), "work_mem = 23MB\n");
    const server = await start(folder);
    expect(await ask(server.url, "SHOW work_mem")).toEqual([{ work_mem: "23MB" }]);
    await server.stop();
  });
});
