/** Folds events about the deployment: its operator token and its checks. They stand in the log of the reserved organization. */
import type { Folds, OwnEvent } from "./own-event.ts";
import type { FoldedRows } from "./state.ts";

/** Leaf 0 of the reserved log shows the deployment: its name and its key are those of that log. */
export function newDeployment(rows: FoldedRows, { occurredAt }: OwnEvent<"LOG_OPENED">, key: string): void {
  // base64 may have a + too
  const [origin = "", , ...encoded] = key.split("+");
  rows.put("deployment", {
    singleton: true,
    log_name: origin.slice(0, origin.lastIndexOf("/o/")),
    // after the byte that says Ed25519
    public_key: Buffer.from(encoded.join("+"), "base64").subarray(1).toString("base64"),
    created_at: occurredAt,
    operator_token_hash: null,
    operator_token_since: occurredAt,
  });
}

/** An operator token that was replaced while the clock was ahead works since the correction. */
export function resetOperatorTokenSince(
  rows: FoldedRows,
  { occurredAt }: OwnEvent<"LOG_CLOCK_CORRECTED">,
): void {
  const since = rows.get("deployment", "true")?.operator_token_since;
  if (typeof since === "string" && since > occurredAt)
    rows.change("deployment", "true", { operator_token_since: occurredAt });
}

/** Stands for the credential of the operator token that worked when the viewer session was opened. */
export const operatorToken = "the operator token";

/** Events of the log of the reserved organization, each in their order. */
interface TokenTimes {
  readonly replaced: readonly Pick<OwnEvent<"OPERATOR_TOKEN_REPLACED">, "seq" | "occurredAt" | "data">[];
  readonly corrected: readonly Pick<OwnEvent<"LOG_CLOCK_CORRECTED">, "seq" | "occurredAt">[];
}

/** Puts the credential of the operator token that worked at the time into the viewer sessions that it opened. */
export function settleOperatorTokens(rows: FoldedRows, { replaced, corrected }: TokenTimes): void {
  const worksSince = ({ seq, occurredAt }: TokenTimes["replaced"][number]): string =>
    corrected
      .filter((correction) => correction.seq > seq)
      .reduce(
        (since, correction) => (correction.occurredAt < since ? correction.occurredAt : since),
        occurredAt,
      );
  for (const [key, { operator_token_hash, created_at }] of rows.of("viewer_session")) {
    if (operator_token_hash !== operatorToken) continue;
    const worked = replaced.filter((each) => worksSince(each) <= String(created_at)).at(-1);
    rows.change("viewer_session", key, { operator_token_hash: worked?.data.credential ?? null });
  }
}

export const deploymentFolds: Folds<"OPERATOR_TOKEN_REPLACED" | "INTEGRITY_CHECKED"> = {
  OPERATOR_TOKEN_REPLACED: {
    deployment: (rows, { data: { credential }, occurredAt }) =>
      rows.change("deployment", "true", {
        operator_token_hash: credential,
        operator_token_since: occurredAt,
      }),
  },
  INTEGRITY_CHECKED: {
    deployment: (rows, { data, occurredAt: finished_at }) => {
      const { startedAt: started_at, organizations, events, findings } = data;
      const counts = { organizations, events: String(events), findings };
      rows.put("integrity_check", { singleton: true, ...counts, started_at, finished_at });
    },
  },
};
