/**
 * The one time of a transaction's change, for the rows that it makes and ends and for their events. The database's clock is read at the
 * first use: by then, the transaction holds the locks that order changes.
 */
import { column } from "./row-shape.ts";
import type { Statement, StatementSession } from "./session.ts";
import { onlyRow } from "./statements.ts";
import { timestampText } from "./times.ts";

const moment = column<bigint>("clock_timestamp()");
const selectClock: Statement = { name: "clock", text: `SELECT ${moment.columns}` };

/** The database's clock, in microseconds. */
export const clock = async (session: StatementSession): Promise<bigint> =>
  moment.read(onlyRow(await session.rows(selectClock), "clock"));

/** A connection within a transaction, and the time of its change. */
export interface ChangeSession {
  readonly session: StatementSession;
  /** In microseconds; the same at every call. */
  readonly changedAt: () => Promise<bigint>;
  /** The same, if it has been read. */
  readonly timeIfRead: () => Promise<bigint> | undefined;
  /** For a statement that took the time itself, because it had not been read. */
  readonly tookTime: (at: bigint) => void;
}

export function changingOn(session: StatementSession): ChangeSession {
  let reading: Promise<bigint> | undefined;
  return {
    session,
    changedAt: () => {
      reading ??= clock(session);
      return reading;
    },
    timeIfRead: () => reading,
    tookTime: (at) => {
      reading ??= Promise.resolve(at);
    },
  };
}

/** The time of the change in PostgreSQL's format. */
export const changedAtText = async ({ changedAt }: ChangeSession): Promise<string> =>
  timestampText(await changedAt());
