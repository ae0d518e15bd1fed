/** Rows about the rights of the user of DATABASE_URL. */
import { execFileSync } from "node:child_process";
import { runCommand } from "../support/run-command.ts";
import type { Environment } from "./round.ts";
import {
  after,
  type EnvironmentGroup,
  type EnvironmentRow,
  password,
  plain,
  type RowDatabase,
} from "./row.ts";

/** A user who owns nothing, after a superuser ran what Daybook prints for them. */
async function poor(database: RowDatabase): Promise<Environment> {
  const user = `${database.owner}_poor`;
  await database.run(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`);
  const environment = plain()({ ...database, owner: user });
  const printed = await runCommand(["migrate", "--print-sql"], {
    ...environment,
    dataFolder: "/nonexistent",
  });
  if (printed.code !== 0) throw new Error(printed.stderr);
  execFileSync(
    "psql",
    [database.server.superuser.replace("%", database.name), "-v", "ON_ERROR_STOP=1", "-q"],
    {
      input: printed.stdout,
      stdio: "pipe",
    },
  );
  return environment;
}

const withoutRoles = "";

const rows: readonly EnvironmentRow[] = [
  { name: "the owner of the database, who has CREATEROLE", make: plain() },
  {
    name: "the owner without CREATEROLE",
    owner: withoutRoles,
    make: plain(),
    refused: /CREATE ROLE app_reader NOLOGIN; CREATE ROLE app_runtime NOLOGIN; GRANT/,
  },
  {
    name: "the owner without CREATEROLE, after the SQL that the start prints",
    owner: withoutRoles,
    make: after(
      "CREATE ROLE OWNER_reader NOLOGIN; CREATE ROLE OWNER_runtime NOLOGIN; GRANT OWNER_reader, OWNER_runtime TO OWNER",
    ),
  },
  { name: "a user who owns nothing, after `migrate --print-sql`", owner: withoutRoles, make: poor },
];

/** Users and their rights. */
export const roles: EnvironmentGroup = {
  title: "Users and roles",
  about: "Database roles",
  rows,
};
