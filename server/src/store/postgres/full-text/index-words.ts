/** Writes the words of events to the full-text index. */

import type { WordAt } from "../../contract/full-text.ts";
import type { WalkedEvent } from "../../contract/pages.ts";
import { copyText } from "../statements/copy-in.ts";
import type { StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { vectorText } from "./lexemes.ts";

const copyWords = "COPY event_words (organization_id, log_no, seq, occurred_at, words) FROM STDIN";

function lineOf(event: WalkedEvent, found: readonly WordAt[]): string {
  const { organizationId, logNo, seq, occurredAt } = event;
  const words = vectorText(occurredAt, organizationId, found);
  return `${organizationId}\t${logNo}\t${seq}\t${timestampText(occurredAt)}\t${copyText(words)}\n`;
}

export const insertWords = (
  session: StatementSession,
  events: readonly WalkedEvent[],
  wordsOf: (event: WalkedEvent) => readonly WordAt[],
): Promise<void> =>
  session.copyIn([{ copy: copyWords, rows: events.map((event) => lineOf(event, wordsOf(event))).join("") }]);
