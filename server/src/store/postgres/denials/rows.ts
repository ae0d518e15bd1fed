/** The rows of denied attempts in a writing transaction. */
import type { DenialRow, DenialRows } from "../../contract/denials.ts";
import { denialShape } from "../people/columns.ts";
import type { ChangeSession } from "../statements/change-time.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";

const denialForUpdate: Statement = {
  name: "denial_for_update",
  text: `SELECT ${denialShape.columns} FROM denial WHERE organization_id = $1 AND subject = $2 FOR UPDATE`,
};
// two subjects with the same hash wait for each other, which does no harm
const lockPlace: Statement = {
  name: "lock_denial",
  text: "SELECT pg_advisory_xact_lock($1, hashtext($2))",
};
const putDenial: Statement = {
  name: "put_denial",
  text: `INSERT INTO denial (organization_id, subject, recorded_at, pending, event) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organization_id, subject)
    DO UPDATE SET recorded_at = excluded.recorded_at, pending = excluded.pending, event = excluded.event`,
};

/** A row that doesn't exist can't be locked, so an advisory lock orders the first two attempts of a subject. */
async function lockDenial(
  session: StatementSession,
  organizationId: number,
  subject: string,
): Promise<DenialRow | undefined> {
  const find = async (): Promise<DenialRow | undefined> => {
    const [row] = await session.rows(denialForUpdate, [organizationId, subject]);
    return row && denialShape.read(row);
  };
  const found = await find();
  if (found !== undefined) return found;
  await session.rows(lockPlace, [organizationId, subject]);
  return find();
}

export const denialRows = (changing: ChangeSession): DenialRows => ({
  denialForUpdate: (organizationId, subject) => lockDenial(changing.session, organizationId, subject),
  putDenial: async ({ organizationId, subject, recordedAt, pending, event }) => {
    const values = [organizationId, subject, timestampText(recordedAt), pending, event];
    await changing.session.rows(putDenial, values);
  },
});
