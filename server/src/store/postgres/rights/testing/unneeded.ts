/**
 * Compares the rights of the runtime role with statements: takes each right away, and explains the statements that mention its table. If all
 * of them may still run, the right is not needed; if one may not run before, a right is missing.
 */
import pg from "pg";
import { asSuperuser } from "../../../../../../test/support/database.ts";
import { tablesOf } from "../../backup/backup.ts";
import { runtimeRights } from "../list.ts";

/** A right that can be taken away: `INSERT ON event`. */
interface OneRight {
  readonly table: string;
  readonly what: string;
}

const rights: readonly OneRight[] = Object.entries(runtimeRights).flatMap(
  ([table, { insert, update = [], delete: removes }]) =>
    [
      "SELECT",
      ...(insert ? ["INSERT"] : []),
      ...(removes ? ["DELETE"] : []),
      ...update.map((column) => `UPDATE (${column})`),
    ].map((what) => ({ table, what })),
);

/** A statement that needs the same rights, and can be explained. */
function explainable(text: string): string[] {
  // the trial of room has a table of its own
  if (text.includes("daybook_room")) return [];
  return text.split(/;\s*(?=COPY)/).flatMap((one) => {
    const [, target, columns] = /^COPY ([\w.]+) \(([^)]*)\) FROM/.exec(one) ?? [];
    if (target === undefined) return /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(one) ? [one] : [];
    return [`INSERT INTO ${target} (${columns}) VALUES (${columns!.split(",").map(() => "NULL")})`];
  });
}

/** What a backup reads. */
async function ofBackup(client: pg.Client): Promise<string[]> {
  const tables = (await tablesOf(client)).map(
    ({ name, columns }) => `SELECT ${columns.join(", ")} FROM ${name}`,
  );
  return [...tables, "SELECT version FROM schema_migration"];
}

/** The words of a statement. */
const wordsOf = (text: string): Set<string> => new Set(text.match(/\w+/g));

/** Whether the connected role may run a statement; rejects for any other reason why it can't. */
async function mayRun(client: pg.Client, text: string): Promise<boolean> {
  const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const values = Array.from({ length: count }, () => "NULL").join(", ");
  try {
    await client.query(`PREPARE one AS ${text}`);
    await client.query(`EXPLAIN EXECUTE one${count > 0 ? `(${values})` : ""}`);
    return true;
  } catch (error) {
    if ((error as pg.DatabaseError).code === "42501") return false;
    throw new Error(`${text}: ${(error as Error).message}`);
  } finally {
    await client.query("DEALLOCATE ALL");
  }
}

/** The rights that none of the statements needs, and the statements that lack one. */
export async function unneededRights(url: string, sent: ReadonlySet<string>): Promise<string[]> {
  const [owner, client] = [new pg.Client(asSuperuser(url)), new pg.Client(url)];
  await Promise.all([owner.connect(), client.connect()]);
  try {
    await client.query("SET ROLE daybook_runtime");
    const texts = new Set([...[...sent].flatMap(explainable), ...(await ofBackup(client))]);
    const statements = [...texts].map((text) => ({
      text,
      words: wordsOf(text),
    }));
    const found: string[] = [];
    for (const { text } of statements) if (!(await mayRun(client, text))) found.push(`no right: ${text}`);
    for (const { table, what } of rights) {
      await owner.query(`REVOKE ${what} ON ${table} FROM daybook_runtime`);
      const all = statements.filter(({ words }) => words.has(table));
      let isNeeded = false;
      for (const { text } of all) {
        if (await mayRun(client, text)) continue;
        isNeeded = true;
        break;
      }
      if (!isNeeded) found.push(`${what} ON ${table} is not needed`);
      await owner.query(`GRANT ${what} ON ${table} TO daybook_runtime`);
    }
    return found;
  } finally {
    await Promise.all([owner.end(), client.end()]);
  }
}
