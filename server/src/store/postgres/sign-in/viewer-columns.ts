/**
 * The columns of a viewer session, and whether its opener still has the right: the same text for the authenticator, which reads them on
 * every request, and for the list.
 */

import type { UserName } from "../../contract/users.ts";
import type { ViewerOpener, ViewerSession } from "../../contract/viewer-sessions.ts";
import { userNameShape } from "../people/columns.ts";
import { column, mapped, type RowShape, rowShape, shapeUnder } from "../statements/row-shape.ts";

export const withOpeners = `viewer_session v
  LEFT JOIN api_client c ON c.organization_id = v.organization_id AND c.id = v.client_id
  LEFT JOIN user_account u ON u.user_id = v.opener_id`;

/** Half a day, with a minute for clocks that differ: more time is left only if a clock that ran ahead made it. */
export const longestViewerSession = "interval '721 minutes'";

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

/** The possible openers of `v`: `c` an API client, `u` a person. The members of the others are null. */
interface Openers {
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly user: UserName | { readonly userId: null };
}

const openers = rowShape<Openers>({
  clientId: column("v.client_id"),
  clientName: column("c.name"),
  user: shapeUnder("u", userNameShape),
});

function openerOf({ clientId, clientName, user }: Openers): ViewerOpener {
  if (clientId !== null) return { kind: "api_client", id: clientId, name: clientName ?? clientId };
  return user.userId === null ? { kind: "operator" } : { kind: "user", user };
}

/** From `v`, joined with its possible openers. */
export const viewerSessionShape: RowShape<ViewerSession> = rowShape<ViewerSession>({
  id: column("v.id"),
  organizationId: column("v.organization_id"),
  role: column("v.role"),
  viewerId: column("v.viewer_id"),
  viewerName: column("v.viewer_name"),
  onlyTarget: column("v.only_target"),
  createdAt: column("v.created_at"),
  expiresAt: column("v.expires_at"),
  opener: mapped(openers, openerOf),
});
