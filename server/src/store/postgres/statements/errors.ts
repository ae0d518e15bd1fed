/**
 * Why a statement failed, in the terms of the contract. It knows SQLSTATEs so that nobody else has to, and refuses to know
 * what the statement was for.
 */
import pg from "pg";
import { StoreError, type StoreFailure } from "../../contract/errors.ts";

/** What was being done: of a COMMIT that broke, nobody knows whether it was done. */
export type FailureMoment = "before-commit" | "commit";

/** Unique keys that a caller could not have avoided; of the others the caller asked for a name that is taken. */
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
      // class 42 and the like: a mistake of ours, to be seen as one
      return undefined;
  }
}

const isMistake = (error: Error): boolean =>
  error instanceof TypeError ||
  error instanceof RangeError ||
  error instanceof SyntaxError ||
  error instanceof ReferenceError;

/** The StoreError of what a statement threw; anything that isn't a failure of the database comes back as it was. */
export function storeError(error: unknown, moment: FailureMoment = "before-commit"): unknown {
  if (error instanceof StoreError || !(error instanceof Error) || isMistake(error)) return error;
  if (error instanceof pg.DatabaseError) {
    const constraint = error.constraint;
    let failure = failureOfState(error.code ?? "", constraint);
    if (failure === undefined) return error;
    // a connection ended by the server while it committed may have committed
    if (failure === "unavailable" && moment === "commit") failure = "unknown";
    return new StoreError(failure, error.message, { cause: error, ...(constraint ? { constraint } : {}) });
  }
  // no SQLSTATE: the connection broke, could not be made, or gave no answer in time
  return new StoreError(moment === "commit" ? "unknown" : "unavailable", error.message, { cause: error });
}
