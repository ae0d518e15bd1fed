/**
 * Reads for authenticators and accounts: the holder of a session or a link, before any organization is known. A request waits for one
 * statement with look-ups by primary key. The caller decides whether a result still works.
 */

import type { BrowserReads, KnownBrowser } from "../../contract/browsers.ts";
import type { CodeReads } from "../../contract/codes.ts";
import type { DenialReads } from "../../contract/denials.ts";
import type { InvitationTokenReads } from "../../contract/invitations.ts";
import type { MembershipReads } from "../../contract/members.ts";
import { addressKey } from "../../contract/name-key.ts";
import type { Organization } from "../../contract/organizations.ts";
import type { HeldSession, SessionReads } from "../../contract/sessions.ts";
import type { UserReads } from "../../contract/users.ts";
import type { HeldViewerSession, ViewerSessionReads } from "../../contract/viewer-sessions.ts";
import { organizationShape } from "../organizations/rows.ts";
import {
  codeShape,
  denialShape,
  holderShape,
  invitationShape,
  membershipShape,
  sessionShape,
  userNameShape,
  userShape,
} from "../people/columns.ts";
import { heldMemberships } from "../people/memberships.ts";
import { column, joined, rowShape, shapeUnder } from "../statements/row-shape.ts";
import type { Row, Statement } from "../statements/session.ts";
import { onlyRow, type Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";
import { longestViewerSession, openerMay, viewerSessionShape, withOpeners } from "./viewer-columns.ts";

const heldSession = joined(
  rowShape<Pick<HeldSession, "tokenHash" | "user" | "memberships">>({
    tokenHash: column("s.token_hash"),
    user: shapeUnder("u", holderShape),
    memberships: heldMemberships("s"),
  }),
  shapeUnder("s", sessionShape),
);
export const heldSessions: Statement = {
  name: "held_sessions",
  text: `SELECT ${heldSession.columns}
    FROM session s JOIN user_account u ON u.user_id = s.user_id WHERE s.token_hash = ANY ($1)`,
};
const heldViewerSession = joined(
  viewerSessionShape,
  rowShape<Pick<HeldViewerSession, "tokenHash" | "openerMay" | "organization">>({
    tokenHash: column("v.token_hash"),
    openerMay: column(openerMay("$2")),
    organization: shapeUnder("o", organizationShape),
  }),
);
export const heldViewerSessions: Statement = {
  name: "held_viewer_sessions",
  text: `SELECT ${heldViewerSession.columns}
    FROM ${withOpeners} JOIN organization o ON o.organization_id = v.organization_id
    WHERE v.token_hash = ANY ($1)`,
};
export const viewerSessionsOf: Statement = {
  name: "viewer_sessions_of",
  text: `SELECT ${viewerSessionShape.columns} FROM ${withOpeners}
    WHERE v.organization_id = $1 AND v.expires_at > $2 AND v.expires_at <= $2::timestamptz + ${longestViewerSession}
      AND ($3::text IS NULL OR v.client_id = $3)
      AND (v.created_at, v.id) < ($4, $5) AND ${openerMay("$7")}
    ORDER BY v.created_at DESC, v.id DESC LIMIT $6`,
};
const userWhere = (name: string, condition: string): Statement => ({
  name,
  text: `SELECT ${userShape.columns} FROM user_account WHERE ${condition}`,
});
const userByNumber = userWhere("user_by_number", "user_id = $1");
const userById = userWhere("user_by_id", "id = $1");
const userByEmail = userWhere("user_by_email", "email_key = $1");
const userBySubject = userWhere("user_by_subject", "issuer = $1 AND subject = $2");
export const listUsers: Statement = {
  text: `SELECT ${userShape.columns} FROM user_account WHERE id > $1 ORDER BY id LIMIT $2`,
};
const isThere = column<boolean>("EXISTS (SELECT FROM user_account)");
const anyUser: Statement = { text: `SELECT ${isThere.columns}` };
const sessionsOf: Statement = {
  text: `SELECT ${sessionShape.columns} FROM session WHERE user_id = $1`,
};
const noteSeen: Statement = {
  name: "note_seen",
  text: `UPDATE session s SET last_seen_at = k.at FROM unnest($1::bytea[], $2::timestamptz[]) AS k (token_hash, at)
    WHERE s.token_hash = k.token_hash AND s.last_seen_at < k.at`,
};
const browser = rowShape<Pick<KnownBrowser, "userId" | "expiresAt">>({
  userId: column("user_id"),
  expiresAt: column("expires_at"),
});
const knownBrowser: Statement = {
  name: "known_browser",
  text: `SELECT ${browser.columns} FROM known_browser WHERE token_hash = $1`,
};
const organization = { organization: shapeUnder("o", organizationShape) };
const membershipOf = joined(membershipShape, rowShape<{ readonly organization: Organization }>(organization));
export const selectMemberships: Statement = {
  name: "memberships",
  text: `SELECT ${membershipOf.columns}
    FROM membership m JOIN organization o ON o.organization_id = m.organization_id WHERE m.user_id = $1`,
};
export const listOperators: Statement = {
  text: `SELECT ${userNameShape.columns} FROM user_account WHERE is_operator AND id > $1 ORDER BY id LIMIT $2`,
};
const heldInvitation = joined(
  shapeUnder("i", invitationShape),
  rowShape<{ readonly organization: Organization }>(organization),
);
export const invitationByToken: Statement = {
  text: `SELECT ${heldInvitation.columns}
    FROM invitation i JOIN organization o ON o.organization_id = i.organization_id WHERE i.token_hash = $1`,
};
const selectCode: Statement = {
  text: `SELECT ${codeShape.columns} FROM one_time_code c WHERE c.code_hash = $1`,
};
const pendingWhere = (when: string): string =>
  `(SELECT * FROM denial WHERE pending > 0 AND ${when} ORDER BY recorded_at LIMIT $2)`;
/** Those that waited long enough, and those from a time to come, which a clock that ran ahead left. Each half reads the index in order. */
export const pendingDenials: Statement = {
  text: `SELECT ${denialShape.columns} FROM (
      ${pendingWhere("recorded_at < $1")} UNION ALL
      ${pendingWhere("recorded_at > $1::timestamptz + interval '61 minutes'")}) denial
    ORDER BY recorded_at LIMIT $2`,
};

/** After every possible session: a list begins before it. */
const newest = "infinity";

type UserKey = Parameters<UserReads["user"]>[0];

function userStatement(which: UserKey): [Statement, unknown[]] {
  if ("userId" in which) return [userByNumber, [which.userId]];
  if ("id" in which) return [userById, [which.id]];
  if ("email" in which) return [userByEmail, [addressKey(which.email)]];
  return [userBySubject, [which.issuer, which.subject]];
}

const bySlug = (a: { organization: { slug: string } }, b: { organization: { slug: string } }): number =>
  a.organization.slug < b.organization.slug ? -1 : 1;

/** All processes lock the rows in this order, so that they can't deadlock. */
const byHash = (a: { tokenHash: Uint8Array }, b: { tokenHash: Uint8Array }): number =>
  Buffer.compare(a.tokenHash, b.tokenHash);

type PostgresAuthReads = UserReads &
  SessionReads &
  BrowserReads &
  CodeReads &
  ViewerSessionReads &
  MembershipReads &
  InvitationTokenReads &
  DenialReads;

/** `write` runs one statement on a writing connection; it needs no transaction around it. */
export function authReads(read: Run, write: Run): PostgresAuthReads {
  const rows = (statement: Statement, values: unknown[] = []): Promise<Row[]> =>
    read((session) => session.rows(statement, values));
  return {
    sessions: async (hashes) => (await rows(heldSessions, [hashes])).map(heldSession.read),
    viewerSessions: async (hashes, seenSince) =>
      (await rows(heldViewerSessions, [hashes, timestampText(seenSince)])).map(heldViewerSession.read),
    viewerSessionsOf: async (organizationId, { rowScope, clientId, now, seenSince, after, limit }) => {
      // the reader role doesn't see the opener's row, so the statement checks the row scope here
      if (rowScope !== "everything" && rowScope !== organizationId) return [];
      const place = after === undefined ? [newest, ""] : [timestampText(after.createdAt), after.id];
      const which = [organizationId, timestampText(now), clientId ?? null];
      const values = [...which, ...place, limit, timestampText(seenSince)];
      return (await rows(viewerSessionsOf, values)).map(viewerSessionShape.read);
    },
    user: async (which) => (await rows(...userStatement(which))).map(userShape.read)[0],
    anyUser: async () => isThere.read(onlyRow(await rows(anyUser), "answer")),
    users: async ({ after, limit }) => (await rows(listUsers, [after ?? "", limit])).map(userShape.read),
    sessionsOf: async (userId) => (await rows(sessionsOf, [userId])).map(sessionShape.read),
    noteSeen: async (seen) => {
      const ordered = [...seen].sort(byHash);
      const values = [ordered.map(({ tokenHash }) => tokenHash), ordered.map(({ at }) => timestampText(at))];
      if (ordered.length > 0) await write((session) => session.rows(noteSeen, values));
    },
    knownBrowser: async (tokenHash) => (await rows(knownBrowser, [tokenHash])).map(browser.read),
    // sorted here, because in the statement the planner would walk all organizations by slug
    membershipsOf: async (userId) =>
      (await rows(selectMemberships, [userId])).map(membershipOf.read).sort(bySlug),
    operators: async ({ after, limit }) =>
      (await rows(listOperators, [after ?? "", limit])).map(userNameShape.read),
    invitationByToken: async (tokenHash) =>
      (await rows(invitationByToken, [tokenHash])).map(heldInvitation.read)[0],
    code: async (codeHash) => (await rows(selectCode, [codeHash])).map(codeShape.read)[0],
    pendingDenials: async (recordedBefore, limit) =>
      (await rows(pendingDenials, [timestampText(recordedBefore), limit])).map(denialShape.read),
  };
}
