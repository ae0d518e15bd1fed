/**
 * Reads of API clients across organizations, for the authenticator and the scheduled jobs, and the one write of the last use. The caller
 * decides whether a token still works.
 */
import type { ApiClientAuthReads, HeldToken } from "../../contract/api-clients.ts";
import { organizationShape } from "../organizations/rows.ts";
import { column, countColumn, rowShape, shapeUnder } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { onlyRow, type Run } from "../statements/statements.ts";
import { apiClientShape } from "./rows.ts";

const heldToken = rowShape<HeldToken>({
  client: apiClientShape,
  tokenHash: column("t.token_hash"),
  worksUntil: column("t.works_until"),
  organization: shapeUnder("o", organizationShape),
});
export const heldTokens: Statement = {
  name: "held_tokens",
  text: `SELECT ${heldToken.columns}
    FROM api_client_token t JOIN api_client c ON c.organization_id = t.organization_id AND c.id = t.client_id
    JOIN organization o ON o.organization_id = t.organization_id WHERE t.token_hash = ANY ($1)`,
};
// exactly the condition of the index api_client_expiring
const mayExpire =
  "c.revoked_at IS NULL AND c.deleted_at IS NULL AND (c.expiry_warned IS NULL OR c.expiry_warned > 0)";
export const listExpiring: Statement = {
  text: `SELECT ${apiClientShape.columns} FROM api_client c
    WHERE ${mayExpire} AND c.expires_on < $1 AND (c.expiry_warned IS NULL OR c.expiry_warned > $2)
    ORDER BY c.expires_on LIMIT $3`,
};
const clientCount = countColumn("count(*)");
export const countExpiring: Statement = {
  text: `SELECT ${clientCount.columns} FROM api_client c WHERE ${mayExpire} AND c.expires_on BETWEEN $1 AND $2`,
};
export const noteUsed: Statement = {
  name: "note_used",
  text: `UPDATE api_client c SET last_used_on = $3 FROM unnest($1::integer[], $2::text[]) AS k (organization_id, id)
    WHERE c.organization_id = k.organization_id AND c.id = k.id AND (c.last_used_on IS NULL OR c.last_used_on < $3 OR c.last_used_on > $3::date + 1)`,
};

interface Used {
  readonly organizationId: number;
  readonly id: string;
}

/** All processes lock the rows in this order, so that they can't deadlock. */
const inOrder = (a: Used, b: Used): number => a.organizationId - b.organizationId || (a.id < b.id ? -1 : 1);

/** `write` runs one statement on a writing connection; it needs no transaction around it. */
export function apiClientAuthReads(read: Run, write: Run): ApiClientAuthReads {
  return {
    tokens: async (hashes) =>
      (await read((session) => session.rows(heldTokens, [hashes]))).map(heldToken.read),
    apiClientsExpiring: async (before, days, limit) =>
      (await read((session) => session.rows(listExpiring, [before, days, limit]))).map(apiClientShape.read),
    countExpiring: async (from, to) =>
      clientCount.read(onlyRow(await read((session) => session.rows(countExpiring, [from, to])), "count")),
    noteUsed: async (used, day) => {
      const ordered = [...used].sort(inOrder);
      const values = [ordered.map((one) => one.organizationId), ordered.map(({ id }) => id), day];
      if (ordered.length > 0) await write((session) => session.rows(noteUsed, values));
    },
  };
}
