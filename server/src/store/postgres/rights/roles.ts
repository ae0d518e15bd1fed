/** The roles of a database and its schemas: who they are, and whether the connected user may switch to them. */
import { DaybookError } from "daybook/internal";
import type pg from "pg";
import { sqlName } from "../statements/sql-name.ts";

/** The roles that an operator names (DAYBOOK_READER_ROLE, DAYBOOK_RUNTIME_ROLE); undefined: named after the owner. */
export interface RoleNames {
  readonly reader?: string | undefined;
  readonly runtime?: string | undefined;
}

/** The roles and schemas of a database. */
export interface Roles {
  readonly reader: string;
  readonly runtime: string;
  /** The schema of the tables. */
  readonly schema: string;
  /** The schema of the reader's views. */
  readonly readerSchema: string;
}

/** A role, as the connected user finds it. */
interface RoleState {
  readonly exists: boolean;
  /** Whether the connected user may switch to it. */
  readonly mayBecome: boolean;
  /** Whether no right can be taken from it. */
  readonly isPowerful: boolean;
}

/** A database, as the connected user finds it. */
export interface DatabaseFacts {
  readonly user: string;
  /** The owner of the tables; for an empty database, who will be: the user, if they may create tables there, the database's owner, if they may, or the schema's owner. */
  readonly owner: string;
  readonly roles: Roles;
  /** The roles that the policies are for; undefined: there are none yet. */
  readonly settled: Pick<Roles, "reader" | "runtime"> | undefined;
  readonly reader: RoleState;
  readonly runtime: RoleState;
  readonly hasReaderSchema: boolean;
  /** Whether the user has the rights of the owner. */
  readonly isOwner: boolean;
}

// from version 16 on, the maker of a role is a member that may not yet switch to it
const mayBecome = `pg_has_role(current_user, r.oid,
  CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)`;
const policyRole = (policy: string): string =>
  `(SELECT r.rolname::text FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
    WHERE p.polrelid = to_regclass('organization') AND p.polname = '${policy}')`;
const facts = `SELECT current_user::text AS user, current_schema()::text AS schema,
  coalesce((SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = to_regclass('organization')),
    CASE WHEN has_schema_privilege(n.oid, 'CREATE') THEN current_user
      WHEN has_schema_privilege(d.datdba, n.oid, 'CREATE') THEN pg_get_userbyid(d.datdba)
      ELSE pg_get_userbyid(n.nspowner) END)::text AS owner,
  ${policyRole("organization_in_row_scope")} AS reader, ${policyRole("organization_at_runtime")} AS runtime
  FROM pg_database d LEFT JOIN pg_namespace n ON n.nspname = current_schema() WHERE d.datname = current_database()`;
const roleStates = `SELECT n.name, r.oid IS NOT NULL AS "exists", coalesce(${mayBecome}, false) AS "mayBecome",
    coalesce(r.rolsuper OR r.rolbypassrls, false) AS "isPowerful"
  FROM unnest($1::text[]) AS n (name) LEFT JOIN pg_roles r ON r.rolname = n.name`;
const names = `SELECT coalesce($1::text, n.base || '_reader') AS reader, coalesce($2::text, n.base || '_runtime') AS runtime,
    s.base || '_reader' AS "readerSchema",
    EXISTS (SELECT FROM pg_namespace WHERE nspname = s.base || '_reader') AS "hasReaderSchema",
    pg_has_role(current_user, $3::text, 'USAGE') AS "isOwner"
  FROM (SELECT CASE WHEN octet_length($3::text) <= 55 THEN $3::text ELSE md5($3::text) END) AS n (base),
    (SELECT CASE WHEN octet_length($4::text) <= 56 THEN $4::text ELSE md5($4::text) END) AS s (base)`;

/** The only row of a statement without a table. */
async function oneRow<T extends object>(
  client: pg.ClientBase,
  text: string,
  values: unknown[] = [],
): Promise<T> {
  return (await client.query<T>({ text, values })).rows[0]!;
}

interface FoundRoles {
  readonly user: string;
  readonly schema: string | null;
  readonly owner: string;
  readonly reader: string | null;
  readonly runtime: string | null;
}

type FoundNames = Omit<Roles, "schema"> & Pick<DatabaseFacts, "hasReaderSchema" | "isOwner">;

/** Looks at a database. Configured names win over the settled ones, and those over names after the owner. */
export async function factsOf(client: pg.ClientBase, configured: RoleNames): Promise<DatabaseFacts> {
  const found = await oneRow<FoundRoles>(client, facts);
  if (found.schema === null) throw Object.assign(new Error("no schema has been selected"), { code: "3F000" });
  const { user, schema, owner } = found;
  const { hasReaderSchema, isOwner, ...named } = await oneRow<FoundNames>(client, names, [
    configured.reader ?? found.reader,
    configured.runtime ?? found.runtime,
    owner,
    schema,
  ]);
  const roles = { ...named, schema };
  if (roles.runtime === owner || roles.reader === owner || roles.reader === roles.runtime) {
    throw new DaybookError("config-invalid", {
      detail: `The owner of the tables (${sqlName(owner)}), the runtime role (${sqlName(roles.runtime)}) and the reader (${sqlName(roles.reader)}) must be three roles.`,
      remedy: "Correct DAYBOOK_READER_ROLE and DAYBOOK_RUNTIME_ROLE.",
    });
  }
  const { rows: states } = await client.query<RoleState & { name: string }>({
    text: roleStates,
    values: [[roles.reader, roles.runtime]],
  });
  const stateOf = (name: string): RoleState => states.find((state) => state.name === name)!;
  const { reader, runtime } = found;
  return {
    user,
    owner,
    roles,
    settled: reader === null || runtime === null ? undefined : { reader, runtime },
    reader: stateOf(roles.reader),
    runtime: stateOf(roles.runtime),
    hasReaderSchema,
    isOwner,
  };
}

/** The statements that make the roles and let the user switch to them; none if nothing is missing. */
export function roleStatements({ user, roles, reader, runtime }: DatabaseFacts): string[] {
  const states: [string, RoleState][] = [
    [roles.reader, reader],
    [roles.runtime, runtime],
  ];
  const missing = states
    .filter(([, { exists }]) => !exists)
    .map(([name]) => `CREATE ROLE ${sqlName(name)} NOLOGIN;`);
  const closed = states
    .filter(([name, state]) => !state.mayBecome && name !== user)
    .map(([name]) => sqlName(name));
  return closed.length === 0 ? missing : [...missing, `GRANT ${closed.join(", ")} TO ${sqlName(user)};`];
}
