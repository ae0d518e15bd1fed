/** Rows with PgBouncer between Daybook and PostgreSQL. */
import { startPgBouncer } from "../support/pgbouncer.ts";
import type { Environment } from "./round.ts";
import { type EnvironmentGroup, type EnvironmentRow, password, type RowDatabase } from "./row.ts";

const pooled =
  (mode: "session" | "transaction", env: Record<string, string> = {}) =>
  async (database: RowDatabase): Promise<Environment> => {
    const { server, name, owner } = database;
    const through = await startPgBouncer(server.superuser.replace("%", name), {
      mode,
      size: mode === "session" ? 30 : 8,
      users: [owner],
      password,
    });
    database.cleanUps.push(() => through.stop());
    return { databaseUrl: through.urlOf(name, owner), env };
  };

const rows: readonly EnvironmentRow[] = [
  { name: "PgBouncer, session mode", make: pooled("session") },
  { name: "PgBouncer, transaction mode", make: pooled("transaction") },
  {
    name: "PgBouncer, transaction mode, `DAYBOOK_POOLER=session`",
    make: pooled("transaction", { DAYBOOK_POOLER: "session" }),
    refused: /gives connections to other clients.*Set DAYBOOK_POOLER/,
  },
];

/** Poolers. */
export const poolers: EnvironmentGroup = {
  title: "Poolers",
  about: "Behind a pooler",
  rows,
};
