/** Reads the positions of followers. */
import type { FollowerLag, FollowerProgress } from "../../contract/followers.ts";
import type { Row, Statement, StatementSession } from "../statements/session.ts";

/** For a position `p`: no process has claimed it, and no delay holds it back. */
export const claimable = "(p.claimed_until IS NULL OR p.claimed_until <= clock_timestamp())";
/** Whether the head is ahead of the follower. */
const behind = "h.size > 0 AND (p.log_no IS DISTINCT FROM h.log_no OR p.next_seq IS DISTINCT FROM h.size)";
const positions = "head h LEFT JOIN follower p ON p.organization_id = h.organization_id AND p.name = $1";
const eventsBehind = `(SELECT coalesce(sum(coalesce(l.final_size, h.size) - CASE WHEN l.log_no = p.log_no THEN p.next_seq ELSE 0 END), 0)::bigint
      FROM log l WHERE l.organization_id = h.organization_id AND l.log_no >= coalesce(p.log_no, 0))`;
const selectFollowable: Statement = {
  name: "followable",
  text: `SELECT h.organization_id FROM ${positions} WHERE ${behind} AND ${claimable} LIMIT $2`,
};
const progress = `SELECT h.organization_id, coalesce(p.log_no, 0::smallint), coalesce(p.next_seq, 0), ${eventsBehind}, (
      SELECT e.recorded_at FROM event e
      WHERE e.organization_id = p.organization_id AND e.log_no = p.log_no AND e.seq = p.next_seq - 1)
    FROM ${positions}`;
const selectProgress: Statement = {
  name: "follower_progress",
  text: `${progress} WHERE h.organization_id = $2`,
};
const selectAllBehind: Statement = { name: "follower_progress_all", text: `${progress} WHERE ${behind}` };
const selectLag: Statement = {
  name: "follower_lag",
  text: `SELECT coalesce(sum(b.events), 0)::bigint, min(b.recorded_at), (count(*) FILTER (WHERE b.failures > 0))::integer FROM (
      SELECT ${eventsBehind} AS events, p.failures, (SELECT e.recorded_at FROM event e
        WHERE e.organization_id = h.organization_id AND (e.log_no, e.seq) >= (coalesce(p.log_no, 0), coalesce(p.next_seq, 0))
        ORDER BY e.log_no, e.seq LIMIT 1) AS recorded_at
      FROM ${positions} WHERE ${behind}) b`,
};

const readProgress = (row: Row): FollowerProgress => ({
  organizationId: row[0] as number,
  logNo: row[1] as number,
  next: row[2] as bigint,
  behind: row[3] as bigint,
  recordedAt: row[4] as bigint | null,
});

export async function followerProgress(
  session: StatementSession,
  [name, organizationId]: readonly [string, number | undefined],
): Promise<FollowerProgress[]> {
  const rows =
    organizationId === undefined
      ? await session.rows(selectAllBehind, [name])
      : await session.rows(selectProgress, [name, organizationId]);
  return rows.map(readProgress);
}

export const followable = async (session: StatementSession, name: string, limit: number): Promise<number[]> =>
  (await session.rows(selectFollowable, [name, limit])).map(([organizationId]) => organizationId as number);

export async function followerLag(session: StatementSession, name: string): Promise<FollowerLag> {
  const [row] = await session.rows(selectLag, [name]);
  const [events, oldest, failing] = row as readonly [bigint, bigint | null, number];
  return { events, oldest, failing };
}
