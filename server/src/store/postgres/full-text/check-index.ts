/**
 * Compares the position of the full-text index with the log and with the rows of the index: a sentence for each difference. An index that is
 * behind is not a difference. check-words.ts compares the words of each event.
 */
import { fullTextFollower } from "../../contract/full-text.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";

const comparison = rowShape({
  isAhead: column<boolean>("p.log_no > h.log_no OR (p.log_no = h.log_no AND p.next_seq > h.size)"),
  logNo: column<number>("p.log_no"),
  next: column<bigint>("p.next_seq"),
  rows: column<bigint>("(SELECT count(*) FROM event_words w WHERE w.organization_id = $1)"),
  events: column<bigint>(
    "(SELECT count(*) FROM event e WHERE e.organization_id = $1 AND (e.log_no, e.seq) < (p.log_no, p.next_seq))",
  ),
});
/** One statement, so that all numbers are of one moment: the follower may index words meanwhile. */
const compare: Statement = {
  text: `SELECT ${comparison.columns}
    FROM follower p JOIN head h USING (organization_id) WHERE p.organization_id = $1 AND p.name = $2`,
};

const hasWords = column<boolean>("EXISTS (SELECT FROM event_words w WHERE w.organization_id = $1)");
const anyWords: Statement = { text: `SELECT ${hasWords.columns}` };

const remedy = "To rebuild it, see 'Rebuild the full-text index' in docs/operating.md.";

export async function* checkFullText(read: Run, organizationId: number): AsyncGenerator<string> {
  const [row] = await read((session) => session.rows(compare, [organizationId, fullTextFollower]));
  if (row === undefined) {
    const [stray = false] = (await read((session) => session.rows(anyWords, [organizationId]))).map(
      hasWords.read,
    );
    if (stray) yield `The full-text index has words, but no position. ${remedy}`;
    return;
  }
  const { isAhead, logNo, next, rows, events } = comparison.read(row);
  if (isAhead) {
    yield `The full-text index claims to have reached log ${logNo}, seq ${next}, which is past the end of the log. ${remedy}`;
  } else if (rows !== events) {
    yield `The full-text index has ${rows} rows for ${events} events before log ${logNo}, seq ${next}. ${remedy}`;
  }
}
