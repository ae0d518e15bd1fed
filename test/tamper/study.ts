/**
 * 89 changes by a superuser that a study of faults tried when fsck only checked the logs: 36 were not found then. Its list names the tables
 * and columns; the statements are written anew for the present schema.
 */
import { append, emptyFrontier, slotDigest } from "daybook/internal";
import type pg from "pg";

export interface StudiedChange {
  readonly name: string;
  /** Runs in order; each must change something. */
  readonly statements: readonly string[] | ((sql: pg.Client) => Promise<readonly string[]>);
  /** Why fsck can't find it. */
  readonly unseen?: string;
}

const acme = "(SELECT o.organization_id FROM organization o WHERE o.description = 'Makes everything')";
const ofAcme = `organization_id = ${acme}`;
/** The event that has nearly every slot. */
const whole = `${ofAcme} AND reason = '"Ticket 871"'`;
const anEvent = `${ofAcme} AND seq = (SELECT e.seq FROM event e WHERE e.${ofAcme} AND e.reason = '"Ticket 871"')`;
const last = `${ofAcme} AND seq = (SELECT max(e.seq) FROM event e WHERE e.${ofAcme})`;

const set =
  (table: string, where: string) =>
  (change: string): StudiedChange => ({
    name: `${table}: ${change}`,
    statements: [`UPDATE ${table} SET ${change} WHERE ${where}`],
  });
const one = (table: string, where = "true"): string =>
  `ctid = (SELECT x.ctid FROM ${table} x WHERE ${where} ORDER BY x.ctid LIMIT 1)`;
const copied = (
  table: string,
  values: Readonly<Record<string, string>>,
  columns: string,
  where = "true",
): string => {
  const selected = columns.split(", ").map((name) => values[name] ?? name);
  return `INSERT INTO ${table} (${columns}) SELECT ${selected.join(", ")} FROM ${table} WHERE ${one(table, where)}`;
};

const otherText = (column: string): string => `${column} = replace(${column}, ':"', ':"x')`;
const eventColumns = [
  ...[
    "actor",
    "actor_personal",
    "context",
    "data_personal",
    "producer",
    "recorded_by",
    "targets",
    "targets_personal",
  ].map(otherText),
  `changes = replace(changes, '/name', '/email')`,
  `data = replace(data, 'OWNER', 'AUDITOR')`,
  `reason = '"Ticket 872"'`,
  "seq = 100000",
  "occurred_at = occurred_at - interval '1 day'",
  "recorded_at = recorded_at + interval '1 hour'",
  "organization_id = 0",
  "log_no = 1",
  "outcome = 's'",
  "id = '0193517a-0000-7000-8000-000000000000'",
  "type = 'NEW_TEAM'",
  "leaf_hash = sha256(leaf_hash)",
  "salts = set_byte(salts, 0, get_byte(salts, 0) # 1)",
  "actor_key = 'user:someone'",
  "changes_personal = '{}', salts = salts || '\\x00112233445566778899aabbccddeeff'",
  "rules = '2', salts = salts || '\\x00112233445566778899aabbccddeeff'",
  "type_version = '2', salts = salts || '\\x00112233445566778899aabbccddeeff'",
  "erased = 256, reason = NULL, digests = sha256('other'), salts = substr(salts, 1, octet_length(salts) - 16)",
].map(set("event", whole));

const eventRows: readonly StudiedChange[] = [
  { name: "event: the first deleted", statements: [`DELETE FROM event WHERE ${ofAcme} AND seq = 0`] },
  { name: "event: one in the middle deleted", statements: [`DELETE FROM event WHERE ${whole}`] },
  { name: "event: the last deleted", statements: [`DELETE FROM event WHERE ${last}`] },
  {
    name: "event: inserted",
    statements: [
      `INSERT INTO event (seq, occurred_at, recorded_at, organization_id, log_no, outcome, id, type, leaf_hash, salts, actor_key, actor)
        SELECT 100000, occurred_at, recorded_at, organization_id, log_no, 's', '0193517a-0000-7000-8000-000000000000', type, leaf_hash,
          substr(salts, 1, 16), actor_key, actor FROM event WHERE ${whole}`,
    ],
  },
  {
    name: "event: one past the end",
    statements: [
      `UPDATE head SET size = size - 1, frontier = substr(frontier, 1, 32 * bit_count((size - 1)::bit(64))::integer) WHERE ${ofAcme}`,
    ],
  },
];

const derived: readonly StudiedChange[] = [
  ...[
    "occurred_at = occurred_at - interval '1 day'",
    "seq = 7",
    "organization_id = 0",
    "log_no = 1",
    "by_daybook = NOT by_daybook",
    "target_key = 'user:someone'",
  ].map(set("event_target", anEvent)),
  { name: "event_target: deleted", statements: [`DELETE FROM event_target WHERE ${anEvent}`] },
  {
    name: "event_target: inserted twice",
    statements: [
      copied("event_target", {}, "occurred_at, seq, organization_id, log_no, by_daybook, target_key"),
    ],
  },
  ...[
    "tile_index = 1",
    "organization_id = 0",
    "log_no = 1",
    "level = 1",
    "root = sha256(root)",
    "hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1)",
  ].map(set("tile", ofAcme)),
  { name: "tile: deleted", statements: [`DELETE FROM tile WHERE ${ofAcme}`] },
  ...[
    "size = size - 1, frontier = substr(frontier, 1, 32 * bit_count((size - 1)::bit(64))::integer)",
    "frontier = set_byte(frontier, 5, get_byte(frontier, 5) # 1)",
    "origin = replace(origin, 'example', 'exempla')",
    "recorded_at = recorded_at + interval '1 second'",
    "log_no = 1",
  ].map(set("head", ofAcme)),
  ...["origin = replace(origin, 'example', 'exempla')"].map(set("log", ofAcme)),
  { name: "full_text_segment: deleted", statements: [`DELETE FROM full_text_segment WHERE ${ofAcme}`] },
];

/** Erases the reason of an event, as an erasure would: with its right digest. */
async function erased(sql: pg.Client): Promise<string[]> {
  const { rows } = await sql.query<{ reason: string; salt: Buffer; at: number }>(
    `SELECT reason, 1 + 16 * num_nonnulls(actor, actor_personal, changes, changes_personal, context, data, data_personal, producer) AS at,
      substr(salts, 1 + 16 * num_nonnulls(actor, actor_personal, changes, changes_personal, context, data, data_personal, producer), 16) AS salt
      FROM event WHERE ${whole}`,
  );
  const { reason, salt, at } = rows[0]!;
  const digest = Buffer.from(slotDigest(salt, "reason", reason), "base64url").toString("hex");
  return [
    `UPDATE event SET reason = NULL, erased = 256, digests = '\\x${digest}',
      salts = substr(salts, 1, ${at} - 1) || substr(salts, ${at} + 16) WHERE ${whole}`,
  ];
}

/** Deletes the last event and everything that shows it: the head is as it was before. */
async function rolledBack(sql: pg.Client): Promise<string[]> {
  const { rows } = await sql.query<{ hash: Buffer; recorded: string }>(
    `SELECT leaf_hash AS hash, recorded_at::text AS recorded FROM event WHERE ${ofAcme} ORDER BY seq`,
  );
  const before = rows.slice(0, -1);
  const { frontier } = append(
    emptyFrontier,
    0n,
    before.map(({ hash }) => hash),
  );
  const hex = Buffer.from(frontier).toString("hex");
  return [
    `DELETE FROM event_target WHERE ${last}`,
    `DELETE FROM full_text_segment WHERE ${ofAcme}`,
    `DELETE FROM full_text_block WHERE ${ofAcme}`,
    `DELETE FROM event WHERE ${last}`,
    `UPDATE head SET size = ${before.length}, frontier = '\\x${hex}', recorded_at = '${before.at(-1)!.recorded}' WHERE ${ofAcme}`,
    `DELETE FROM follower WHERE ${ofAcme}`,
  ];
}

const closedOne = "(SELECT o.organization_id FROM organization o WHERE o.closed_at IS NOT NULL)";
const organizations: readonly StudiedChange[] = [
  {
    name: "an organization deleted",
    statements: [
      ...[
        "event_target",
        "event",
        "full_text_segment",
        "full_text_block",
        "full_text_changed",
        "follower",
        "log",
        "head",
      ],
      "organization",
    ].map((table) => `DELETE FROM ${table} WHERE organization_id = ${closedOne}`),
  },
  {
    name: "event: rows of an organization that doesn't exist",
    statements: [`UPDATE event SET organization_id = 4711, seq = 0 WHERE ${whole}`],
  },
  {
    name: "event_target: past the end",
    statements: [`UPDATE event_target SET seq = 100000 WHERE ${anEvent}`],
  },
  ...["closed = true"].map(set("head", ofAcme)),
  ...["closed_at = clock_timestamp()", "name = 'Other'", "slug = 'other'", "id = 'org_other'"].map(
    set("organization", ofAcme),
  ),
  ...["created_at = created_at - interval '1 day'", "description = 'Makes nothing'"].map(
    set("organization", ofAcme),
  ),
  ...["final_size = 7", "opened_at = opened_at - interval '1 day'"].map(set("log", ofAcme)),
  ...["definition = replace(definition, 'paid', 'sent')"].map(set("event_type", `${ofAcme} AND version = 1`)),
  { name: "event_type: deleted", statements: [`DELETE FROM event_type WHERE ${ofAcme} AND version = 1`] },
  ...["data = data || '\\x00'"].map(set("full_text_block", ofAcme)),
];

const clientColumns =
  "organization_id, version, expires_on, id, name, name_key, scopes, created_by, creator_id, created_at, expiry_warned, revoked_at, deleted_at";
const active = "x.revoked_at IS NULL AND x.deleted_at IS NULL";
const access: readonly StudiedChange[] = [
  ...[
    "name = 'Other'",
    "expires_on = expires_on + 365",
    `scopes = '{events:import}'`,
    `created_by = '{"type":"user","id":"u_9"}'`,
  ].map(set("api_client", one("api_client", active))),
  ...["revoked_at = NULL"].map(set("api_client", one("api_client", "x.revoked_at IS NOT NULL"))),
  ...["deleted_at = NULL"].map(set("api_client", one("api_client", "x.deleted_at IS NOT NULL"))),
  {
    name: "api_client: inserted",
    statements: [copied("api_client", { id: "'client_other'", name_key: "'other'" }, clientColumns, active)],
  },
  { name: "api_client: deleted", statements: [`DELETE FROM api_client WHERE ${one("api_client", active)}`] },
  {
    name: "api_client_token: inserted",
    statements: [
      copied(
        "api_client_token",
        { token_hash: "sha256('other')" },
        "token_hash, organization_id, client_id, prefix, created_at, works_until",
      ),
    ],
  },
  ...["token_hash = sha256('other')"].map(set("api_client_token", one("api_client_token"))),
  ...["name = 'Other', name_key = 'other'", "role = 'DESIGNER'"].map(set("team", one("team"))),
  ...["state = 'open'"].map(set("invitation", one("invitation", "x.state = 'withdrawn'"))),
  {
    name: "membership: an owner inserted",
    statements: [
      `INSERT INTO membership (organization_id, user_id, role)
        SELECT ${acme}, u.user_id, 'OWNER' FROM user_account u WHERE u.is_operator LIMIT 1`,
    ],
  },
  {
    name: "user_account: an operator inserted",
    statements: [
      `INSERT INTO user_account (id, email, email_key, name, is_operator) VALUES ('user_other', 'o@x.example', 'o@x.example', 'O', true)`,
    ],
  },
  ...["is_operator = true"].map(set("user_account", one("user_account", "NOT x.is_operator"))),
  ...[
    "public_key = sha256(public_key)",
    "log_name = 'log.example.com'",
    "operator_token_hash = sha256('other')",
  ].map(set("deployment", "true")),
];

export const studied: readonly StudiedChange[] = [
  ...eventColumns,
  ...eventRows,
  ...derived,
  { name: "event: a slot erased with its right digest", statements: erased },
  {
    name: "event: the last deleted, with everything that shows it",
    statements: rolledBack,
    unseen: "The database is as it was before that event. Only a checkpoint kept outside shows it.",
  },
  ...organizations,
  ...access,
];
