/** What events about the operator token fold into after a clock that ran ahead. */
import { expect, test } from "vitest";
import { FoldedRows, foldEvent, settleOperatorTokens } from "./index.ts";

const before = "2026-11-01T12:00:00.000000Z";
const ahead = "2027-11-01T12:00:00.000000Z";
const corrected = "2026-11-03T12:00:00.000000Z";
const after = "2026-11-04T12:00:00.000000Z";

const deployment = { slug: "daybook", id: "org_0" };
const event = (type: string, seq: number, occurredAt: string, data: object): never =>
  ({
    type,
    seq,
    occurredAt,
    data,
    organization: deployment,
    actor: { type: "system", id: "daybook" },
  }) as never;

const replacedAt = (seq: number, occurredAt: string, credential: string): never =>
  event("OPERATOR_TOKEN_REPLACED", seq, occurredAt, { how: "REPLACED", credential });
const correction = event("LOG_CLOCK_CORRECTED", 3, corrected, { previousRecordedAt: ahead });

function deploymentOf(): FoldedRows {
  const rows = new FoldedRows();
  rows.put("deployment", { singleton: true, operator_token_hash: null, operator_token_since: before });
  return rows;
}

test("a token that was replaced while the clock was ahead works since the clock was corrected", () => {
  const rows = deploymentOf();
  const since = (): unknown => rows.get("deployment", "true")?.operator_token_since;
  foldEvent(rows, replacedAt(2, ahead, "second"));
  expect(since()).toBe(ahead);
  foldEvent(rows, correction);
  expect(since()).toBe(corrected);
  foldEvent(rows, replacedAt(4, after, "third"));
  foldEvent(rows, event("LOG_CLOCK_CORRECTED", 5, "2026-11-05T12:00:00.000000Z", {}));
  expect(since()).toBe(after);
});

test("a viewer session belongs to the token that worked, also if that was replaced ahead of time", () => {
  const rows = deploymentOf();
  const opened = (id: string, created_at: string): void =>
    rows.put("viewer_session", { id, created_at, operator_token_hash: "the operator token" });
  opened("before", "2026-11-02T12:00:00.000000Z");
  opened("after", after);
  settleOperatorTokens(rows, {
    replaced: [replacedAt(1, before, "first"), replacedAt(2, ahead, "second")],
    corrected: [correction],
  });
  const hashes = [...rows.of("viewer_session").values()].map(
    ({ operator_token_hash }) => operator_token_hash,
  );
  expect(hashes).toEqual(["first", "second"]);
});
