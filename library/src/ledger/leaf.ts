/**
 * The leaf: the permanently public part of an event, as the bytes of the tree. Source: spec/ledger.md. It is written by joining its parts
 * in the order of RFC 8785, not with a general serializer.
 */
import { DaybookError } from "../error/index.ts";
import type { Hash } from "./crypto.ts";
import { isSlotName } from "./slots.ts";
import { hashLeaf } from "./tree.ts";

/** The content of a leaf of version 1. Times are the event's own text: UTC, six decimals, `Z`. */
export interface LeafFields {
  /** The log's origin. */
  readonly log: string;
  /** The event's place in its log, from 0, at most 2^53-1. */
  readonly seq: bigint;
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly outcome: string;
  /** The digest of each slot of the event, 43 characters of base64url, by the slot's name, in any order. */
  readonly sd: Readonly<Record<string, string>>;
}

/**
 * Leaf data: JCS of `{"v":1,"log","seq","id","type","occurredAt","recordedAt","outcome","sd":{slot:digest}}`. Throws `proof-invalid` if a
 * text isn't printable ASCII that JSON writes without escapes, or a slot name, digest or seq is malformed.
 */
export function leafData(leaf: LeafFields): string {
  const { log, seq, id, type, occurredAt, recordedAt, outcome } = leaf;
  if (seq < 0n || seq > Number.MAX_SAFE_INTEGER) throw malformed("seq");
  if (!isPlain(log + id + type + occurredAt + recordedAt + outcome)) throw malformed("text");
  return (
    `{"id":"${id}","log":"${log}","occurredAt":"${occurredAt}","outcome":"${outcome}",` +
    `"recordedAt":"${recordedAt}","sd":{${digestMembers(leaf.sd)}},"seq":${seq},"type":"${type}","v":1}`
  );
}

/** The hash of the leaf with these fields. Throws as `leafData` does. */
export const leafHash = (leaf: LeafFields): Hash => hashLeaf(leafData(leaf));

function digestMembers(sd: Readonly<Record<string, string>>): string {
  let members = "";
  let last = "";
  for (const slot of Object.keys(sd)) {
    if (slot < last) return digestMembers(sorted(sd));
    if (!isSlotName(slot)) throw malformed("slot name");
    const digest = sd[slot] as string;
    if (!isDigest(digest)) throw malformed("digest");
    members += `${members === "" ? "" : ","}"${slot}":"${digest}"`;
    last = slot;
  }
  return members;
}

const sorted = (sd: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(sd).sort(([a], [b]) => (a < b ? -1 : 1)));

/** 43 characters of base64url; the last has two spare bits. */
const isDigest = (text: string): boolean => /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);

const isPlain = (text: string): boolean => /^[ !#-[\]-~]*$/.test(text);

const malformed = (what: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `A leaf can't contain this ${what}.` });
