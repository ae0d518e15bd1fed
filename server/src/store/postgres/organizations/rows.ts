/** The business rows of a writing transaction: deployment, organizations, idempotency keys. */

import type { DeploymentRows } from "../../contract/deployment.ts";
import type { IdempotencyRows, KeptAnswer } from "../../contract/idempotency.ts";
import type { Organization, OrganizationDetails, OrganizationRows } from "../../contract/organizations.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { assignments, change, onlyRow } from "../statements/statements.ts";
import { optionalTimestampText } from "../statements/times.ts";

export const organizationShape: RowShape<Organization> = rowShape<Organization>({
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
const operatorTokenHash = column<Uint8Array>("operator_token_hash");
const claimed = rowShape<
  Pick<KeptAnswer, "requestHash"> & { readonly status: number | null; readonly body: string | null }
>({
  requestHash: column("request_hash"),
  status: column("status"),
  body: column("body"),
});

type OrganizationWrites = OrganizationRows &
  IdempotencyRows &
  Omit<DeploymentRows, "secretsKeyIdForUpdate" | "setSecretsKeyId">;

const insertDeployment: Statement = {
  name: "insert_deployment",
  text: `INSERT INTO deployment (log_name, public_key, operator_token_hash, operator_token_since, created_at)
    VALUES ($1, $2, $3, $4, $4)
    ON CONFLICT DO NOTHING RETURNING true`,
};
/** The row, its first log and the head, in one statement, which takes the time of the change unless it is known. */
const inserting = (number: "" | "organization_id, "): string =>
  `WITH made AS (
      INSERT INTO organization (${number}id, slug, name, created_at)
        VALUES (${number === "" ? "" : "0, "}$1, $2, $3, coalesce($4::timestamptz, clock_timestamp()))
        RETURNING ${organizationShape.columns}),
    opened AS (
      INSERT INTO log (organization_id, log_no, origin, opened_at) SELECT organization_id, 0, $5, created_at FROM made),
    headed AS (
      INSERT INTO head (organization_id, log_no, origin, size, frontier) SELECT organization_id, 0, $5, 0, '' FROM made)
    SELECT ${organizationShape.columns} FROM made`;
const insertOrganization: Statement = { name: "insert_organization", text: inserting("") };
const insertReserved: Statement = { text: inserting("organization_id, ") };
const organizationForUpdate: Statement = {
  text: `SELECT ${organizationShape.columns} FROM organization WHERE organization_id = $1 FOR UPDATE`,
};
const operatorTokenHashForUpdate: Statement = {
  text: `SELECT ${operatorTokenHash.columns} FROM deployment FOR UPDATE`,
};
const resetOperatorTokenSince: Statement = {
  text: "UPDATE deployment SET operator_token_since = $1 WHERE operator_token_since > $1 RETURNING true",
};
const claimKey: Statement = {
  name: "claim_key",
  text: `INSERT INTO idempotency (organization_id, key, request_hash) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING RETURNING true`,
};
const claimedKey: Statement = {
  name: "claimed_key",
  text: `SELECT ${claimed.columns} FROM idempotency WHERE organization_id = $1 AND key = $2 FOR UPDATE`,
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
  const { status, body, ...kept } = claimed.read(row);
  return status === null || body === null ? undefined : { ...kept, status, body };
}

export function businessRows(changing: ChangeSession): OrganizationWrites {
  const { session } = changing;
  return {
    insertDeployment: async (made) => {
      const { logName, publicKey } = made;
      const values = [logName, publicKey, made.operatorTokenHash, await changedAtText(changing)];
      return (await session.rows(insertDeployment, values)).length > 0;
    },
    insertOrganization: async ({ organizationId, id, slug, name, origin }) => {
      const statement = organizationId === 0 ? insertReserved : insertOrganization;
      const at = optionalTimestampText((await changing.timeIfRead()) ?? null);
      const rows = await session.rows(statement, [id, slug, name, at, origin]);
      const made = organizationShape.read(onlyRow(rows, "organization"));
      changing.tookTime(made.createdAt);
      return made;
    },
    organizationForUpdate: async (organizationId) =>
      organizationShape.read(
        onlyRow(await session.rows(organizationForUpdate, [organizationId]), "organization"),
      ),
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
      operatorTokenHash.read(onlyRow(await session.rows(operatorTokenHashForUpdate, []), "deployment")),
    setOperatorTokenHash: async (hash) =>
      change(session, "UPDATE deployment SET operator_token_hash = $1, operator_token_since = $2", [
        hash,
        await changedAtText(changing),
      ]),
    resetOperatorTokenSince: async () =>
      (await session.rows(resetOperatorTokenSince, [await changedAtText(changing)])).length > 0,
  };
}
