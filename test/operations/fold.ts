/** Folds Daybook's own events into rows, starting from earlier rows, as fsck does: the result is what the rows must be. */
import type { RecordedEvent } from "daybook/internal";
import {
  FoldedRows,
  foldEvent,
  isFolded,
  type OwnEvent,
  settleOperatorTokens,
} from "../../server/src/integrity/index.ts";
import { type OwnTable, ownTables } from "../../server/src/store/contract/integrity.ts";
import type { News } from "./recorded.ts";
import type { Rows } from "./rows.ts";

const tables = Object.keys(ownTables) as OwnTable[];

/** The operator tokens that worked: the one before, then each that replaced it. */
function operatorTokens(before: Rows, own: readonly OwnEvent[]): OwnEvent<"OPERATOR_TOKEN_REPLACED">[] {
  const credential = before.deployment?.true?.operator_token_hash;
  const first = { seq: -1, occurredAt: "", data: { how: "REPLACED", credential } };
  const replaced = own.filter(({ type }) => type === "OPERATOR_TOKEN_REPLACED");
  return [first, ...replaced] as OwnEvent<"OPERATOR_TOKEN_REPLACED">[];
}

/** Daybook's own events of several logs by their times; one that a clock ahead recorded goes before what follows it in its log. */
function inOrder(logs: readonly (readonly RecordedEvent[])[]): OwnEvent[] {
  const timed = logs.flatMap((events) => {
    let at = "9";
    return events
      .toSorted((a, b) => b.seq - a.seq)
      .map((event) => {
        if (event.occurredAt < at) at = event.occurredAt;
        return { event, at };
      })
      .reverse();
  });
  timed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const own = timed.map(({ event }) => event).filter(({ recordedBy }) => recordedBy.own === true);
  return own as unknown as OwnEvent[];
}

/** The rows that there must be after these events; what others recorded folds into nothing. */
export function folded(before: Rows, news: News): Rows {
  const rows = new FoldedRows();
  for (const table of tables) for (const row of Object.values(before[table] ?? {})) rows.put(table, row);
  const own = inOrder([...news.values()]);
  for (const event of own) {
    if (!isFolded(event.type)) throw new Error(`${event.type} is Daybook's own, and folds into nothing.`);
    foldEvent(rows, event);
  }
  settleOperatorTokens(rows, { replaced: operatorTokens(before, own), corrected: [] });
  return Object.fromEntries(tables.map((table) => [table, Object.fromEntries(rows.of(table))]));
}
