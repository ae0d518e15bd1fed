/**
 * The reader: the role for reading one organization's rows, for which row-level security is active. This file makes the role, says what an
 * operator must do if it can't, and switches connections to it.
 */
import { DaybookError } from "daybook/internal";
import pg from "pg";
import { StoreError } from "../../contract/errors.ts";

/** The reader's name in the migrations: that of a database whose owner is called daybook. */
const writtenName = "daybook_reader";

/** A migration with the reader's real name. */
export const forReader = (sql: string, reader: string): string =>
  sql.replaceAll(writtenName, () => pg.escapeIdentifier(reader));

// from version 16 on, the maker of a role is a member that may not yet switch to it
const mayBecome = `pg_has_role(current_user, r.oid,
  CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)`;
// the role of the policies, whatever the name of the connected user
const policies =
  "FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles) WHERE p.polrelid = to_regclass('event')";
const findReader = `SELECT r.rolname::text, current_user::text, ${mayBecome} ${policies}`;
// a name has at most 63 bytes: for a longer user name, a hash replaces it
const chooseName = `SELECT c.reader, current_user::text, EXISTS (SELECT FROM pg_roles r WHERE r.rolname = c.reader)
  FROM (SELECT CASE WHEN octet_length(current_user::text) <= 56 THEN current_user::text ELSE md5(current_user::text) END
    || '_reader') AS c (reader)`;

// roles belong to the whole cluster: another database of the same owner may be making the same one
const makeRole = (reader: string): string => `DO $make$
DECLARE reader CONSTANT text := ${pg.escapeLiteral(reader)};
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = reader) THEN
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', reader);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT (SELECT ${mayBecome} FROM pg_roles r WHERE r.rolname = reader) THEN
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', reader);
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), reader);
END $make$`;

/** The state of the reader: its name, the connected user, whether the role exists, and whether the user may switch to it. */
type RoleGrant = [reader: string, user: string, yes: boolean];

const find = async (client: pg.ClientBase, text: string): Promise<RoleGrant | undefined> =>
  (await client.query<RoleGrant>({ text, rowMode: "array" })).rows[0];

const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : pg.escapeIdentifier(name));

const needsSuperuser = ([reader, user, isThere]: RoleGrant): DaybookError => {
  const make = isThere ? "" : `CREATE ROLE ${quoted(reader)} NOLOGIN; `;
  return new DaybookError("config-invalid", {
    detail: `Daybook reads with its own role ${quoted(reader)}, which the user ${quoted(user)} may not ${isThere ? "switch to" : "create"}.`,
    remedy: `Let a superuser of the database server run: ${make}GRANT ${quoted(reader)} TO ${quoted(user)};`,
  });
};

/**
 * The reader of a database that is being migrated; made if the owner has none yet. Throws `config-invalid` if that needs another user: the
 * remedy is the SQL.
 */
export async function settleReader(client: pg.ClientBase): Promise<string> {
  const settled = await find(client, findReader);
  if (settled !== undefined) return settled[0];
  const chosen = (await find(client, chooseName))!;
  try {
    await client.query(makeRole(chosen[0]));
    return chosen[0];
  } catch (error) {
    // insufficient_privilege
    throw (error as { code?: string }).code === "42501" ? needsSuperuser(chosen) : error;
  }
}

/** Throws `config-invalid` if the connected user may not switch to the reader of a migrated database. */
export async function checkReader(client: pg.ClientBase): Promise<void> {
  const found = await find(client, findReader);
  if (found === undefined) {
    throw new DaybookError("config-invalid", {
      detail: "The policy by which Daybook reads events is gone from the database.",
      remedy: "Restore a backup into an empty database.",
    });
  }
  const [reader, user, may] = found;
  if (!may) throw needsSuperuser([reader, user, true]);
}

// the schema is set first: "$user" in the path would be another schema for the reader
const become = `SELECT set_config('search_path', quote_ident(current_schema()), false), set_config('role', r.rolname, false)
  ${policies}`;

/** Permanently switches a new connection to the reader. Rejects unless row-level security is then active on it. */
export async function becomeReader(client: pg.ClientBase): Promise<void> {
  await client.query(become);
  const { rows } = await client.query<{ isActive: boolean }>(
    `SELECT row_security_active('event') AS "isActive"`,
  );
  if (rows[0]?.isActive !== true) {
    throw new StoreError("unavailable", "Row-level security is not active for the role that reads.");
  }
}
