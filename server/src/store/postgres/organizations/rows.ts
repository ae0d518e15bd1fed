/** The business rows of a writing transaction: deployment, organizations, idempotency keys. */

import type { DeploymentRows } from "../../contract/deployment.ts";
import type { IdempotencyRows, KeptAnswer } from "../../contract/idempotency.ts";
import type { Organization, OrganizationDetails, OrganizationRows } from "../../contract/organizations.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { assignments, change, onlyRow } from "../statements/statements.ts";

const organization: RowShape<Organization> = rowShape<Organization>({
  organizationId: column("organization_id"),
  id: column("id"),
  slug: column("slug"),
  name: column("name"),
  createdAt: column("created_at"),
  closedAt: column("closed_at"),
  description: column("description"),
  email: column("email"),
  location: column("location"),
  website: column("website"),
  version: column("version"),
});
/** The columns of an Organization, in the order of `readOrganization`. */
export const organizationColumns: string = organization.columns;
export const readOrganization: RowShape<Organization>["read"] = organization.read;

type OrganizationWrites = OrganizationRows &
  IdempotencyRows &
  Omit<DeploymentRows, "secretsKeyIdForUpdate" | "setSecretsKeyId">;

const insertDeployment: Statement = {
  name: "insert_deployment",
  text: `INSERT INTO deployment (log_name, public_key, operator_token_hash, operator_token_since, created_at)
    VALUES ($1, $2, $3, $4, $4)
    ON CONFLICT DO NOTHING RETURNING true`,
};
const insertOrganization: Statement = {
  text: `INSERT INTO organization (id, slug, name, created_at) VALUES ($1, $2, $3, $4) RETURNING ${organizationColumns}`,
};
const insertReserved: Statement = {
  text: `INSERT INTO organization (organization_id, id, slug, name, created_at) VALUES (0, $1, $2, $3, $4) RETURNING ${organizationColumns}`,
};
const organizationForUpdate: Statement = {
  text: `SELECT ${organizationColumns} FROM organization WHERE organization_id = $1 FOR UPDATE`,
};
const operatorTokenHashForUpdate: Statement = {
  text: "SELECT operator_token_hash FROM deployment FOR UPDATE",
};
const claimKey: Statement = {
  name: "claim_key",
  text: `INSERT INTO idempotency (organization_id, key, request_hash) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING RETURNING true`,
};
const claimedKey: Statement = {
  name: "claimed_key",
  text: "SELECT request_hash, status, body FROM idempotency WHERE organization_id = $1 AND key = $2 FOR UPDATE",
};

const detailColumnOf = {
  name: "name",
  description: "description",
  email: "email",
  location: "location",
  website: "website",
} as const;

async function updateOrganization(
  session: StatementSession,
  organizationId: number,
  details: OrganizationDetails,
): Promise<void> {
  const { texts, values } = assignments(detailColumnOf, details, 2);
  const set = ["version = version + 1", ...texts].join(", ");
  await change(session, `UPDATE organization SET ${set} WHERE organization_id = $1`, [
    organizationId,
    ...values,
  ]);
}

/** A key that was claimed and committed without a response goes to the next request that claims it. */
async function claimIdempotencyKey(
  session: StatementSession,
  [organizationId, key, requestHash]: [number, string, Uint8Array],
): Promise<KeptAnswer | undefined> {
  if ((await session.rows(claimKey, [organizationId, key, requestHash])).length > 0) return undefined;
  const row = onlyRow(await session.rows(claimedKey, [organizationId, key]), "Idempotency-Key");
  if (row[1] === null) return undefined;
  return { requestHash: row[0] as Buffer, status: row[1] as number, body: row[2] as string };
}

export function businessRows(changing: ChangeSession): OrganizationWrites {
  const { session } = changing;
  return {
    insertDeployment: async ({ logName, publicKey, operatorTokenHash }) => {
      const values = [logName, publicKey, operatorTokenHash, await changedAtText(changing)];
      return (await session.rows(insertDeployment, values)).length > 0;
    },
    insertOrganization: async ({ organizationId, id, slug, name }) => {
      const statement = organizationId === 0 ? insertReserved : insertOrganization;
      const values = [id, slug, name, await changedAtText(changing)];
      return readOrganization((await session.rows(statement, values))[0]!);
    },
    organizationForUpdate: async (organizationId) =>
      readOrganization(onlyRow(await session.rows(organizationForUpdate, [organizationId]), "organization")),
    updateOrganization: (organizationId, details) => updateOrganization(session, organizationId, details),
    closeOrganization: async (organizationId) =>
      change(session, "UPDATE organization SET closed_at = $2 WHERE organization_id = $1", [
        organizationId,
        await changedAtText(changing),
      ]),
    claimIdempotencyKey: (...key) => claimIdempotencyKey(session, key),
    answerIdempotencyKey: (organizationId, key, { status, body }) =>
      change(
        session,
        "UPDATE idempotency SET status = $3, body = $4 WHERE organization_id = $1 AND key = $2",
        [organizationId, key, status, body],
      ),
    operatorTokenHashForUpdate: async () =>
      onlyRow(await session.rows(operatorTokenHashForUpdate, []), "deployment")[0] as Buffer,
    setOperatorTokenHash: async (hash) =>
      change(session, "UPDATE deployment SET operator_token_hash = $1, operator_token_since = $2", [
        hash,
        await changedAtText(changing),
      ]),
  };
}
