/**
 * What fsck can't find, with the reason, and what PostgreSQL refuses. A key is a table, a column, or one kind of change: `follower: insert`.
 */
import type { Tampering } from "./changes.ts";

const lastUse = "No event says when something was last used.";
const secondFactor =
  "The secret is encrypted with a key outside the database, for this row: with another value, no code is accepted.";
const incomplete = "An incomplete sign-in lasts minutes, and needs a code that the database doesn't have.";
const follower =
  "The position of a follower has no event. fsck checks that it is within the log, and what it has indexed.";
const denial = "Counts of denied attempts have no event before their hour is over.";
const repeats = "Daybook keeps it for a week, only to answer a repeated request.";
const browser = "A known browser has no right: its holder only gets no mail about a new one.";
const running = "The check that is being made: it only decides when and where that one continues.";

const ownView =
  "Of a view of one's own, whose words no event has. Of a shared view, fsck finds every change.";

export const unseen: Readonly<Record<string, string>> = {
  "api_client.last_used_on": lastUse,
  denial,
  "deployment.secrets_key_id":
    "The key itself is outside the database. With another name, a start refuses its key.",
  "follower.claimed_until": follower,
  "follower.failures": follower,
  "follower: insert": "This version of Daybook reads no position of another follower.",
  half_session: incomplete,
  idempotency: repeats,
  "integrity_check.begun_at": running,
  "integrity_check.claimed_until": running,
  "integrity_check.position": running,
  known_browser: browser,
  full_text_changed: "Searches read these events themselves, so a wrong row costs only time.",
  maintenance:
    "No event says when the database was backed up or restored. The time of the last backup is a metric.",
  "personal_token.last_used_on": lastUse,
  "personal_token.name": "Its holder's own words, which the logs of several organizations would show.",
  "recovery_code.code_hash": "Events say how many recovery codes a person has, not which.",
  "schema_migration.applied_at": "Nothing depends on it.",
  "saved_view.name": ownView,
  "saved_view.name_key": ownView,
  "saved_view.search": ownView,
  "second_factor.id": secondFactor,
  "second_factor.sealed": secondFactor,
  "second_factor.last_step": lastUse,
  "session.authenticated_at": "No event says when someone last confirmed their identity.",
  "session.last_seen_at": lastUse,
  "user_account.password": "The log has no password hashes. fsck checks whether there is a password.",
};

/** Changes of these columns that are found nevertheless. */
const found: readonly string[] = ["user_account.password to null", "user_account.password from null"];

/** Why a change can't be found; undefined if it must be. */
export const reasonOf = ({ table, name }: Pick<Tampering, "table" | "name">): string | undefined =>
  found.includes(name) ? undefined : (unseen[name] ?? unseen[name.split(" ")[0]!] ?? unseen[table]);

/** The changes that a check of the schema refuses in every row, or that no row can have. */
export const refused: readonly string[] = [
  "denial.event to null",
  "denial.event from null",
  "deployment.singleton",
  "deployment.secrets_key_id from null",
  "deployment: insert",
  "event.erased",
  "event.digests",
  "event.digests to null",
  "event.digests from null",
  "event.actor_key to null",
  "event.actor_key from null",
  "event.actor to null",
  "event.actor from null",
  "event.actor_personal to null",
  "event.actor_personal from null",
  "event.changes to null",
  "event.changes from null",
  "event.changes_personal to null",
  "event.changes_personal from null",
  "event.context to null",
  "event.context from null",
  "event.data to null",
  "event.data from null",
  "event.data_personal to null",
  "event.data_personal from null",
  "event.producer to null",
  "event.producer from null",
  "event.reason to null",
  "event.reason from null",
  "event.recorded_by to null",
  "event.recorded_by from null",
  "event.rules",
  "event.rules to null",
  "event.rules from null",
  "event.targets to null",
  "event.targets from null",
  "event.targets_personal to null",
  "event.targets_personal from null",
  "event.type_version to null",
  "event.type_version from null",
  "follower.claimed_until",
  "follower.claimed_until to null",
  "half_session.user_agent from null",
  "head.recorded_at to null",
  "head.recorded_at from null",
  "idempotency.status to null",
  "idempotency.status from null",
  "idempotency.body to null",
  "idempotency.body from null",
  "integrity_check.singleton",
  "integrity_check.organizations to null",
  "integrity_check.organizations from null",
  "integrity_check.findings to null",
  "integrity_check.findings from null",
  "integrity_check.events to null",
  "integrity_check.events from null",
  "integrity_check.started_at to null",
  "integrity_check.started_at from null",
  "integrity_check.finished_at to null",
  "integrity_check.finished_at from null",
  "integrity_check.begun_at from null",
  "integrity_check.claimed_until from null",
  "integrity_check.position from null",
  "integrity_check: insert",
  "log.final_size",
  "log.final_size to null",
  "maintenance.singleton",
  "maintenance.backup_tried_at from null",
  "maintenance.backup_made_at",
  "maintenance.backup_made_at to null",
  "maintenance.backup_made_at from null",
  "maintenance.backup_bytes to null",
  "maintenance.backup_bytes from null",
  "maintenance.restored_at from null",
  "maintenance: insert",
  "personal_token.last_used_on from null",
  "second_factor.kind",
  "team.role from null",
  "user_account.issuer to null",
  "user_account.issuer from null",
  "user_account.subject to null",
  "user_account.subject from null",
  "viewer_session.viewer_name from null",
  "viewer_session.client_id to null",
  "viewer_session.client_id from null",
  "viewer_session.opener_id to null",
  "viewer_session.opener_id from null",
  "viewer_session.opener_session to null",
  "viewer_session.opener_session from null",
  "viewer_session.operator_token_hash to null",
  "viewer_session.operator_token_hash from null",
];
