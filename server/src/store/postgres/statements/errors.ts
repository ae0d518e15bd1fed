/** Classifies why a statement failed, in the terms of the contract. Only this file knows SQLSTATEs. */
import pg from "pg";
import { StoreError, type StoreFailure, type StoreReason } from "../../contract/errors.ts";
import { StandbyError } from "../connection/targets.ts";

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
  // read_only_sql_transaction (a standby), idle_in_transaction_session_timeout; insufficient_privilege: an operator revoked a right, and the
  // event is fine
  if (state === "25006" || state === "25P03" || state === "42501") return "unavailable";
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

const reasons: Readonly<Record<string, StoreReason>> = {
  "25006": "read-only",
  "42501": "not-permitted",
  "53100": "disk-full",
  "53300": "no-connection",
  "55P03": "locked",
  "57014": "slow",
  // the server stops or starts
  "57P01": "unreachable",
  "57P02": "unreachable",
  "57P03": "unreachable",
};

const fullDisk = /no space left on device|disk quota exceeded/i;

/** The word for monitoring of an error with a SQLSTATE. */
function reasonOfState(state: string, message: string): StoreReason {
  if (fullDisk.test(message)) return "disk-full";
  if (state.startsWith("28")) return "not-permitted";
  if (state.startsWith("08")) return "unreachable";
  return reasons[state] ?? "database-error";
}

/** The errors of pg that mean that nothing came in time; they have no code. */
const silence = /^(Query read timeout|timeout expired|timeout exceeded when trying to connect)$/;

/** Whether pg gave up waiting for an answer. */
export const isSilence = (error: unknown): boolean => error instanceof Error && silence.test(error.message);

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
    const reason = reasonOfState(error.code ?? "", error.message);
    return new StoreError(failure, error.message, {
      cause: error,
      reason,
      ...(constraint ? { constraint } : {}),
    });
  }
  // no SQLSTATE: the connection broke, could not be made, or timed out
  const reason = isSilence(error) ? "no-answer" : error instanceof StandbyError ? "read-only" : "unreachable";
  return new StoreError(moment === "commit" ? "unknown" : "unavailable", error.message, {
    cause: error,
    reason,
  });
}
