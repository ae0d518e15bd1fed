/** Runs a row of the matrix, and says what was seen. */
import { refusal, round } from "./round.ts";
import { type EnvironmentRow, makeDatabase } from "./rows.ts";
import type { MatrixServer } from "./servers.ts";

/** What was seen, and whether it is what must be seen. */
export interface Seen {
  readonly text: string;
  readonly isRight: boolean;
}

/** Runs one row on one server. */
export async function look(server: MatrixServer, row: EnvironmentRow, number: number): Promise<Seen> {
  const database = await makeDatabase(server, row, number);
  try {
    const environment = await row.make(database);
    if (row.refused === undefined) {
      const text = await round(environment);
      return { text, isRight: text === "works" };
    }
    const text = await refusal(environment);
    return { text, isRight: text.startsWith("exit 1") && row.refused.test(text) };
  } catch (error) {
    return { text: (error as Error).message, isRight: false };
  } finally {
    for (const cleanUp of database.cleanUps) await cleanUp();
  }
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").slice(0, 400);

/** docs/environments.md. */
export const pageOf = (
  servers: readonly string[],
  seen: readonly { readonly name: string; readonly of: readonly Seen[] }[],
): string => `# Environments of the database

What was seen in each environment: \`npm run environments\` starts the built server in it, waits until it is ready, adds an organization, records an
event, reads it, downloads the CSV, stops, and runs \`fsck\` and \`backup\`. "works" means all of these.
Where Daybook must refuse to start, the table has its sentence and its remedy.
It runs every night; the command writes this page.

| environment | ${servers.join(" | ")} |
|---|${servers.map(() => "---|").join("")}
${seen.map(({ name, of }) => `| ${name} | ${of.map(({ text }) => cell(text)).join(" | ")} |`).join("\n")}

Not in the table: messages in another language than English (\`lc_messages\`), and PgBouncer 1.21 or later with \`max_prepared_statements\`.
`;
