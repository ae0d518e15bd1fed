/**
 * Compares how far the full-text index says it is with the log and with what it has: a sentence for each difference. That it lies behind is
 * none. Whether the words of an event are right, only indexing it anew would show.
 */
import { fullTextFollower } from "../../contract/full-text.ts";
import type { Statement } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";

/** Everything of one moment, since words are indexed meanwhile. */
const compare: Statement = {
  text: `SELECT p.log_no > h.log_no OR (p.log_no = h.log_no AND p.next_seq > h.size), p.log_no, p.next_seq,
      (SELECT count(*) FROM event_words w WHERE w.organization_id = $1),
      (SELECT count(*) FROM event e WHERE e.organization_id = $1 AND (e.log_no, e.seq) < (p.log_no, p.next_seq))
    FROM follower p JOIN head h USING (organization_id) WHERE p.organization_id = $1 AND p.name = $2`,
};

const anew = "To index the words anew, see 'Indexing all words anew' in docs/operating.md.";

export async function* checkFullText(read: Run, organizationId: number): AsyncGenerator<string> {
  const [row] = await read((session) => session.rows(compare, [organizationId, fullTextFollower]));
  if (row === undefined) return;
  const [isAhead, logNo, next, rows, events] = row;
  if (isAhead === true) {
    yield `The index of words says that it has come to log ${logNo}, seq ${next}, which lies past the end of the log. ${anew}`;
  } else if (rows !== events) {
    yield `The index of words has ${rows} rows for ${events} events before log ${logNo}, seq ${next}. ${anew}`;
  }
}
