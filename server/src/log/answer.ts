/**
 * The last step of recording: receipts, in the order sent. A repeat gets its first receipt. This step reads the store only for the name of
 * an older log.
 */
import {
  DaybookError,
  disclosure,
  formatTime,
  leafData,
  type Receipt,
  type RecordedBy,
  type SlotName,
  slotDigest,
  slotNames,
  toBase64,
  toBase64url,
  type Unrecorded,
} from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Store } from "../store/store.ts";
import type { PlacedEvent, UnchangedEvent } from "./prepared.ts";
import { isRecorder } from "./repeat.ts";

/** The response to one request. `recorded` is the number of events that this request put into the log. */
export interface RecordAnswer {
  readonly receipts: (Receipt | Unrecorded)[];
  readonly recorded: number;
}

/** Makes the response. `fullFor`: receipts of what this caller recorded have leaf data and disclosures. */
export async function answer(
  places: readonly (PlacedEvent | UnchangedEvent)[],
  store: Pick<Store, "logs">,
  fullFor: RecordedBy | undefined,
): Promise<RecordAnswer> {
  const receipts: (Receipt | Unrecorded)[] = [];
  let recorded = 0;
  for (const place of places) {
    if ("unchanged" in place) {
      receipts.push({ id: place.id, recorded: false });
      continue;
    }
    const origin = place.origin ?? (await originOf(place.event, store));
    receipts.push(receiptOf(place.event, origin, isRecorder(fullFor, place.event)));
    if (place.recorded) recorded++;
  }
  return { receipts, recorded };
}

async function originOf(event: StoredEvent, store: Pick<Store, "logs">): Promise<string> {
  const logs = await store.logs(event.organizationId).catch((cause: unknown) => {
    // others may have recorded events of the request meanwhile
    throw new DaybookError("outcome-unknown", { retryAfter: 2, cause });
  });
  const log = logs.find((each) => each.logNo === event.logNo);
  if (log === undefined)
    throw new DaybookError("internal", { detail: "An event is in a log that does not exist." });
  return log.origin;
}

function receiptOf(event: StoredEvent, log: string, full: boolean): Receipt {
  const receipt: Receipt = {
    id: event.id,
    log,
    seq: Number(event.seq),
    recordedAt: formatTime(event.recordedAt),
    leafHash: toBase64(event.leafHash),
  };
  return full ? { ...receipt, ...evidenceOf(event, log) } : receipt;
}

/**
 * What a sender needs to check `leafHash`, whatever was labeled, cut or hidden: the leaf data, and the disclosures of the slots that are
 * still stored.
 */
function evidenceOf(event: StoredEvent, log: string): Required<Pick<Receipt, "leafData" | "disclosures">> {
  const disclosures: Partial<Record<SlotName, string>> = {};
  for (const name of slotNames) {
    const slot = event.slots[name];
    if (slot !== undefined && "salt" in slot) disclosures[name] = disclosure(slot.salt, name, slot.json);
  }
  return { leafData: leafDataOf(event, log), disclosures };
}

/** The leaf data of a stored event, with recomputed digests. */
function leafDataOf(event: StoredEvent, log: string): string {
  const sd: Record<string, string> = {};
  for (const name of slotNames) {
    const slot = event.slots[name];
    if (slot === undefined) continue;
    sd[name] = "digest" in slot ? toBase64url(slot.digest) : slotDigest(slot.salt, name, slot.json);
  }
  return leafData({
    log,
    seq: event.seq,
    id: event.id,
    type: event.type,
    occurredAt: formatTime(event.occurredAt),
    recordedAt: formatTime(event.recordedAt),
    outcome: event.outcome,
    sd,
  });
}
