/**
 * Poolers between Daybook and PostgreSQL. One in transaction mode gives a connection to another client after each transaction, so Daybook
 * leaves nothing on it: role, row scope and settings are set within each transaction.
 */
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import { connectOnce } from "./connection.ts";
import type { ResolvedDatabase } from "./database.ts";

/** DAYBOOK_POOLER: `auto` finds out; `session`: a pooler keeps each connection for one client; `transaction`: it does not. */
export type PoolerMode = "auto" | "session" | "transaction";

const processOf = async (client: pg.ClientBase): Promise<number> =>
  (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]!.pid;

/** Whether something between gives connections of its own: PostgreSQL tells a client the process that it has. */
export async function isBehindPooler(client: pg.Client): Promise<boolean> {
  const { processID } = client as unknown as { processID: number | null };
  return processID !== (await processOf(client));
}

const rounds = 5;

/** Whether a connection is another client's after a transaction: then the next transaction of another client gets it. */
async function changesHands(one: pg.Client, other: pg.Client): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    const before = await processOf(one);
    await other.query("BEGIN");
    const [theirs, after] = [await processOf(other), await processOf(one)];
    await other.query("COMMIT");
    if (theirs === before || after !== before) return true;
  }
  return false;
}

/**
 * Whether connections are shared with other clients, of a database where something is or isn't between. Throws `config-invalid` if the
 * configuration says otherwise, wrongly.
 */
export async function isPooled(
  database: ResolvedDatabase,
  mode: PoolerMode,
  isBehind: boolean,
): Promise<boolean> {
  if (mode === "transaction") return true;
  if (!isBehind) return false;
  if (mode === "auto") return true;
  const one = await connectOnce(database);
  try {
    const other = await connectOnce(database);
    try {
      if (!(await changesHands(one, other))) return false;
    } finally {
      await other.end();
    }
  } finally {
    await one.end();
  }
  throw new DaybookError("config-invalid", {
    detail:
      "DAYBOOK_POOLER is session, but the pooler gives connections to other clients between transactions.",
    remedy: "Set DAYBOOK_POOLER to transaction or leave it out, or set pool_mode = session in the pooler.",
  });
}
