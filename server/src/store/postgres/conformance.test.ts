/** The conformance suite over PostgreSQL: embedded, and a server. */
import pg from "pg";
import { asSuperuser, databaseKinds, freshDatabase } from "../../../../test/support/database.ts";
import { openLine } from "../../../../test/support/line.ts";
import { storeConformance, type TestDatabase } from "../conformance.ts";
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
