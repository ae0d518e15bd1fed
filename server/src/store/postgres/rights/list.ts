/**
 * The rights of the two roles with which a server works: the one list that the grants in the database come from. The owner of the tables
 * has more, and uses it only to migrate.
 *
 * The runtime role owns nothing and may read everything (a backup and fsck do). The list says what else it may do with each table. A test
 * compares it with the statements of the driver: each must work, and each right must be needed by one.
 *
 * The reader reads for one caller: the rows of the organization in the setting daybook.organization, and none without it.
 */

/** What the runtime role may do with a table besides SELECT. */
interface RuntimeRights {
  readonly insert?: true;
  /** Columns. To lock a row takes the right to update one of its columns. */
  readonly update?: readonly string[];
  readonly delete?: true;
}

/** What is recorded has no UPDATE and no DELETE. */
export const runtimeRights: Readonly<Record<string, RuntimeRights>> = {
  api_client: {
    insert: true,
    update: ["version", "last_used_on", "expiry_warned", "name", "name_key", "revoked_at", "deleted_at"],
  },
  api_client_token: { insert: true, update: ["works_until"] },
  denial: { insert: true, update: ["pending", "recorded_at", "event"] },
  deployment: { insert: true, update: ["operator_token_hash", "operator_token_since", "secrets_key_id"] },
  event: { insert: true },
  event_target: { insert: true },
  event_type: { insert: true },
  event_type_name: { insert: true },
  follower: { insert: true, update: ["log_no", "next_seq", "claimed_until", "failures"] },
  full_text_block: { insert: true, delete: true },
  full_text_changed: { insert: true, delete: true },
  full_text_segment: { insert: true, delete: true },
  half_session: { insert: true, update: ["tries"], delete: true },
  head: { insert: true, update: ["log_no", "closed", "size", "recorded_at", "origin", "frontier"] },
  idempotency: { insert: true, update: ["status", "body"], delete: true },
  integrity_check: {
    insert: true,
    update: [
      ...["organizations", "findings", "events", "started_at", "finished_at"],
      ...["begun_at", "claimed_until", "position"],
    ],
  },
  invitation: { insert: true, update: ["state"] },
  known_browser: { insert: true, update: ["token_hash", "expires_at"], delete: true },
  log: { insert: true, update: ["final_size"] },
  // the command for backups notes its result
  maintenance: { insert: true, update: ["backup_tried_at", "backup_made_at", "backup_bytes"] },
  membership: { insert: true, update: ["role", "version"], delete: true },
  // it is taken, or removed at its end: the column is for the lock
  one_time_code: { insert: true, update: ["created_at"], delete: true },
  organization: {
    insert: true,
    update: ["name", "closed_at", "description", "email", "location", "website", "version"],
  },
  personal_token: { insert: true, update: ["last_used_on"], delete: true },
  recovery_code: { insert: true, delete: true },
  saved_view: { insert: true, update: ["version", "name", "name_key", "search"], delete: true },
  schema_migration: {},
  second_factor: { insert: true, update: ["sealed", "last_step"], delete: true },
  service_event_type: { insert: true },
  session: { insert: true, update: ["authenticated_at", "last_seen_at"], delete: true },
  team: { insert: true, update: ["version", "name", "name_key", "role"], delete: true },
  team_member: { insert: true, delete: true },
  tile: { insert: true },
  user_account: { insert: true, update: ["name", "password", "issuer", "subject", "is_operator"] },
  // the column is for the lock
  viewer_session: { insert: true, update: ["created_at"], delete: true },
};

/** The counters of the tables with identities, which a backup reads. */
export const sequences: readonly string[] = ["organization_organization_id_seq", "user_account_user_id_seq"];

/** Which rows of a table the reader sees. */
interface ReaderRights {
  /** The sentence above its policy or view. */
  readonly sentence: string;
  /** Without secrets; absent: all columns. */
  readonly columns?: readonly string[];
  /** Absent: `organization_id` is the row scope. */
  readonly rows?: string;
}

const rowScope = "NULLIF(current_setting('daybook.organization', true), '')::integer";

/** The usual condition. */
export const inRowScope: string = `organization_id = ${rowScope}`;

/** Tables with row-level security, and what the reader sees of them. */
export const readerPolicies: Readonly<Record<string, ReaderRights>> = {
  organization: { sentence: "The organization itself." },
  log: { sentence: "Its logs." },
  head: { sentence: "Their heads." },
  event_type: { sentence: "Its event types." },
  membership: { sentence: "Its members." },
  user_account: {
    sentence: "The people who are members of it.",
    columns: ["user_id", "id", "email", "name"],
    rows: `EXISTS (SELECT FROM membership m WHERE m.user_id = user_account.user_id AND m.organization_id = ${rowScope})`,
  },
  invitation: {
    sentence: "Its invitations.",
    columns: ["organization_id", "id", "email", "role", "invited_by", "state", "created_at", "expires_at"],
  },
  team: { sentence: "Its teams." },
  team_member: { sentence: "The members of its teams." },
  saved_view: { sentence: "Its saved views." },
  api_client: {
    sentence: "Its API clients.",
    columns: [
      ...[
        "organization_id",
        "version",
        "expires_on",
        "last_used_on",
        "expiry_warned",
        "id",
        "name",
        "scopes",
      ],
      ...["created_by", "creator_id", "created_at", "revoked_at", "deleted_at"],
    ],
  },
  api_client_token: {
    sentence: "The prefixes of their tokens.",
    columns: ["organization_id", "client_id", "prefix", "created_at"],
  },
  follower: { sentence: "How far its log is followed." },
  full_text_changed: { sentence: "The events that its full-text index has otherwise." },
};

/** Tables with row-level security of which the reader sees nothing: no page shows them. */
const closedTables: readonly string[] = ["denial", "idempotency", "viewer_session"];

/** The tables with row-level security. */
export const walledTables: readonly string[] = [...Object.keys(readerPolicies), ...closedTables];

/**
 * Tables that COPY writes. PostgreSQL refuses COPY under row-level security to all but the owner, so these have none: the reader has no
 * right on them, and reads views of the same names in a schema of its own.
 */
export const readerViews: Readonly<Record<string, ReaderRights>> = {
  event: { sentence: "Its events." },
  event_target: { sentence: "The targets of its events." },
  tile: { sentence: "The tiles of its trees." },
  full_text_segment: { sentence: "The segments of its full-text index." },
  full_text_block: { sentence: "Their blocks." },
};
