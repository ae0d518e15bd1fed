/**
 * The columns of a viewer session, and whether its opener still has the right: the same text for the authenticator, which reads them on
 * every request, and for the list.
 */
import type { MemberRole } from "daybook/internal";
import type { ViewerOpener, ViewerSession } from "../../contract/viewer-sessions.ts";
import type { Row } from "../statements/session.ts";

/** From `v`, joined with its possible openers: `c` an API client, `u` a person. */
export const viewerColumns = `v.id, v.organization_id, v.role, v.viewer_id, v.viewer_name, v.only_target, v.created_at, v.expires_at,
  v.client_id, c.name, u.user_id, u.id, u.name, u.email`;
export const viewerWidth = 14;

export const withOpeners = `viewer_session v
  LEFT JOIN api_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
  LEFT JOIN user_account u ON u.user_id = v.opener_id`;

/**
 * As in the access table (viewer-sessions:open); only an opener that may download can give a role that downloads. An API client works until
 * the end, in UTC, of its expiry date; an operator's session without activity since `seenSince`, a parameter, is over.
 */
export const openerMay = (seenSince: `$${number}`): string => `CASE
    WHEN v.client_id IS NOT NULL THEN coalesce(c.revoked_at IS NULL AND c.deleted_at IS NULL
      AND c.expires_on >= (clock_timestamp() AT TIME ZONE 'UTC')::date AND 'events:read' = ANY (c.scopes)
      AND (v.role NOT IN ('OWNER', 'AUDITOR') OR 'audit-log:download' = ANY (c.scopes)), false)
    WHEN v.opener_id IS NOT NULL THEN coalesce(u.is_operator, false) AND EXISTS (SELECT FROM session s
      WHERE s.user_id = v.opener_id AND s.id = v.opener_session AND s.expires_at > clock_timestamp()
        AND s.last_seen_at > ${seenSince}::timestamptz)
    ELSE v.operator_token_hash = (SELECT d.operator_token_hash FROM deployment d WHERE d.singleton) END`;

function readOpener(row: Row): ViewerOpener {
  const [clientId, clientName, userId, id, name, email] = row.slice(8);
  if (clientId !== null)
    return { kind: "api_client", id: clientId as string, name: (clientName ?? clientId) as string };
  if (userId === null) return { kind: "operator" };
  const user = { userId: userId as number, id: id as string, name: name as string, email: email as string };
  return { kind: "user", user };
}

export const readViewerSession = (row: Row): ViewerSession => ({
  id: row[0] as string,
  organizationId: row[1] as number,
  role: row[2] as MemberRole,
  viewerId: row[3] as string,
  viewerName: row[4] as string | null,
  onlyTarget: row[5] as string | null,
  createdAt: row[6] as bigint,
  expiresAt: row[7] as bigint,
  opener: readOpener(row),
});
