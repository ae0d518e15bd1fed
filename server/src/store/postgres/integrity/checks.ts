/** The row of scheduled checks: claims, keeps and finishes one, and reads the last. */
import type {
  ClaimedCheck,
  IntegrityCheckRows,
  IntegrityCheckStore,
  LastCheck,
} from "../../contract/integrity-checks.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { timestampText } from "../statements/times.ts";

const last = rowShape<LastCheck>({
  startedAt: column("started_at"),
  finishedAt: column("finished_at"),
  organizations: column("organizations"),
  events: column("events"),
  findings: column("findings"),
});
const selectLast: Statement = {
  name: "last_check",
  text: `SELECT ${last.columns} FROM integrity_check WHERE finished_at IS NOT NULL`,
};
const claimed = rowShape<ClaimedCheck>({
  claimedUntil: column("claimed_until"),
  startedAt: column("begun_at"),
  position: column("position"),
});
const later = (parameter: string): string => `clock_timestamp() + ${parameter} * interval '1 microsecond'`;
const makeRow: Statement = {
  name: "make_check",
  text: "INSERT INTO integrity_check DEFAULT VALUES ON CONFLICT DO NOTHING",
};
/** Since when the next check is awaited. */
const before = "coalesce(finished_at, (SELECT created_at FROM deployment))";
/** What is later than it can be, with a minute for clocks that differ, is of a clock that ran ahead, and must not stop all checks until then. */
const minute = "interval '1 minute'";
const claim: Statement = {
  name: "claim_check",
  text: `UPDATE integrity_check SET claimed_until = ${later("$2")}, begun_at = coalesce(begun_at, clock_timestamp())
    WHERE (claimed_until IS NULL OR claimed_until <= clock_timestamp() OR claimed_until > ${later("$2")} + ${minute})
      AND (begun_at IS NOT NULL OR ${before} + $1 * interval '1 microsecond' <= clock_timestamp()
        OR ${before} > clock_timestamp() + ${minute})
    RETURNING ${claimed.columns}`,
};
const keep: Statement = {
  name: "keep_check",
  text: `UPDATE integrity_check SET claimed_until = ${later("$3")}, position = $2 WHERE claimed_until = $1
    RETURNING ${claimed.columns}`,
};
const finish: Statement = {
  name: "finish_check",
  text: `UPDATE integrity_check SET started_at = begun_at, finished_at = $2, organizations = $3, events = $4, findings = $5,
      begun_at = NULL, claimed_until = NULL, position = NULL
    WHERE claimed_until = $1 RETURNING true`,
};

/** For the test of the rights: the conformance suite has no scheduled checks. */
export const checkStatements: readonly Statement[] = [makeRow, claim, keep, finish];

export const integrityChecks = (read: Run, write: Run): IntegrityCheckStore => ({
  lastCheck: async () => (await read((session) => session.rows(selectLast))).map(last.read)[0],
  claimCheck: ({ every, claim: duration }) =>
    write(async (session) => {
      await session.rows(makeRow);
      return (await session.rows(claim, [every, duration])).map(claimed.read)[0];
    }),
  keepCheck: async ({ claimedUntil }, position, duration) =>
    (await write((session) => session.rows(keep, [timestampText(claimedUntil), position, duration]))).map(
      claimed.read,
    )[0],
});

export const integrityCheckRows = (changing: ChangeSession): IntegrityCheckRows => ({
  finishCheck: async ({ claimedUntil }, { organizations, events, findings }) => {
    const at = await changedAtText(changing);
    const values = [timestampText(claimedUntil), at, organizations, events, findings];
    return (await changing.session.rows(finish, values)).length > 0;
  },
});
