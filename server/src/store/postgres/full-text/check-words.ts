/** Compares the words in the full-text index with those that events must have. */
import type { StoredEvent } from "../../contract/events.ts";
import { fullTextFollower } from "../../contract/full-text.ts";
import type { DerivedOptions } from "../../contract/integrity.ts";
import { column, rowShape, shapeUnder } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { vectorText } from "./lexemes.ts";

const place = rowShape({ logNo: column<number>("log_no"), seq: column<bigint>("seq") });
const selectWrong: Statement = {
  text: `SELECT ${shapeUnder("x", place).columns}
    FROM unnest($2::smallint[], $3::bigint[], $4::timestamptz[], $5::text[]) AS x (log_no, seq, occurred_at, words)
    LEFT JOIN event_words w
      ON w.organization_id = $1 AND w.occurred_at = x.occurred_at AND w.seq = x.seq AND w.log_no = x.log_no
    LEFT JOIN follower p ON p.organization_id = $1 AND p.name = $6
    WHERE w.words <> x.words::tsvector OR (w.words IS NULL AND (x.log_no, x.seq) < (p.log_no, p.next_seq))`,
};

/** The places of events, all of one organization, with other words than they must have, or none although the index is further. */
export async function wrongWords(
  session: StatementSession,
  events: readonly StoredEvent[],
  wordsOf: NonNullable<DerivedOptions["wordsOf"]>,
): Promise<Pick<StoredEvent, "logNo" | "seq">[]> {
  const vectors = events.map((event) => vectorOf(event, wordsOf));
  const readable = events.filter((_, index) => vectors[index] !== undefined);
  const rows = await session.rows(selectWrong, [
    events[0]?.organizationId,
    readable.map(({ logNo }) => logNo),
    readable.map(({ seq }) => seq),
    readable.map(({ occurredAt }) => timestampText(occurredAt)),
    vectors.filter((vector) => vector !== undefined),
    fullTextFollower,
  ]);
  return rows.map(place.read);
}

/** Undefined for an event with a slot that isn't JSON: fsck says so. */
function vectorOf(event: StoredEvent, wordsOf: NonNullable<DerivedOptions["wordsOf"]>): string | undefined {
  try {
    return vectorText(event.occurredAt, event.organizationId, wordsOf(event));
  } catch {
    return undefined;
  }
}
