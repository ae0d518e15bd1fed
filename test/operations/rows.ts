/**
 * Daybook's own rows in the terms of its events: public ids in place of numbers, and the digest of a secret in place of its hash. Each
 * column of a table is either read here or named as one that no event tells, with the reason.
 */
import { credentialOf } from "../../server/src/secrets/index.ts";
import type { World } from "./world.ts";

export type Row = Readonly<Record<string, unknown>>;
/** By table, by the row's key. */
export type Rows = Record<string, Record<string, Row>>;

interface Table {
  /** Column expressions; of those whose name ends in `_hash` the digest is taken. Absent name: the column's own. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  /** Columns that are no state that an event could tell, and why. */
  readonly untold?: Readonly<Record<string, string>>;
}

const organization = "(SELECT o.id FROM organization o WHERE o.organization_id = t.organization_id)";
const user = "(SELECT u.id FROM user_account u WHERE u.user_id = t.user_id)";
const time = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const own = (...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, /_(at|until)$/.test(name) ? time(`t.${name}`) : `t.${name}`]),
  );
const hash = (name: string): Record<string, string> => ({ [name]: `encode(t.${name}, 'hex')` });

const number = { organization_id: "the store's own number of what has an id" };
const userNumber = { user_id: "the store's own number of what has an id" };

export const tables: Readonly<Record<string, Table>> = {
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
    untold: { final_size: "the log itself tells it" },
  },
  user_account: {
    columns: own("id", "email", "email_key", "name", "issuer", "subject", "is_operator", "created_at"),
    key: ["id"],
    untold: { ...userNumber, password: "password hashes are told to nobody" },
  },
  session: {
    columns: {
      user_id: user,
      ...own("id", "method", "user_agent", "created_at", "expires_at"),
      ...hash("token_hash"),
    },
    key: ["id"],
    untold: { authenticated_at: "bookkeeping of the last use", last_seen_at: "bookkeeping of the last use" },
  },
  personal_token: {
    columns: {
      user_id: user,
      ...own("id", "prefix", "created_at", "expires_at"),
      ...hash("token_hash"),
    },
    key: ["id"],
    untold: {
      name: "its holder's words: the logs of several organizations would tell it",
      last_used_on: "last use",
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
      ...own("id", "version", "expiry_said", "name", "name_key", "created_at", "revoked_at", "deleted_at"),
      expires_on: "t.expires_on::text",
      scopes: "to_json(t.scopes)",
      created_by: "t.created_by::json",
      creator_id: "(SELECT u.id FROM user_account u WHERE u.user_id = t.creator_id)",
    },
    key: ["id"],
    untold: { last_used_on: "last use" },
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

/** Tables that no event folds into, and why. */
export const untoldTables: Readonly<Record<string, string>> = {
  event: "the log",
  event_target: "the log",
  event_words: "made from the log",
  words_indexed: "made from the log",
  head: "the log",
  tile: "the log",
  schema_migration: "the schema",
  deployment:
    "its name and key are those of LOG_OPENED; of the operator token see OPERATOR_TOKEN_REPLACED, from the first start on",
  event_type: "EVENT_TYPE_REGISTERED tells name and version",
  service_event_type: "EVENT_TYPE_REGISTERED tells name and version",
  event_type_name: "made from the event types, so that each name is taken once",
  idempotency: "idempotency",
  refusal: "counts of denials",
  half_session: "a sign-in that is not done yet",
  known_browser: "last use",
  recovery_code: "password hashes: the codes stand for one",
  second_factor: "its secret is told to nobody; its kind is",
  viewer_session: "VIEWER_SESSION_OPENED and _ENDED tell all but the token",
};

/** All of them as they are now. */
export async function rowsOf({ sql }: Pick<World, "sql">): Promise<Rows> {
  const rows: Rows = {};
  for (const [table, { columns, key }] of Object.entries(tables)) {
    const list = Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`);
    const found = await sql.query(`SELECT ${list.join(", ")} FROM ${table} t`);
    rows[table] = Object.fromEntries(
      found.rows.map((row: Record<string, unknown>) => {
        for (const [name, value] of Object.entries(row))
          if (name.endsWith("_hash")) row[name] = credentialOf(Buffer.from(value as string, "hex"));
        return [key.map((name) => row[name]).join(" "), row];
      }),
    );
  }
  return rows;
}
