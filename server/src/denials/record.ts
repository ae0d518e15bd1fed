/**
 * Records denied attempts: at most one event for each subject and hour in each log, with their number. The hour begins when an event is
 * recorded; attempts within it wait in a row, which outlives the process. Any number of processes can do this simultaneously, because the
 * row is locked.
 */
import { type EventInput, hideTokensIn, type Json } from "daybook/internal";
import { byServer, type ChangeTransaction } from "../log/index.ts";
import type { DenialRow } from "../store/contract/denials.ts";
import type { CountedDenial } from "./counts.ts";

const hour = 3_600_000_000n;

const minute = 60_000_000n;

/** An hour that begins in the future was begun with a clock that ran ahead. */
const isOver = ({ recordedAt }: DenialRow, now: bigint): boolean =>
  now >= recordedAt + hour || recordedAt > now + minute;

/** The start of an hour that is over by now. */
export const overBefore = (now: bigint): bigint => now - hour + 1n;

/** Records the counted attempts, or adds them to the waiting ones. `now` in microseconds since 1970 UTC. */
export async function recordDenials(
  tx: ChangeTransaction,
  counted: CountedDenial,
  now: bigint,
): Promise<void> {
  const { organizationId, subject, event, count } = counted;
  const row = await tx.rows.denialForUpdate(organizationId, subject);
  const pending = (row?.pending ?? 0) + count;
  if (row === undefined || isOver(row, now)) {
    await record(tx, counted, { count: pending, now });
    return;
  }
  await tx.rows.putDenial({
    ...row,
    pending,
    event: JSON.stringify(hideTokensIn(event as unknown as Json)),
  });
}

/** Records the waiting attempts of a subject whose hour is over; does nothing if another process has. */
export async function recordPending(tx: ChangeTransaction, due: DenialRow, now: bigint): Promise<void> {
  const row = await tx.rows.denialForUpdate(due.organizationId, due.subject);
  if (row === undefined || row.event === null || !isOver(row, now)) return;
  const event = JSON.parse(row.event) as EventInput;
  await record(tx, { ...row, event }, { count: row.pending, now });
}

/** Drops waiting attempts that no log accepts. */
export async function forget(tx: ChangeTransaction, due: DenialRow): Promise<void> {
  const row = await tx.rows.denialForUpdate(due.organizationId, due.subject);
  if (row !== undefined) await tx.rows.putDenial({ ...row, pending: 0, event: null });
}

async function record(
  tx: ChangeTransaction,
  { organizationId, subject, event }: Pick<CountedDenial, "organizationId" | "subject" | "event">,
  { count, now }: { count: number; now: bigint },
): Promise<void> {
  const counted: EventInput = { ...event, outcome: "denied", data: { ...event.data, count } };
  await tx.record({ organizationId }, counted, byServer);
  await tx.rows.putDenial({ organizationId, subject, recordedAt: now, pending: 0, event: null });
}
