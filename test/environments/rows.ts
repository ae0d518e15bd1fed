/** The rows of the matrix by subject, and the database that each gets. */
import pg from "pg";
import { onServer } from "../support/test-server.ts";
import { addresses } from "./address-rows.ts";
import { databases } from "./database-rows.ts";
import { poolers } from "./pooler-rows.ts";
import { processes } from "./process-rows.ts";
import { roles } from "./role-rows.ts";
import { type EnvironmentGroup, type EnvironmentRow, password, type RowDatabase } from "./row.ts";
import type { MatrixServer } from "./servers.ts";
import { tls } from "./tls-rows.ts";

/** All rows, in the order of the page. */
export const environmentGroups: readonly EnvironmentGroup[] = [
  roles,
  poolers,
  tls,
  addresses,
  databases,
  processes,
];

/** All rows, without their subjects. */
export const environmentRows: readonly EnvironmentRow[] = environmentGroups.flatMap(({ rows }) => rows);

const makesRoles = "CREATEROLE";

/** Makes the database of a row. */
export async function makeDatabase(
  server: MatrixServer,
  row: EnvironmentRow,
  number: number,
): Promise<RowDatabase> {
  const [name, owner] = [`row${number}`, `row${number}_owner`];
  await onServer(
    server.superuser,
    `CREATE ROLE ${owner} LOGIN ${row.owner ?? makesRoles} PASSWORD '${password}'`,
  );
  await onServer(server.superuser, `CREATE DATABASE ${name} OWNER ${owner} ${row.database ?? ""}`);
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client(server.superuser.replace("%", name));
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  return { server, name, owner, run, cleanUps: [] };
}
