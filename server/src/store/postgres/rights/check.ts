/** Which rights of the list the two roles of a database lack, and where the reader sees rows that it must not see. */
import type pg from "pg";
import { readerPolicies, readerViews, runtimeRights, sequences, walledTables } from "./list.ts";
import type { Roles } from "./roles.ts";

/** A right that a role needs: on a table, or on one column of it. */
interface NeededRight {
  readonly role: string;
  readonly privilege: string;
  readonly schema: string;
  readonly relation: string;
  readonly column: string | null;
}

function neededByRuntime({ runtime, schema }: Roles): NeededRight[] {
  const of = (relation: string, privilege: string, column: string | null = null): NeededRight => ({
    role: runtime,
    privilege,
    schema,
    relation,
    column,
  });
  const onTables = Object.entries(runtimeRights).flatMap(
    ([table, { insert, update = [], delete: removes }]) => [
      of(table, "SELECT"),
      ...(insert ? [of(table, "INSERT")] : []),
      ...(removes ? [of(table, "DELETE")] : []),
      ...update.map((column) => of(table, "UPDATE", column)),
    ],
  );
  return [...onTables, ...sequences.map((sequence) => of(sequence, "SELECT"))];
}

function neededByReader({ reader: role, schema, readerSchema }: Roles): NeededRight[] {
  const select = { role, privilege: "SELECT" };
  const onTables = Object.entries(readerPolicies).flatMap(([relation, { columns }]) =>
    (columns ?? [null]).map((column) => ({ ...select, schema, relation, column })),
  );
  const onViews = Object.keys(readerViews).map((relation) => ({
    ...select,
    schema: readerSchema,
    relation,
    column: null,
  }));
  return [...onTables, ...onViews];
}

// by the catalogue: a name in a schema that the user may not use is an error
const lacking = `SELECT n.role, n.privilege, n.relation, n.name AS column
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
    AS n (role, privilege, schema, relation, name, place)
  LEFT JOIN (pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace) ON c.relname = n.relation AND s.nspname = n.schema
  WHERE NOT coalesce(CASE
    WHEN c.relkind = 'S' THEN has_sequence_privilege(n.role, c.oid, n.privilege)
    WHEN n.name IS NULL THEN has_table_privilege(n.role, c.oid, n.privilege)
    ELSE has_column_privilege(n.role, c.oid, n.name, n.privilege) END, false)
  ORDER BY n.place`;
const lackingSchemas = `SELECT n.role, n.schema FROM unnest($1::text[], $2::text[]) AS n (role, schema)
  WHERE NOT coalesce((SELECT has_schema_privilege(n.role, s.oid, 'USAGE') FROM pg_namespace s WHERE s.nspname = n.schema), false)`;
const lackingPolicies = `SELECT n.policy, n.relation FROM unnest($1::text[], $2::text[], $3::text[]) AS n (policy, relation, role)
  WHERE NOT EXISTS (SELECT FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
    WHERE p.polrelid = to_regclass(n.relation) AND p.polname = n.policy AND r.rolname = n.role)`;

const readableTables = `SELECT c.relname AS relation FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE s.nspname = $2 AND c.relname = ANY ($3) AND has_any_column_privilege($1, c.oid, 'SELECT') ORDER BY 1`;

/** What a statement of this file finds: the columns that it selects. */
type Found = Readonly<Record<"role" | "privilege" | "schema" | "relation" | "column" | "policy", string>>;
type FindRows = (text: string, values: unknown[]) => Promise<Found[]>;

const isScoped = (definition: string): string =>
  `strpos(coalesce(${definition}, ''), 'daybook.organization') > 0`;
const withoutWall = `SELECT c.relname AS relation FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE s.nspname = $1 AND c.relname = ANY ($2) AND NOT c.relrowsecurity ORDER BY 1`;
// 0 is every role
const widePolicies = `SELECT p.polname AS policy, c.relname AS relation
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE s.nspname = $1 AND c.relname = ANY ($2) AND p.polpermissive AND p.polcmd IN ('r', '*')
    AND EXISTS (SELECT FROM unnest(p.polroles) AS r (oid)
      WHERE CASE r.oid WHEN 0 THEN true ELSE pg_has_role($3, r.oid, 'MEMBER') END)
    AND NOT ${isScoped("pg_get_expr(p.polqual, p.polrelid)")} ORDER BY 2, 1`;
const wideViews = `SELECT c.relname AS relation FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
  WHERE s.nspname = $1 AND c.relname = ANY ($2) AND NOT ${isScoped("pg_get_viewdef(c.oid)")} ORDER BY 1`;

/** Where the reader sees the rows of every organization. */
async function openWalls(rowsOf: FindRows, { reader, schema, readerSchema }: Roles): Promise<string[]> {
  const unwalled = await rowsOf(withoutWall, [schema, walledTables]);
  const policies = await rowsOf(widePolicies, [schema, walledTables, reader]);
  const views = await rowsOf(wideViews, [readerSchema, Object.keys(readerViews)]);
  return [
    ...unwalled.map(({ relation }) => `the row-level security of ${relation} is off`),
    ...policies.map(
      ({ policy, relation }) => `the policy ${policy} of ${relation} shows ${reader} every organization`,
    ),
    ...views.map(({ relation }) => `the view ${relation} shows ${reader} every organization`),
  ];
}

/**
 * The missing rights, as the middle of a sentence: `app_runtime lacks INSERT on event`; and those of the reader that are too wide. Both roles
 * exist.
 */
export async function missingRights(client: pg.ClientBase, roles: Roles): Promise<string[]> {
  const { reader, runtime, schema, readerSchema } = roles;
  const rowsOf: FindRows = async (text, values) => (await client.query<Found>({ text, values })).rows;
  const schemas = await rowsOf(lackingSchemas, [
    [runtime, reader, reader],
    [schema, schema, readerSchema],
  ]);
  const needed = [...neededByRuntime(roles), ...neededByReader(roles)];
  const rights = await rowsOf(lacking, [
    needed.map(({ role }) => role),
    needed.map(({ privilege }) => privilege),
    needed.map((one) => one.schema),
    needed.map(({ relation }) => relation),
    needed.map(({ column }) => column),
  ]);
  const wide = await rowsOf(readableTables, [reader, schema, Object.keys(readerViews)]);
  const scoped = Object.keys(readerPolicies);
  const policies = await rowsOf(lackingPolicies, [
    [
      ...scoped.map((table) => `${table}_in_row_scope`),
      ...walledTables.map((table) => `${table}_at_runtime`),
    ],
    [...scoped, ...walledTables],
    [...scoped.map(() => reader), ...walledTables.map(() => runtime)],
  ]);
  return [
    ...(await openWalls(rowsOf, roles)),
    ...wide.map(({ relation }) => `${reader} may read the table ${relation}, and not only its view`),
    ...schemas.map((found) => `${found.role} lacks USAGE on the schema ${found.schema}`),
    ...rights.map(
      ({ role, privilege, relation, column }) =>
        `${role} lacks ${privilege}${column ? ` (${column})` : ""} on ${relation}`,
    ),
    ...policies.map(({ policy, relation }) => `the policy ${policy} of ${relation} is gone`),
  ];
}
