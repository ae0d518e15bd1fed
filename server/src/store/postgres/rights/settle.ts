/** Makes the roles of a database and gives them their rights; says what an operator must do where the connected user may not. */
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { sqlName } from "../statements/sql-name.ts";
import { missingRights } from "./check.ts";
import { type DatabaseFacts, factsOf, type RoleNames, roleStatements } from "./roles.ts";
import { dropViews, rightsSql } from "./sql.ts";

const byOwner =
  "Let the owner of the tables run 'daybook-server migrate', or a superuser what 'daybook-server migrate --print-sql' prints.";

const refused = (detail: string, remedy: string): DaybookError =>
  new DaybookError("config-invalid", { detail, remedy });

// roles belong to the whole cluster: another database of the same owner may be making the same one
const unlessThere = (statement: string): string =>
  `DO $make$ BEGIN ${statement} EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $make$`;

/** Why the roles can't be used, or undefined. */
function unusableRoles(facts: DatabaseFacts): DaybookError | undefined {
  const { user, roles, reader, runtime } = facts;
  const powerful = [
    ...(reader.isPowerful ? [roles.reader] : []),
    ...(runtime.isPowerful ? [roles.runtime] : []),
  ];
  if (powerful.length > 0) {
    return refused(
      `The role ${powerful.map(sqlName).join(" and the role ")} can do everything, so no right can be taken from it.`,
      "Name a role that is no superuser and has no BYPASSRLS: set DAYBOOK_READER_ROLE or DAYBOOK_RUNTIME_ROLE.",
    );
  }
  const statements = roleStatements(facts);
  if (statements.length === 0) return undefined;
  const isThere = reader.exists && runtime.exists;
  return refused(
    `Daybook works with the roles ${sqlName(roles.runtime)} and ${sqlName(roles.reader)}, which the user ${sqlName(user)} may not ${isThere ? "switch to" : "create"}.`,
    `Let a superuser of the database server run: ${statements.join(" ")} Or name roles that exist: set DAYBOOK_RUNTIME_ROLE and DAYBOOK_READER_ROLE.`,
  );
}

/** Makes the roles that are missing, if the user may, and returns the facts afterwards. */
async function makeRoles(
  client: pg.ClientBase,
  facts: DatabaseFacts,
  names: RoleNames,
): Promise<DatabaseFacts> {
  const { user, roles, reader, runtime } = facts;
  try {
    for (const [role, state] of [
      [roles.reader, reader],
      [roles.runtime, runtime],
    ] as const) {
      if (state.mayBecome || role === user) continue;
      if (!state.exists) await client.query(unlessThere(`CREATE ROLE ${sqlName(role)} NOLOGIN;`));
      await client.query(unlessThere(`GRANT ${sqlName(role)} TO ${sqlName(user)};`));
    }
  } catch (error) {
    // insufficient_privilege
    if ((error as { code?: string }).code !== "42501") throw error;
    throw unusableRoles(facts) ?? error;
  }
  const made = await factsOf(client, names);
  const why = unusableRoles(made);
  if (why !== undefined) throw why;
  return made;
}

/** Throws `config-invalid` unless the user may do what only the owner may. */
export function demandOwner({ user, owner, isOwner }: DatabaseFacts, what: string): void {
  if (isOwner) return;
  throw refused(
    `${what}, which the user ${sqlName(user)} may not do: the tables belong to ${sqlName(owner)}.`,
    byOwner,
  );
}

/** Within a transaction: the roles, made if needed, and the schema of the reader's views; then the rest of it runs as the owner. */
export async function becomeOwner(client: pg.ClientBase, names: RoleNames): Promise<DatabaseFacts> {
  const facts = await makeRoles(client, await factsOf(client, names), names);
  const { user, owner, roles, hasReaderSchema } = facts;
  if (user !== owner) await client.query(`SET LOCAL ROLE ${pg.escapeIdentifier(owner)}`);
  if (hasReaderSchema) await client.query(dropViews(roles));
  else await client.query(`CREATE SCHEMA ${sqlName(roles.readerSchema)}`);
  return facts;
}

/** Gives the roles their rights, after the migrations of the same transaction. */
export const giveRights = async (client: pg.ClientBase, { roles, settled }: DatabaseFacts): Promise<void> => {
  await client.query(rightsSql(roles, settled === undefined ? [] : Object.values(settled)));
};

const mostNamed = 3;

/** Why a migrated database can't be used by this user, or undefined: the first rights that are missing, and who can give them. */
export async function unusableRights(
  client: pg.ClientBase,
  facts: DatabaseFacts,
): Promise<DaybookError | undefined> {
  const { reader, runtime, roles } = facts;
  const why = unusableRoles(facts);
  if (why !== undefined && !(reader.exists && runtime.exists)) return why;
  const missing = await missingRights(client, roles);
  if (missing.length === 0) return why;
  const more = missing.length > mostNamed ? `, and ${missing.length - mostNamed} more` : "";
  return refused(
    `The rights in the database are not those that Daybook needs: ${missing.slice(0, mostNamed).join("; ")}${more}.`,
    byOwner,
  );
}

/** After the rights were given: throws `config-invalid` if something else still takes or widens them. */
export async function demandUsable(client: pg.ClientBase, facts: DatabaseFacts): Promise<void> {
  const why = await unusableRights(client, facts);
  if (why === undefined) return;
  throw refused(
    why.message,
    "Remove what Daybook did not make, such as a policy on its tables: 'daybook-server migrate' leaves it.",
  );
}
