/** Classifies why a statement failed, in the terms of the contract. Only this file knows SQLSTATEs. */
import pg from "pg";
import { StoreError, type StoreFailure } from "../../contract/errors.ts";

/** The step that failed: after a broken COMMIT, it is unknown whether it was done. */
export type FailureMoment = "before-commit" | "commit";

/** Unique keys whose conflicts a caller can't avoid; for the others, the caller chose a name that is taken. */
const ownKeys: ReadonlySet<string> = new Set([
  "event_pkey",
  "event_id_key",
  "event_target_pkey",
  "tile_pkey",
]);

function failureOfState(state: string, constraint: string | undefined): StoreFailure | undefined {
  if (state === "23505" && !ownKeys.has(constraint ?? "")) return "conflict";
  // lock_not_available, query_canceled (statement_timeout)
  if (state === "55P03" || state === "57014") return "busy";
  // statement_completion_unknown
  if (state === "40003") return "unknown";
  // read_only_sql_transaction (a standby), idle_in_transaction_session_timeout
  if (state === "25006" || state === "25P03") return "unavailable";
  switch (state.slice(0, 2)) {
    case "22":
    case "23":
    case "54":
      return "refused";
    case "40":
      return "retry";
    case "08":
    case "28":
    case "3D":
    case "53":
    case "57":
    case "58":
    case "XX":
      return "unavailable";
    default:
      // class 42 and similar: a mistake in Daybook, which must stay visible
      return undefined;
  }
}

const isMistake = (error: Error): boolean =>
  error instanceof TypeError ||
  error instanceof RangeError ||
  error instanceof SyntaxError ||
  error instanceof ReferenceError;

/** The StoreError for a statement's error; errors that aren't failures of the database are returned unchanged. */
export function storeError(error: unknown, moment: FailureMoment = "before-commit"): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || isMistake(error)) return error;
  if (error instanceof pg.DatabaseError) {
    const constraint = error.constraint;
    let failure = failureOfState(error.code ?? "", constraint);
    if (failure === undefined) return error;
    // a connection that the server ended during the commit may have committed
    if (failure === "unavailable" && moment === "commit") failure = "unknown";
    return new StoreError(failure, error.message, { cause: error, ...(constraint ? { constraint } : {}) });
  }
  // no SQLSTATE: the connection broke, could not be made, or timed out
  return new StoreError(moment === "commit" ? "unknown" : "unavailable", error.message, { cause: error });
}
