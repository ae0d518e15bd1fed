/** Locks, claims and moves positions of followers, and reads the events from there on. */
import {
  type FollowedEvents,
  type FollowerKey,
  type FollowerPosition,
  type FollowerRows,
  type LockedPosition,
  mostBytesAtOnce,
} from "../../contract/followers.ts";
import type { WalkedEvent } from "../../contract/pages.ts";
import { slotColumns } from "../events/columns.ts";
import { selectWalked, walkedReader } from "../events/read.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { onlyRow } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { bytesBefore } from "./bytes-before.ts";
import { claimable } from "./positions.ts";

const later = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

const locked = rowShape<LockedPosition>({
  logNo: column("log_no"),
  next: column("next_seq"),
  failures: column("failures"),
});
const claimedUntil = column<bigint>("claimed_until");

// if another process holds the position, skip it without waiting
const lock: Statement = {
  name: "lock_follower",
  text: `SELECT ${locked.columns} FROM follower p WHERE organization_id = $1 AND name = $2 AND ${claimable}
    FOR UPDATE SKIP LOCKED`,
};
const insert: Statement = {
  text: `INSERT INTO follower (organization_id, name, log_no, next_seq) VALUES ($1, $2, 0, 0)
    ON CONFLICT DO NOTHING RETURNING ${locked.columns}`,
};
const lockClaim: Statement = {
  name: "lock_claim",
  text: "SELECT true FROM follower WHERE organization_id = $1 AND name = $2 AND claimed_until = $3 FOR UPDATE SKIP LOCKED",
};
const move: Statement = {
  name: "move_follower",
  text: `UPDATE follower SET log_no = $3, next_seq = $4, claimed_until = NULL, failures = 0
    WHERE organization_id = $1 AND name = $2`,
};
const claim: Statement = {
  name: "claim_follower",
  text: `UPDATE follower SET claimed_until = ${later("$3")} WHERE organization_id = $1 AND name = $2
    RETURNING ${claimedUntil.columns}`,
};
const delay: Statement = {
  name: "delay_follower",
  text: `UPDATE follower SET claimed_until = ${later("$3")}, failures = least(failures + 1, 32000)
    WHERE organization_id = $1 AND name = $2`,
};
const release: Statement = {
  name: "release_follower",
  text: "UPDATE follower SET claimed_until = NULL WHERE organization_id = $1 AND name = $2",
};

// the existence of a later log means that those before it have ended
const selectLater: Statement = {
  name: "followed_later_log",
  text: `SELECT h.log_no FROM head h JOIN log l ON l.organization_id = h.organization_id AND l.log_no = $2
    WHERE h.organization_id = $1 AND h.log_no > $2 AND l.final_size = $3`,
};

const valuesOf = ({ organizationId, name }: FollowerKey): unknown[] => [organizationId, name];

async function lockFollower(
  session: StatementSession,
  key: FollowerKey,
): Promise<LockedPosition | undefined> {
  const values = valuesOf(key);
  const row = (await session.rows(lock, values))[0] ?? (await session.rows(insert, values))[0];
  return row && locked.read(row);
}

async function followedEvents(
  session: StatementSession,
  [organizationId, { logNo, next }]: readonly [number, FollowerPosition],
  { slots, limit }: FollowedEvents,
): Promise<WalkedEvent[]> {
  const read = slotColumns.filter(({ slot }) => slots.includes(slot));
  const text = `SELECT ${selectWalked(read)} FROM (SELECT e.*, ${bytesBefore(read)} AS before FROM (SELECT * FROM event
    WHERE organization_id = $1 AND log_no = $2 AND seq >= $3 ORDER BY seq LIMIT $4) e) e
    WHERE coalesce(e.before, 0) < ${mostBytesAtOnce}`;
  // one name always has the same text wherever it is prepared
  const name = `followed_events_${read.reduce((bits, { bit }) => bits + bit, 0)}`;
  const rows = await session.rows({ name, text }, [organizationId, logNo, next, limit]);
  if (rows.length > 0) return rows.map(walkedReader(read));
  const ended = await session.rows(selectLater, [organizationId, logNo, next]);
  const following = { logNo: logNo + 1, next: 0n };
  return ended.length > 0 ? followedEvents(session, [organizationId, following], { slots, limit }) : [];
}

export const followerRows = (session: StatementSession): FollowerRows => ({
  lockFollower: (key) => lockFollower(session, key),
  followedEvents: (organizationId, from, query) => followedEvents(session, [organizationId, from], query),
  moveFollower: async (key, { logNo, next }) => {
    await session.rows(move, [...valuesOf(key), logNo, next]);
  },
  claimFollower: async (key, ms) =>
    claimedUntil.read(onlyRow(await session.rows(claim, [...valuesOf(key), ms]), "position")),
  lockClaim: async (key, until) =>
    (await session.rows(lockClaim, [...valuesOf(key), timestampText(until)])).length > 0,
  delayFollower: async (key, ms) => {
    await session.rows(delay, [...valuesOf(key), ms]);
  },
  releaseFollower: async (key) => {
    await session.rows(release, valuesOf(key));
  },
  commitLater: async () => {
    await session.command("SET LOCAL synchronous_commit = off");
  },
});
