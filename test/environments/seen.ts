/** Runs a row of the matrix, and says what was seen. */
import { refusal, round } from "./round.ts";
import type { EnvironmentRow, RowDatabase } from "./row.ts";
import { makeDatabase } from "./rows.ts";
import type { MatrixServer } from "./servers.ts";

/** What was seen, and whether it is what must be seen. */
export interface Seen {
  readonly text: string;
  readonly isRight: boolean;
}

/** With the names that an operator would have, instead of those of the row. */
const asRead = (text: string, { server, name, owner }: RowDatabase): string =>
  text
    .replaceAll(owner, "app")
    .replaceAll(name, "audit")
    .replaceAll(server.socketFolder, "/var/run/postgresql")
    .replaceAll(`:${server.port}`, ":5432");

/** Runs one row on one server. */
export async function look(server: MatrixServer, row: EnvironmentRow, number: number): Promise<Seen> {
  const database = await makeDatabase(server, row, number);
  try {
    const environment = await row.make(database);
    if (row.refused === undefined) {
      const text = await round(environment);
      return { text: asRead(text, database), isRight: text === "works" };
    }
    const text = asRead(await refusal(environment), database);
    return { text, isRight: row.refused.test(text.replaceAll("\n", " ")) };
  } catch (error) {
    return { text: asRead((error as Error).message, database), isRight: false };
  } finally {
    for (const cleanUp of database.cleanUps) await cleanUp();
  }
}
