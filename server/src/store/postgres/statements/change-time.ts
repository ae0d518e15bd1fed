/**
 * The one time of a transaction's change: what it makes and ends carries it, and the events about it too. It is read from the
 * database's clock where it is needed first: by then the locks that order changes are held.
 */
import type { Statement, StatementSession } from "./session.ts";
import { timestampText } from "./times.ts";

const selectClock: Statement = { name: "clock", text: "SELECT clock_timestamp()" };

/** The database's clock, in microseconds. */
export const clock = async (session: StatementSession): Promise<bigint> =>
  (await session.rows(selectClock))[0]![0] as bigint;

/** A connection within a transaction, and the time of its change. */
export interface ChangeSession {
  readonly session: StatementSession;
  /** In microseconds; the same however often it is asked for. */
  readonly changedAt: () => Promise<bigint>;
}

export function changingOn(session: StatementSession): ChangeSession {
  let reading: Promise<bigint> | undefined;
  return {
    session,
    changedAt: () => {
      reading ??= clock(session);
      return reading;
    },
  };
}

/** The time of the change as PostgreSQL reads it. */
export const changedAtText = async ({ changedAt }: ChangeSession): Promise<string> =>
  timestampText(await changedAt());
