/** The rows of API clients and their tokens in a writing transaction. */
import type { ApiClient, ApiClientRows } from "../../contract/api-clients.ts";
import { nameKey } from "../../contract/name-key.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, jsonColumn, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { change, onlyRow } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

/** From `api_client c`. */
export const apiClientShape: RowShape<ApiClient> = rowShape<ApiClient>({
  organizationId: column("c.organization_id"),
  id: column("c.id"),
  name: column("c.name"),
  expiresOn: column("c.expires_on"),
  scopes: jsonColumn("array_to_json(c.scopes)"),
  createdBy: jsonColumn("c.created_by"),
  createdAt: column("c.created_at"),
  revokedAt: column("c.revoked_at"),
  deletedAt: column("c.deleted_at"),
  lastUsedOn: column("c.last_used_on"),
  expiryWarned: column("c.expiry_warned"),
  version: column("c.version"),
});

// only members are stored: for others, such as operators, it could not be determined later whether they have left
const insertApiClient: Statement = {
  text: `INSERT INTO api_client AS c (organization_id, id, name, name_key, expires_on, scopes, created_by, created_at, creator_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT user_id FROM membership WHERE organization_id = $1 AND user_id = $9))
    RETURNING ${apiClientShape.columns}`,
};
const insertToken: Statement = {
  text: `INSERT INTO api_client_token (organization_id, client_id, token_hash, prefix, created_at)
    VALUES ($1, $2, $3, $4, $5)`,
};
const endTokens: Statement = {
  text: `UPDATE api_client_token SET works_until = $3
    WHERE organization_id = $1 AND client_id = $2 AND (works_until IS NULL OR works_until > $3)`,
};
// a stage is the nearer to the end the smaller it is
const resetExpiryWarned: Statement = {
  text: `UPDATE api_client c SET expiry_warned = d.due FROM (SELECT id, CASE WHEN expires_on < $2::date THEN 0
      WHEN expires_on <= $2::date + 7 THEN 7 WHEN expires_on <= $2::date + 30 THEN 30 END AS due
      FROM api_client WHERE organization_id = $1) d
    WHERE c.organization_id = $1 AND c.id = d.id AND c.expiry_warned < coalesce(d.due, 31) RETURNING true`,
};
const apiClientForUpdate: Statement = {
  text: `SELECT ${apiClientShape.columns} FROM api_client c WHERE c.organization_id = $1 AND c.id = $2 FOR UPDATE`,
};

export function apiClientRows(changing: ChangeSession): ApiClientRows {
  const { session } = changing;
  const set = (assignments: string, client: readonly [number, string], ...more: unknown[]): Promise<void> =>
    change(session, `UPDATE api_client SET ${assignments} WHERE organization_id = $1 AND id = $2`, [
      ...client,
      ...more,
    ]);
  return {
    insertApiClient: async ({ organizationId, id, name, expiresOn, scopes, createdBy, creatorId }) => {
      const by = [JSON.stringify(createdBy), await changedAtText(changing), creatorId];
      const values = [organizationId, id, name, nameKey(name), expiresOn, scopes, ...by];
      return apiClientShape.read(onlyRow(await session.rows(insertApiClient, values), "API client"));
    },
    insertToken: async ({ organizationId, clientId, tokenHash, prefix }) => {
      const values = [organizationId, clientId, tokenHash, prefix, await changedAtText(changing)];
      await session.rows(insertToken, values);
    },
    endTokens: async (organizationId, clientId, worksUntil) => {
      await session.rows(endTokens, [organizationId, clientId, timestampText(worksUntil)]);
    },
    apiClientForUpdate: async (organizationId, id) => {
      const [row] = await session.rows(apiClientForUpdate, [organizationId, id]);
      return row && apiClientShape.read(row);
    },
    renameApiClient: (organizationId, id, name) =>
      set("name = $3, name_key = $4, version = version + 1", [organizationId, id], name, nameKey(name)),
    touchApiClient: (...client) => set("version = version + 1", client),
    revokeApiClient: (...client) => end(changing, "revoked_at", client),
    deleteApiClient: (...client) => end(changing, "deleted_at", client),
    resetExpiryWarned: async (organizationId, day) =>
      (await session.rows(resetExpiryWarned, [organizationId, day])).length > 0,
    setExpiryWarned: (organizationId, id, days) => set("expiry_warned = $3", [organizationId, id], days),
  };
}

/** Only once: a second end would move the first. */
const end = async (
  changing: ChangeSession,
  column: "revoked_at" | "deleted_at",
  client: [organizationId: number, id: string],
): Promise<void> =>
  change(
    changing.session,
    `UPDATE api_client SET ${column} = $3, version = version + 1
      WHERE organization_id = $1 AND id = $2 AND ${column} IS NULL`,
    [...client, await changedAtText(changing)],
  );
