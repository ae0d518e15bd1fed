/** What a superuser does to the database of a test, behind Daybook's back. */
import pg from "pg";
import { asSuperuser } from "./database.ts";

/** Runs statements on a connection of their own. */
export async function superuserRuns(url: string, sql: string): Promise<void> {
  const client = new pg.Client(asSuperuser(url));
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Breaks every other connection to the database. */
export const breakConnections = (url: string): Promise<void> =>
  superuserRuns(
    url,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );

/** A statement that `query` of a client was called with. */
interface QuerySent {
  /** The client that sent it. */
  readonly client: pg.Client;
  readonly name: string | undefined;
  /** Its texts: several if it copies into several tables. */
  readonly texts: readonly string[];
}

type Query = typeof pg.Client.prototype.query;

/** Calls `sent` with each statement that any client of the process sends, until the returned function is called. */
export function watchStatements(sent: (statement: QuerySent) => void): () => void {
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { name?: string; text?: string; tables?: { copy: string }[] }];
    const texts =
      typeof first === "string" ? [first] : (first?.tables?.map(({ copy }) => copy) ?? [first?.text ?? ""]);
    sent({ client: this, name: typeof first === "string" ? undefined : first?.name, texts });
    return Reflect.apply(query, this, args);
  } as Query;
  return () => {
    pg.Client.prototype.query = query;
  };
}
