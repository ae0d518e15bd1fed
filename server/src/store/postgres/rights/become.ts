/** Switches connections to the two roles, in which a server works. */
import type pg from "pg";
import { StoreError } from "../../contract/errors.ts";
import { sqlName } from "../statements/sql-name.ts";
import type { Roles } from "./roles.ts";

/** Of a database, the role and the search path of a lane. */
export interface Place {
  readonly role: string;
  readonly searchPath: string;
}

/** Where the server works. The path is fixed first: "$user" in it would be another schema for the role. */
export const runtimePlace = ({ runtime, schema }: Roles): Place => ({
  role: runtime,
  searchPath: sqlName(schema),
});

/** Where it reads for callers: the views stand before the tables of the same names. */
export const readerPlace = ({ reader, schema, readerSchema }: Roles): Place => ({
  role: reader,
  searchPath: `${sqlName(readerSchema)}, ${sqlName(schema)}`,
});

const switchTo = "SELECT set_config('search_path', $1, false), set_config('role', $2, false)";

/** Permanently switches a new connection to the runtime role. */
export async function becomeRuntime(client: pg.ClientBase, roles: Roles): Promise<void> {
  const { role, searchPath } = runtimePlace(roles);
  await client.query({ text: switchTo, values: [searchPath, role] });
}

/** Rejects if the reader has a right on the table of events, and not only on its view. */
async function demandNarrowReader(client: pg.ClientBase, { schema, reader }: Roles): Promise<void> {
  const text = "SELECT has_any_column_privilege($1, $2::regclass, 'SELECT') AS \"sees\"";
  const { rows } = await client.query<{ sees: boolean }>({
    text,
    values: [reader, `${sqlName(schema)}.event`],
  });
  if (rows[0]?.sees !== false) {
    throw new StoreError(
      "unavailable",
      "The role that reads for callers may read the events of every organization.",
    );
  }
}

/** Permanently switches a new connection to the reader. Rejects if it could see the rows of all organizations. */
export async function becomeReader(client: pg.ClientBase, roles: Roles): Promise<void> {
  const { role, searchPath } = readerPlace(roles);
  await client.query({ text: switchTo, values: [searchPath, role] });
  await demandNarrowReader(client, roles);
}
