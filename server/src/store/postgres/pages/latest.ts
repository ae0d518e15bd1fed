/** When the last event of each of some parties occurred: the first row of their index for each of them. */
import type { LatestQuery } from "../../contract/latest.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";

const latestOf = rowShape<{ readonly party: string; readonly occurredAt: bigint }>({
  party: column("w.party"),
  occurredAt: column("last.occurred_at"),
});

const over = (rows: string): string => `SELECT ${latestOf.columns} FROM unnest($2::text[]) w (party)
  CROSS JOIN LATERAL (${rows}) last`;
export const latestByActor: Statement = {
  name: "latest_by_actor",
  text: over(`SELECT e.occurred_at FROM event e
    WHERE e.organization_id = $1 AND e.actor_hash = hashtext(w.party) AND e.actor_key = w.party
    ORDER BY e.occurred_at DESC, e.seq DESC, e.log_no DESC NULLS LAST LIMIT 1`),
};
export const latestByTarget: Statement = {
  name: "latest_by_target",
  text: over(`SELECT t.occurred_at FROM event_target t
    WHERE t.organization_id = $1 AND t.target_hash = hashtext(w.party) AND t.target_key = w.party
    ORDER BY t.occurred_at DESC, t.seq DESC, t.log_no DESC LIMIT 1`),
};

/** By `type:id`. */
export async function latest(
  session: StatementSession,
  query: LatestQuery,
): Promise<ReadonlyMap<string, bigint>> {
  const [statement, parties] =
    "actors" in query ? [latestByActor, query.actors] : [latestByTarget, query.targets];
  if (parties.length === 0) return new Map();
  const rows = (await session.rows(statement, [query.organizationId, [...new Set(parties)]])).map(
    latestOf.read,
  );
  return new Map(rows.map(({ party, occurredAt }) => [party, occurredAt]));
}
