/**
 * Step 4 of recording, the last before the lock: each slot gets its salt, its JCS text and its digest. The keys for finding actor and
 * targets are made here too.
 */
import {
  canonicalize,
  type Json,
  type NormalEvent,
  newSalt,
  partyKey,
  type SlotName,
  slotDigest,
  slotNames,
} from "daybook/internal";
import type { PreparedEvent, SaltedSlot } from "./prepared.ts";

type DigestParty = Parameters<typeof partyKey>[0];

/** The members taken over from the step before. */
export interface ToDigest {
  readonly normal: NormalEvent;
  readonly id: string;
  readonly pointer: string;
  readonly version: number;
  readonly rules: number;
}

/** Salts and digests the slots. */
export function digest({ normal, id, pointer, version, rules }: ToDigest): PreparedEvent {
  const slots: Partial<Record<SlotName, SaltedSlot>> = {};
  const sd: Partial<Record<SlotName, string>> = {};
  for (const name of slotNames) {
    const value = normal.slots[name];
    if (value === undefined) continue;
    const json = canonicalize(value);
    const salt = newSalt();
    slots[name] = { json, salt };
    sd[name] = slotDigest(salt, name, json);
  }
  return {
    pointer,
    id,
    isIdMade: normal.id === undefined,
    type: normal.type,
    version,
    rules,
    occurredAt: normal.occurredAt,
    outcome: normal.outcome,
    slots,
    sd,
    actor: keyOf(normal.slots.actor),
    targets: targetKeys(normal.slots.targets),
  };
}

/** The key for finding an actor or a target. */
const keyOf = (value: Json | undefined): string => partyKey(value as DigestParty);

function targetKeys(targets: Json | undefined): readonly string[] {
  if (targets === undefined) return [];
  const keys = (targets as Json[]).map(keyOf);
  return keys.length < 2 ? keys : [...new Set(keys)];
}
