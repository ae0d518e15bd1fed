/** The places to cut the connection to the database during an operation: every statement, and every COMMIT in four ways. */
import type { Line } from "../support/line.ts";

/** A place to cut at. `killed`: all connections go, and the answers don't count; else the server lives, and its answer does. */
export interface CutPlace {
  readonly name: string;
  readonly killed: boolean;
  /** Which one is cut, from 0. */
  readonly transaction: number;
  readonly isLast: boolean;
  /** Whether the database has committed it before the cut. */
  readonly isDone: boolean;
  readonly plan: (line: Line) => void;
}

/** Where to cut. */
export interface Steps {
  /** The first statement that is cut before, or the last one where there are fewer. */
  readonly from: number;
  /** From one statement to the next. */
  readonly step: number;
  /** At which COMMITs of a server that lives on; a server that is killed is cut before COMMIT and after it. */
  readonly lives: readonly ("before" | "after")[];
}

/** `transactions`: how many statements each had when nothing was cut, COMMIT being the last one. */
export function* places(transactions: readonly number[], { from, step, lives }: Steps): Generator<CutPlace> {
  for (const [transaction, statements] of transactions.entries()) {
    const isLast = transaction === transactions.length - 1;
    const here = { transaction, isLast };
    const named = (name: string): string =>
      transactions.length === 1 ? name : `${name} of transaction ${transaction + 1}`;
    for (let n = Math.max(1, Math.min(from, statements - 1)); n < statements; n += step)
      yield {
        ...here,
        name: named(`before statement ${n}`),
        killed: true,
        isDone: false,
        plan: (line) => line.cutBefore(n, { all: true, transaction }),
      };
    for (const killed of [true, false])
      for (const when of killed ? (["before", "after"] as const) : lives)
        yield {
          ...here,
          name: named(`${when} COMMIT, ${killed ? "killed," : "the server lives,"}`),
          killed,
          isDone: when === "after",
          plan: (line) => line.cutAtCommit(when, { all: killed, transaction }),
        };
  }
}
