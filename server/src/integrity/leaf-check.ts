/** Checks one log's events, row by row: slots are canonical JSON, digests and leaf match the stored ones, times don't decrease. */
import {
  canonicalize,
  equalBytes,
  formatTime,
  leafHash,
  limits,
  readJson,
  type SlotName,
  slotDigest,
  slotNames,
  toBase64url,
} from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { LogFinding } from "./finding.ts";

/** The one type at which recordedAt can decrease. */
const clockCorrected = "LOG_CLOCK_CORRECTED";
const logOpened = "LOG_OPENED";

/** Checks events in order of seq. */
export class LeafCheck {
  /** recordedAt of the last event; null before the first. */
  recordedAt: bigint | null = null;
  readonly #origin: string;

  /** `recordedAt` of the event before the first one that is checked; null if there is none. */
  constructor(origin: string, recordedAt: bigint | null = null) {
    this.#origin = origin;
    this.recordedAt = recordedAt;
  }

  *check(event: StoredEvent): Generator<LogFinding> {
    for (const sentence of this.#sentences(event)) yield { seq: event.seq, sentence };
    this.recordedAt = event.recordedAt;
  }

  *#sentences(event: StoredEvent): Generator<string> {
    const { seq, type, recordedAt } = event;
    if ((seq === 0n) !== (type === logOpened)) {
      yield seq === 0n
        ? `Event 0 is ${type}, not ${logOpened}.`
        : `Event ${seq} is ${logOpened}, which only event 0 may be.`;
    }
    const last = this.recordedAt;
    if (last !== null && recordedAt < last && type !== clockCorrected) {
      yield `Event ${seq} was recorded at ${formatTime(recordedAt)}, before event ${seq - 1n} at ${formatTime(last)}.`;
    }
    for (const name of slotNames)
      if (!isCanonical(event, name)) yield `Slot ${name} of event ${seq} is not canonical JSON.`;
    for (const name of ["actor", "recordedBy"] as const) {
      if (event.slots[name] === undefined) yield `Event ${seq} has no slot ${name}.`;
    }
    // no event type erases yet, so no event can explain it
    for (const name of slotNames) {
      const slot = event.slots[name];
      if (slot !== undefined && "digest" in slot)
        yield `Slot ${name} of event ${seq} is erased, but no event says so.`;
    }
    const hash = leafHashOf(event, this.#origin);
    if (hash === undefined)
      yield `Event ${seq} can't be made into a leaf: a value, a time or its type is malformed.`;
    else if (!equalBytes(hash, event.leafHash)) {
      yield `The leaf hash of event ${seq} is not that of its row: a value, a salt, a time or the hash was altered.`;
    }
  }
}

function isCanonical(event: StoredEvent, name: SlotName): boolean {
  const slot = event.slots[name];
  if (slot === undefined || "digest" in slot) return true;
  try {
    return canonicalize(readJson(slot.json, { maxDepth: limits.keptDepth })) === slot.json;
  } catch {
    return false;
  }
}

/** The leaf hash of a row: digests of stored slots are computed, those of erased ones are read. */
function leafHashOf(event: StoredEvent, log: string): Uint8Array | undefined {
  const { seq, id, type, outcome } = event;
  const sd: Record<string, string> = {};
  try {
    for (const name of slotNames) {
      const slot = event.slots[name];
      if (slot === undefined) continue;
      sd[name] = "digest" in slot ? toBase64url(slot.digest) : slotDigest(slot.salt, name, slot.json);
    }
    const occurredAt = formatTime(event.occurredAt);
    const recordedAt = formatTime(event.recordedAt);
    return leafHash({ log, seq, id, type, occurredAt, recordedAt, outcome, sd });
  } catch {
    return undefined;
  }
}
