/** The rows of API clients and their tokens in a writing transaction. */
import type { Scope } from "daybook/internal";
import type { ApiClient, ApiClientRows } from "../../contract/api-clients.ts";
import { nameKey } from "../../contract/name-key.ts";
import { readBy } from "../people/columns.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Row, Statement } from "../statements/session.ts";
import { change } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

/** The columns of an ApiClient of `api_client c`, in the order of `readApiClient`. */
export const apiClientColumns = `c.organization_id, c.id, c.name, c.expires_on, array_to_json(c.scopes), c.created_by,
    c.created_at, c.revoked_at, c.deleted_at, c.last_used_on, c.expiry_warned, c.version`;
/** The number of these columns: joined columns come after them. */
export const apiClientWidth = 12;

export const readApiClient = (row: Row): ApiClient => ({
  organizationId: row[0] as number,
  id: row[1] as string,
  name: row[2] as string,
  expiresOn: row[3] as string,
  scopes: JSON.parse(row[4] as string) as Scope[],
  createdBy: readBy(row[5]),
  createdAt: row[6] as bigint,
  revokedAt: row[7] as bigint | null,
  deletedAt: row[8] as bigint | null,
  lastUsedOn: row[9] as string | null,
  expiryWarned: row[10] as ApiClient["expiryWarned"],
  version: row[11] as number,
});

// only members are stored: for others, such as operators, it could not be determined later whether they have left
const insertApiClient: Statement = {
  text: `INSERT INTO api_client AS c (organization_id, id, name, name_key, expires_on, scopes, created_by, created_at, creator_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT user_id FROM membership WHERE organization_id = $1 AND user_id = $9))
    RETURNING ${apiClientColumns}`,
};
const insertToken: Statement = {
  text: `INSERT INTO api_client_token (organization_id, client_id, token_hash, prefix, created_at)
    VALUES ($1, $2, $3, $4, $5)`,
};
const endTokens: Statement = {
  text: `UPDATE api_client_token SET works_until = $3
    WHERE organization_id = $1 AND client_id = $2 AND (works_until IS NULL OR works_until > $3)`,
};
const apiClientForUpdate: Statement = {
  text: `SELECT ${apiClientColumns} FROM api_client c WHERE c.organization_id = $1 AND c.id = $2 FOR UPDATE`,
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
      return readApiClient((await session.rows(insertApiClient, values))[0]!);
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
      return row && readApiClient(row);
    },
    renameApiClient: (organizationId, id, name) =>
      set("name = $3, name_key = $4, version = version + 1", [organizationId, id], name, nameKey(name)),
    touchApiClient: (...client) => set("version = version + 1", client),
    revokeApiClient: (...client) => end(changing, "revoked_at", client),
    deleteApiClient: (...client) => end(changing, "deleted_at", client),
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
