/** Connecting as psql does: TLS by sslmode, private authorities, several hosts, files of passwords, and a remedy for each cause. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DaybookError } from "daybook/internal";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { afterwards } from "../../../../../test/support/afterwards.ts";
import { databaseKinds } from "../../../../../test/support/database.ts";
import { type SecuredServer, startSecuredPostgres } from "../../../../../test/support/secured-postgres.ts";
import { makeFolder } from "../../../../../test/support/server-folder.ts";
import { systemBinaries } from "../../../../../test/support/system-postgres.ts";
import { onServer } from "../../../../../test/support/test-server.ts";
import { openPostgres } from "../index.ts";
import { connectOnce } from "./connection.ts";

let server: SecuredServer;
const warnings: string[] = [];

const password = 'p@ss:w/o#r?d%&é "x';
const encoded = encodeURIComponent(password);

describe.skipIf(!databaseKinds().includes("server"))("a PostgreSQL with passwords and TLS", () => {
  beforeAll(async () => {
    const folder = makeFolder();
    server = await startSecuredPostgres(systemBinaries()!, folder);
    afterwards(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const as = `PASSWORD '${password}' LOGIN`;
    await onServer(server.superuser, `CREATE ROLE "we ird-Üser" ${as}`);
    await onServer(server.superuser, `CREATE ROLE tls_only ${as}`);
    await onServer(server.superuser, 'CREATE DATABASE "wei rd" OWNER "we ird-Üser"');
    vi.spyOn(process, "emitWarning").mockImplementation((warning) => void warnings.push(String(warning)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** How a connection to the address is encrypted, and as whom. */
  const connected = async (url: string): Promise<{ user: string; tls: boolean }> => {
    const client = await connectOnce(url);
    try {
      const { rows } = await client.query<{ user: string; tls: boolean }>(
        `SELECT current_user::text AS user, coalesce(ssl, false) AS tls FROM pg_stat_ssl WHERE pid = pg_backend_pid()`,
      );
      return rows[0]!;
    } finally {
      await client.end();
    }
  };
  const refusal = async (url: string): Promise<string> => {
    const error = (await connectOnce(url).then(
      () => expect.unreachable(),
      (reason: unknown) => reason,
    )) as DaybookError;
    expect(error.message).not.toContain(password);
    return `${error.message} | ${error.remedy}`;
  };
  const at = (rest: string, user = "tls_only"): string =>
    `postgresql://${user}:${encoded}@${rest.replace("PORT", String(server.port)).replace("CA", server.authority)}`;

  test.each([
    ["require, without checking who answers", "localhost:PORT/postgres?sslmode=require"],
    [
      "require, checking the authority if one is given",
      "127.0.0.1:PORT/postgres?sslmode=require&sslrootcert=CA",
    ],
    ["verify-ca, for any name of the server", "127.0.0.1:PORT/postgres?sslmode=verify-ca&sslrootcert=CA"],
    [
      "verify-full, with the name of the certificate",
      "localhost:PORT/postgres?sslmode=verify-full&sslrootcert=CA",
    ],
    [
      "verify-full by an address, with the name of the certificate",
      "localhost:PORT/postgres?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert=CA",
    ],
    ["ssl=true, as require", "localhost:PORT/postgres?ssl=true"],
    ["prefer", "127.0.0.1:PORT/postgres?sslmode=prefer"],
    ["no sslmode, if the server asks for TLS", "127.0.0.1:PORT/postgres"],
    [
      "channel binding, as some hosts give it",
      "localhost:PORT/postgres?sslmode=require&channel_binding=require",
    ],
  ])("is reached with sslmode %s", async (_, rest) => {
    expect(await connected(at(rest))).toEqual({ user: "tls_only", tls: true });
  });

  test("is reached by the variables of libpq, and by pairs", async () => {
    vi.stubEnv("PGSSLMODE", "verify-full");
    vi.stubEnv("PGSSLROOTCERT", server.authority);
    vi.stubEnv("PGPASSWORD", password);
    vi.stubEnv("PGPORT", String(server.port));
    expect(await connected("postgresql://tls_only@localhost/postgres")).toEqual({
      user: "tls_only",
      tls: true,
    });
    expect(await connected("host=localhost user='tls_only' dbname=postgres")).toEqual({
      user: "tls_only",
      tls: true,
    });
  });

  test.each([
    ["over its socket, in the query", "/wei%20rd?host=FOLDER&port=PORT"],
    ["over its socket, as the host", "FOLDER_ENCODED:PORT/wei%20rd"],
    ["without TLS on this machine, where nothing asks for it", "127.0.0.1:PORT/wei%20rd"],
    [
      "after a host that doesn't answer",
      "127.0.0.1:1,127.0.0.1:PORT/wei%20rd?target_session_attrs=read-write",
    ],
    ["before a host that doesn't answer", "127.0.0.1:PORT,127.0.0.1:1/wei%20rd"],
  ])("is reached by a user with any name and password %s", async (_, rest) => {
    const { socketFolder } = server;
    const filled = rest
      .replace("FOLDER_ENCODED", encodeURIComponent(socketFolder))
      .replace("FOLDER", socketFolder);
    expect(await connected(at(filled, "we%20ird-%C3%9Cser"))).toEqual({ user: "we ird-Üser", tls: false });
  });

  test("is reached with the password of the file that psql reads", async () => {
    const folder = mkdtempSync(join(tmpdir(), "daybook-pgpass-"));
    afterwards(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "passwords");
    writeFileSync(path, `localhost:*:*:tls_only:${password.replace(/[:\\]/g, "\\$&")}\n`, { mode: 0o600 });
    vi.stubEnv("PGPASSFILE", path);
    const url = `postgresql://tls_only@localhost:${server.port}/postgres?sslmode=require`;
    expect(await connected(url)).toEqual({ user: "tls_only", tls: true });
  });

  test.each([
    [
      "an authority that isn't known",
      "localhost:PORT/postgres?sslmode=verify-full",
      /authority of the server's certificate is not known.*\| .*sslrootcert=FILE.*PGSSLROOTCERT/,
    ],
    [
      "a certificate of another host",
      "127.0.0.1:PORT/postgres?sslmode=verify-full&sslrootcert=CA",
      /certificate is for another host.*\| .*sslmode=verify-ca/,
    ],
    [
      "a file that isn't there",
      "localhost:PORT/postgres?sslrootcert=/no/such/file",
      /file \/no\/such\/file can't be read.*\| .*PGSSLROOTCERT/,
    ],
    [
      "a user who may connect only with TLS",
      "127.0.0.1:PORT/postgres?sslmode=disable",
      /doesn't let the user connect.*\| .*pg_hba\.conf.*sslmode=require/,
    ],
    [
      "a database that isn't there",
      "127.0.0.1:PORT/no%20such?sslmode=require",
      /no such database.*\| .*CREATE DATABASE "no such" OWNER tls_only ENCODING 'UTF8' TEMPLATE template0;/,
    ],
    [
      "no host that answers",
      "127.0.0.1:1,127.0.0.1:2/postgres",
      /127\.0\.0\.1:1 or 127\.0\.0\.1:2 can't be used: nothing answers.*\| .*host and port/,
    ],
  ])("is refused with the remedy for %s", async (_, rest, sentence) => {
    expect(await refusal(at(rest))).toMatch(sentence);
  });

  test("is refused with the remedy for a wrong password, and for none", async () => {
    const place = `127.0.0.1:${server.port}/postgres`;
    expect(await refusal(`postgresql://tls_only:wrong@${place}`)).toMatch(
      /password or the user is wrong.*\| .*PGPASSWORD/,
    );
    expect(await refusal(`postgresql://tls_only@${place}`)).toMatch(/asks for a password.*\| .*PGPASSWORD/);
  });

  test("serves a store, whose pools have the password too", async () => {
    await onServer(server.superuser, `CREATE ROLE app CREATEROLE LOGIN PASSWORD '${password}'`);
    await onServer(server.superuser, "CREATE DATABASE app OWNER app");
    const store = await openPostgres(at("localhost:PORT/app?sslmode=require", "app"));
    expect(await store.organizations(undefined, 9)).toEqual([]);
    await store.close();
  });

  test("makes pg print no warning", () => {
    expect(warnings).toEqual([]);
  });
});
