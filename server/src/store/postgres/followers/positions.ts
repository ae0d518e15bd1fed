/** Reads the positions of followers. */
import type { StoredEvent } from "../../contract/events.ts";
import type {
  Followable,
  FollowableQuery,
  FollowerLag,
  FollowerProgress,
  NothingToFollow,
} from "../../contract/followers.ts";
import { mostBytesAtOnce } from "../../contract/followers.ts";
import { selectEvent, slotColumns } from "../events/columns.ts";
import { readEvent } from "../events/read.ts";
import { column, jsonColumn, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { onlyRow } from "../statements/statements.ts";
import { optionalTimestampText } from "../statements/times.ts";
import { bytesBefore } from "./bytes-before.ts";

/**
 * For a position `p`: no process has claimed it, and no delay holds it back. No claim is longer than an hour: one that is was made with a clock
 * that ran ahead.
 */
export const claimable = `(p.claimed_until IS NULL OR p.claimed_until <= clock_timestamp()
    OR p.claimed_until > clock_timestamp() + interval '1 hour')`;
/** Whether the head is ahead of the follower. */
const behind = "h.size > 0 AND (p.log_no IS DISTINCT FROM h.log_no OR p.next_seq IS DISTINCT FROM h.size)";
const positions = "head h LEFT JOIN follower p ON p.organization_id = h.organization_id AND p.name = $1";
const eventsBehind = `(SELECT coalesce(sum(coalesce(l.final_size, h.size) - CASE WHEN l.log_no = p.log_no THEN p.next_seq ELSE 0 END), 0)::bigint
      FROM log l WHERE l.organization_id = h.organization_id AND l.log_no >= coalesce(p.log_no, 0))`;
const followed = column<number>("h.organization_id");
const claimEnd = `CASE WHEN ${claimable} THEN '-infinity' ELSE p.claimed_until END`;
const gatheringEnd = `CASE WHEN $3::integer IS NULL OR coalesce(p.log_no, 0) < h.log_no OR h.size - coalesce(p.next_seq, 0) >= $3
      THEN '-infinity' ELSE (SELECT e.recorded_at FROM event e WHERE e.organization_id = h.organization_id AND e.log_no = h.log_no
        AND e.seq = coalesce(p.next_seq, 0)) + $4 * interval '1 millisecond' END`;
// two equal snapshots see the same transactions
const committed = "pg_current_snapshot()::text";
const found = rowShape<NothingToFollow & Pick<Followable, "organizationIds">>({
  organizationIds: jsonColumn(
    "to_json(ARRAY(SELECT organization_id FROM found WHERE due <= clock_timestamp() LIMIT $2))",
  ),
  committed: column(committed),
  until: column("(SELECT greatest(min(due), now()) FROM found HAVING count(*) > 0)"),
});
// the first condition has no columns, so that PostgreSQL decides it before it reads a head
export const selectFollowable: Statement = {
  name: "followable",
  text: `WITH found AS MATERIALIZED (SELECT ${followed.columns}, greatest(${claimEnd}, ${gatheringEnd}) AS due FROM ${positions}
      WHERE (${committed} IS DISTINCT FROM $5 OR $6::timestamptz <= now()) AND ${behind})
    SELECT ${found.columns}`,
};
const progressShape = rowShape<FollowerProgress>({
  organizationId: followed,
  logNo: column("coalesce(p.log_no, 0::smallint)"),
  next: column("coalesce(p.next_seq, 0)"),
  behind: column(eventsBehind),
  recordedAt: column(`(SELECT e.recorded_at FROM event e
      WHERE e.organization_id = p.organization_id AND e.log_no = p.log_no AND e.seq = p.next_seq - 1)`),
});
const progress = `SELECT ${progressShape.columns}
    FROM ${positions}`;
const selectProgress: Statement = {
  name: "follower_progress",
  text: `${progress} WHERE h.organization_id = $2`,
};
const selectAllBehind: Statement = { name: "follower_progress_all", text: `${progress} WHERE ${behind}` };
const lagShape = rowShape<FollowerLag>({
  events: column("coalesce(sum(b.events), 0)::bigint"),
  oldest: column("min(b.recorded_at)"),
  failing: column("(count(*) FILTER (WHERE b.failures > 0))::integer"),
});
const selectLag: Statement = {
  name: "follower_lag",
  text: `SELECT ${lagShape.columns} FROM (
      SELECT ${eventsBehind} AS events, p.failures, (SELECT e.recorded_at FROM event e
        WHERE e.organization_id = h.organization_id AND (e.log_no, e.seq) >= (coalesce(p.log_no, 0), coalesce(p.next_seq, 0))
        ORDER BY e.log_no, e.seq LIMIT 1) AS recorded_at
      FROM ${positions} WHERE ${behind}) b`,
};

export async function followerProgress(
  session: StatementSession,
  [name, organizationId]: readonly [string, number | undefined],
): Promise<FollowerProgress[]> {
  const rows =
    organizationId === undefined
      ? await session.rows(selectAllBehind, [name])
      : await session.rows(selectProgress, [name, organizationId]);
  return rows.map(progressShape.read);
}

const unfollowedOf = (condition: string): string => `SELECT ${selectEvent} FROM (
    SELECT e.*, ${bytesBefore(slotColumns)} AS before FROM ${positions}
    CROSS JOIN LATERAL (SELECT x.* FROM event x WHERE x.organization_id = h.organization_id
      AND (x.log_no, x.seq) >= (coalesce(p.log_no, 0), coalesce(p.next_seq, 0)) ORDER BY x.log_no DESC, x.seq DESC LIMIT $2) e
    WHERE ${behind}${condition} LIMIT $2) e WHERE coalesce(e.before, 0) < ${mostBytesAtOnce}`;
const selectUnfollowed: Statement = {
  name: "unfollowed",
  text: unfollowedOf(" AND h.organization_id = $3"),
};
const selectAllUnfollowed: Statement = { name: "unfollowed_all", text: unfollowedOf("") };

export async function unfollowed(
  session: StatementSession,
  [name, organizationId, limit]: readonly [string, number | undefined, number],
): Promise<StoredEvent[]> {
  const rows =
    organizationId === undefined
      ? await session.rows(selectAllUnfollowed, [name, limit])
      : await session.rows(selectUnfollowed, [name, limit, organizationId]);
  return rows.map(readEvent);
}

export async function followable(
  session: StatementSession,
  name: string,
  { limit, gathers, nothing }: FollowableQuery,
): Promise<Followable> {
  const row = onlyRow(
    await session.rows(selectFollowable, [
      name,
      limit,
      gathers?.events,
      gathers?.ms,
      nothing?.committed,
      optionalTimestampText(nothing?.until ?? null),
    ]),
    "snapshot",
  );
  const { organizationIds, committed: now, until } = found.read(row);
  if (organizationIds.length > 0) return { organizationIds, nothing: undefined };
  // what was not looked for is still waiting
  const isSame = nothing?.committed === now && until === null;
  return { organizationIds, nothing: isSame ? nothing : { committed: now, until } };
}

export async function followerLag(session: StatementSession, name: string): Promise<FollowerLag> {
  return lagShape.read(onlyRow(await session.rows(selectLag, [name]), "lag"));
}
