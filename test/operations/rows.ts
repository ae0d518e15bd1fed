/**
 * Daybook's own rows in the terms of its events: public ids in place of numbers, and the digest of a secret in place of its hash. Each
 * column of a table is either read here, or listed as one that no event has, with the reason.
 */
import type { QueryResult } from "pg";
import { credentialOf } from "../../server/src/secrets/index.ts";
import type { OperationsWorld } from "./world.ts";

export type TableRow = Readonly<Record<string, unknown>>;
/** By table, by the row's key. */
export type Rows = Record<string, Record<string, TableRow>>;

interface Table {
  /** Column expressions by name. A name that ends in `_hash` gives the digest of the hash. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  /** Columns that no event has, with the reason. */
  readonly untold?: Readonly<Record<string, string>>;
}

const organization = "(SELECT o.id FROM organization o WHERE o.organization_id = t.organization_id)";
const user = "(SELECT u.id FROM user_account u WHERE u.user_id = t.user_id)";
const time = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const own = (...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, /_(at|until|since)$/.test(name) ? time(`t.${name}`) : `t.${name}`]),
  );
const hash = (name: string): Record<string, string> => ({ [name]: `encode(t.${name}, 'hex')` });

const number = { organization_id: "the store's own number; events have the public id" };
const userNumber = { user_id: "the store's own number; events have the public id" };

const digest = { digest: "encode(sha256(convert_to(t.definition, 'UTF8')), 'hex')" };
const definition = { definition: "it may contain personal data; the log has its digest" };

export const tables: Readonly<Record<string, Table>> = {
  deployment: {
    columns: {
      ...own("singleton", "log_name", "created_at", "operator_token_since"),
      public_key: "encode(t.public_key, 'base64')",
      ...hash("operator_token_hash"),
    },
    key: ["singleton"],
    untold: { secrets_key_id: "the name of the key that encrypts secrets; the key is in the data folder" },
  },
  event_type: {
    columns: {
      organization_id: organization,
      ...own("name", "version", "registration", "created_at"),
      ...digest,
    },
    key: ["organization_id", "name", "version"],
    untold: definition,
  },
  service_event_type: {
    columns: { ...own("name", "version", "registration", "created_at"), ...digest },
    key: ["name", "version"],
    untold: definition,
  },
  event_type_name: { columns: own("name", "of_service"), key: ["name"] },
  organization: {
    columns: own(
      "id",
      "slug",
      "name",
      "created_at",
      "closed_at",
      "description",
      "email",
      "location",
      "website",
      "version",
    ),
    key: ["id"],
    untold: number,
  },
  log: {
    columns: { organization_id: organization, ...own("log_no", "origin", "opened_at") },
    key: ["origin"],
    untold: { final_size: "the log itself shows its size" },
  },
  user_account: {
    columns: own("id", "email", "email_key", "name", "issuer", "subject", "is_operator", "created_at"),
    key: ["id"],
    untold: { ...userNumber, password: "the log has no password hashes" },
  },
  session: {
    columns: {
      user_id: user,
      ...own("id", "method", "user_agent", "created_at", "expires_at"),
      ...hash("token_hash"),
    },
    key: ["id"],
    untold: { authenticated_at: "time of the last confirmation", last_seen_at: "time of the last use" },
  },
  personal_token: {
    columns: {
      user_id: user,
      ...own("id", "prefix", "created_at", "expires_at"),
      ...hash("token_hash"),
    },
    key: ["id"],
    untold: {
      name: "its holder's own words, which the logs of several organizations would show",
      last_used_on: "time of the last use",
    },
  },
  one_time_code: {
    columns: { user_id: user, ...own("issued_by", "created_at", "expires_at"), ...hash("code_hash") },
    key: ["code_hash"],
  },
  membership: {
    columns: { organization_id: organization, user_id: user, ...own("version", "role", "joined_at") },
    key: ["organization_id", "user_id"],
  },
  invitation: {
    columns: {
      organization_id: organization,
      ...own("id", "email", "email_key", "role", "state", "created_at", "expires_at"),
      invited_by: "t.invited_by::json",
      ...hash("token_hash"),
    },
    key: ["id"],
  },
  team: {
    columns: {
      organization_id: organization,
      ...own("id", "version", "name", "name_key", "role", "created_at"),
    },
    key: ["id"],
  },
  team_member: {
    columns: { organization_id: organization, user_id: user, ...own("team_id", "joined_at") },
    key: ["team_id", "user_id"],
  },
  api_client: {
    columns: {
      organization_id: organization,
      ...own("id", "version", "expiry_warned", "name", "name_key", "created_at", "revoked_at", "deleted_at"),
      expires_on: "t.expires_on::text",
      scopes: "to_json(t.scopes)",
      created_by: "t.created_by::json",
      creator_id: "(SELECT u.id FROM user_account u WHERE u.user_id = t.creator_id)",
    },
    key: ["id"],
    untold: { last_used_on: "time of the last use" },
  },
  second_factor: {
    columns: { user_id: user, ...own("kind", "created_at") },
    key: ["user_id"],
    untold: {
      id: "the context that the secret is encrypted for",
      sealed: "the secret itself, encrypted",
      last_step: "time of the last use",
    },
  },
  viewer_session: {
    columns: {
      organization_id: organization,
      ...own("id", "role", "viewer_id", "viewer_name", "only_target", "client_id", "opener_session"),
      opener_id: "(SELECT u.id FROM user_account u WHERE u.user_id = t.opener_id)",
      ...own("created_at", "expires_at"),
      ...hash("token_hash"),
      ...hash("operator_token_hash"),
    },
    key: ["id"],
  },
  api_client_token: {
    columns: {
      organization_id: organization,
      ...own("client_id", "prefix", "created_at", "works_until"),
      ...hash("token_hash"),
    },
    key: ["token_hash"],
  },
};

/** Tables without events, with the reason. */
export const untoldTables: Readonly<Record<string, string>> = {
  event: "the log itself",
  event_target: "the log itself",
  head: "the log itself",
  tile: "the log itself",
  event_words: "computed from the log",
  follower: "the positions of followers",
  schema_migration: "the version of the schema; the content of rows stays the same",
  idempotency: "requests of the last week, to detect repeats",
  denial: "counts of denied attempts, until an event has them",
  half_session: "an incomplete sign-in",
  known_browser: "the browsers that signed in before",
  recovery_code: "hashes of recovery codes; an event says that there are new codes",
};

/** One statement a table. */
const statements = Object.entries(tables).map(([table, { columns }]) => {
  const list = Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`);
  return `SELECT ${list.join(", ")} FROM ${table} t`;
});

/** All of them as they are now, read in one round trip. */
export async function rowsOf({ sql }: Pick<OperationsWorld, "sql">): Promise<Rows> {
  const results = (await sql.query(statements.join(";\n"))) as unknown as readonly QueryResult[];
  const entries = Object.entries(tables).map(([table, { key }], i) => [table, byKey(results[i]!, key)]);
  return Object.fromEntries(entries);
}

function byKey({ rows }: QueryResult, key: readonly string[]): Record<string, TableRow> {
  return Object.fromEntries(
    rows.map((row: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(row))
        if (name.endsWith("_hash") && value !== null)
          row[name] = credentialOf(Buffer.from(value as string, "hex"));
      return [key.map((name) => row[name]).join(" "), row];
    }),
  );
}
