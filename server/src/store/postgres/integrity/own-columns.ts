/** The columns of Daybook's own rows in the terms of its events, as SQL expressions. */
import type { DeploymentTable, OrganizationTable, OwnTable } from "../../contract/integrity.ts";

/** Expressions by column, of a table with the alias `t`. */
type Expressions = Readonly<Record<string, string>>;

// to_char would give the same text for times before the common era, and none for infinity
const time = (column: string): string =>
  `CASE WHEN t.${column} >= '0001-01-01Z' AND t.${column} < '9999-01-01Z'
    THEN to_char(t.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE t.${column}::text END`;
const isTime = /_(at|until|since)$/;
const plain = (...names: string[]): Expressions =>
  Object.fromEntries(names.map((name) => [name, isTime.test(name) ? time(name) : `t.${name}`]));
const texts = (...names: string[]): Expressions =>
  Object.fromEntries(names.map((name) => [name, `t.${name}::text`]));

// base64 has no line ends in 32 bytes
const credential = (...names: string[]): Expressions =>
  Object.fromEntries(
    names.map((name) => [
      name,
      String.raw`rtrim(translate(encode(sha256('daybook credential\012'::bytea || t.${name}), 'base64'), '+/', '-_'), '=')`,
    ]),
  );
const userOf = (column: string): string => `(SELECT u.id FROM user_account u WHERE u.user_id = t.${column})`;
const organization: Expressions = {
  organization_id: "(SELECT o.id FROM organization o WHERE o.organization_id = t.organization_id)",
};
const user: Expressions = { user_id: userOf("user_id") };
// no event has the words of a view of one's own
const ofEveryone = (...names: string[]): Expressions =>
  Object.fromEntries(names.map((name) => [name, `CASE WHEN t.user_id IS NULL THEN t.${name} END`]));
const digest: Expressions = { digest: "encode(sha256(convert_to(t.definition, 'UTF8')), 'hex')" };

export const ownColumns: { readonly [Table in OwnTable]: Expressions } = {
  organization: {
    ...plain("id", "slug", "name", "created_at", "closed_at"),
    ...plain("description", "email", "location", "website", "version"),
  },
  log: { ...organization, ...plain("log_no", "origin", "opened_at"), ...texts("final_size") },
  head: { ...organization, ...plain("log_no", "origin", "closed") },
  event_type: { ...organization, ...plain("name", "version", "registration", "created_at"), ...digest },
  membership: { ...organization, ...user, ...plain("version", "role", "joined_at") },
  invitation: {
    ...organization,
    ...plain("id", "email", "email_key", "role", "state", "invited_by", "created_at", "expires_at"),
    ...credential("token_hash"),
  },
  team: { ...organization, ...plain("id", "version", "name", "name_key", "role", "created_at") },
  team_member: { ...organization, ...user, ...plain("team_id", "joined_at") },
  saved_view: {
    ...organization,
    ...user,
    ...plain("id", "version", "created_at"),
    ...ofEveryone("name", "name_key", "search"),
  },
  api_client: {
    ...organization,
    ...plain("id", "version", "expiry_warned", "name", "name_key"),
    ...plain("created_at", "revoked_at", "deleted_at", "created_by"),
    ...texts("expires_on"),
    scopes: "array_to_json(t.scopes)::text",
    creator_id: userOf("creator_id"),
  },
  api_client_token: {
    ...organization,
    ...plain("client_id", "prefix", "created_at", "works_until"),
    ...credential("token_hash"),
  },
  viewer_session: {
    ...organization,
    ...plain("id", "role", "viewer_id", "viewer_name", "only_target", "client_id", "opener_session"),
    opener_id: userOf("opener_id"),
    ...plain("created_at", "expires_at"),
    ...credential("token_hash", "operator_token_hash"),
  },
  deployment: {
    ...plain("singleton", "log_name", "created_at", "operator_token_since"),
    public_key: "encode(t.public_key, 'base64')",
    ...credential("operator_token_hash"),
  },
  integrity_check: {
    ...plain("singleton", "organizations", "findings", "started_at", "finished_at"),
    ...texts("events"),
  },
  service_event_type: { ...plain("name", "version", "registration", "created_at"), ...digest },
  user_account: {
    ...plain("id", "email", "email_key", "name", "issuer", "subject", "is_operator", "created_at"),
    has_password: "t.password IS NOT NULL",
  },
  session: {
    ...user,
    ...plain("id", "method", "user_agent", "created_at", "expires_at"),
    ...credential("token_hash"),
  },
  personal_token: {
    ...user,
    ...plain("id", "prefix", "created_at", "expires_at"),
    ...credential("token_hash"),
  },
  one_time_code: { ...user, ...plain("issued_by", "created_at", "expires_at"), ...credential("code_hash") },
  second_factor: { ...user, ...plain("kind", "created_at") },
  recovery_codes: { ...user, ...plain("codes") },
};

const ofOrganizations: { readonly [Table in OrganizationTable]: true } = {
  organization: true,
  log: true,
  head: true,
  event_type: true,
  membership: true,
  invitation: true,
  team: true,
  team_member: true,
  saved_view: true,
  api_client: true,
  api_client_token: true,
  viewer_session: true,
};

const sources: { readonly [Table in DeploymentTable]?: string } = {
  // before the first check is complete, the row has nothing that an event says
  integrity_check: "(SELECT * FROM integrity_check WHERE finished_at IS NOT NULL)",
  recovery_codes: "(SELECT r.user_id, count(*)::integer AS codes FROM recovery_code r GROUP BY r.user_id)",
};

/** A query for all rows of a table. */
export const selectOwnRows = (table: OwnTable): string => {
  const columns = Object.entries(ownColumns[table]).map(([name, expression]) => `${expression} AS ${name}`);
  return `SELECT ${columns.join(", ")} FROM ${sources[table as DeploymentTable] ?? table} t`;
};

/** Whether each row of a table belongs to an organization, whose number it has. */
export const isOfOrganization = (table: OwnTable): boolean => table in ofOrganizations;
