/** The conformance suite over PostgreSQL: embedded, and a server. */
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { asSuperuser, databaseKinds, freshDatabase } from "../../../../test/database.ts";
import { type CuttableLine, storeConformance, type TestDatabase } from "../conformance.ts";
import { openPostgres } from "./index.ts";

async function superuserRuns(url: string, sql: string): Promise<void> {
  const client = new pg.Client(asSuperuser(url));
  await client.connect();
  await client.query(sql);
  await client.end();
}

const breakConnections = (url: string): Promise<void> =>
  superuserRuns(
    url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );

/** A socket of its own in front of the database's, which passes everything on until it is told to cut. */
async function openLine(url: string): Promise<{ url: string; line: CuttableLine }> {
  const to = new pg.Client(url);
  const folder = await mkdtemp(join(tmpdir(), "daybook-line-"));
  let cut: "before" | "after" | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(join(to.host, `.s.PGSQL.${to.port}`));
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) sockets.add(socket.on("error", end).on("close", end));
    let deaf = false;
    near.on("data", (bytes) => {
      if (cut === undefined || !bytes.includes("COMMIT")) return far.write(bytes);
      if (cut === "before") end();
      else {
        deaf = true;
        far.write(bytes);
      }
      cut = undefined;
      return true;
    });
    far.on("data", (bytes) => (deaf ? end() : near.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(join(folder, ".s.PGSQL.5432"), resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `postgresql:///${to.database}?host=${encodeURIComponent(folder)}&user=${to.user}`,
    line: {
      cutAtCommit: (when) => {
        cut = when;
      },
      close,
    },
  };
}

for (const kind of databaseKinds()) {
  storeConformance(`${kind} PostgreSQL`, async (): Promise<TestDatabase> => {
    const url = await freshDatabase(kind);
    return {
      open: () => openPostgres(url),
      breakConnections: () => breakConnections(url),
      plant: (sql) => superuserRuns(url, sql),
      openOverLine: async () => {
        const { url: near, line } = await openLine(url);
        return { store: await openPostgres(near), line };
      },
    };
  });
}
