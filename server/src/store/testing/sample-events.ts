/** Organizations and events for the tests of a store, with made-up content in real shapes. */
import { createHash, randomBytes } from "node:crypto";
import type { Outcome, SlotName } from "daybook/internal";
import type { KeptSlot, NewEvent } from "../contract/events.ts";
import type { Organization } from "../contract/organizations.ts";
import type { WalkedEvent } from "../contract/pages.ts";
import type { EventBytes } from "../contract/walks.ts";
import type { Store } from "../store.ts";
import { anywhere, recordingAnywhere } from "./anywhere.ts";

let counter = 0;

/** A new UUIDv7, ascending. */
export function newId(): string {
  const time = (1_795_000_000_000 + counter++).toString(16).padStart(12, "0");
  const random = randomBytes(10).toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

/** An organization with an empty log. */
export async function newOrganization(store: Store, name = "Acme"): Promise<Organization> {
  const suffix = randomBytes(6).toString("hex");
  const organization = { id: `org_${suffix}`, slug: `o-${suffix}`, name, origin: `log.example/o/${suffix}` };
  return store.write((tx) => tx.insertOrganization(organization), anywhere);
}

export interface SampleOptions {
  readonly id?: string;
  readonly logNo?: number;
  readonly type?: string;
  readonly actor?: { type: string; id: string };
  readonly targets?: readonly { type: string; id: string }[];
  readonly outcome?: Outcome;
  readonly occurredAt?: bigint;
  readonly recordedAt?: bigint;
  readonly slots?: Partial<Record<SlotName, string>>;
}

export const startTime = 1_795_415_871_123_456n;

const kept = (json: string): KeptSlot => ({ json, salt: new Uint8Array(randomBytes(16)) });
const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}:${id}`;

/** An event at a place of an organization's log, with the slots actor, targets and data, and any other given ones. */
export function sampleEvent(organizationId: number, seq: bigint, options: SampleOptions = {}): NewEvent {
  const { actor = { id: "u_17", type: "user" }, targets = [{ id: "a_1", type: "api" }] } = options;
  const texts: Partial<Record<SlotName, string>> = {
    actor: JSON.stringify({ id: actor.id, type: actor.type }),
    ...(targets.length > 0 ? { targets: JSON.stringify(targets.map(({ id, type }) => ({ id, type }))) } : {}),
    data: `{"seq":${seq}}`,
    ...options.slots,
  };
  return {
    organizationId,
    logNo: options.logNo ?? 0,
    seq,
    id: options.id ?? newId(),
    type: options.type ?? "NEW_API",
    occurredAt: options.occurredAt ?? startTime + seq,
    recordedAt: options.recordedAt ?? startTime + seq,
    outcome: options.outcome ?? "success",
    leafHash: new Uint8Array(createHash("sha256").update(`${organizationId}/${seq}`).digest()),
    slots: Object.fromEntries(Object.entries(texts).map(([slot, json]) => [slot, kept(json)])),
    actor: keyOf(actor),
    targets: [...new Set(targets.map(keyOf))],
  };
}

const ones = (size: bigint): number => size.toString(2).replaceAll("0", "").length;

/** A frontier of the right length: the store doesn't check its content. */
export const frontierOf = (size: bigint): Uint8Array =>
  new Uint8Array(randomBytes(size === 0n ? 0 : 32 * ones(size)));

/** Appends events to one organization's log like the folder `log`: locks, reads and writes heads. Returns the new size. */
export async function append(
  store: Store,
  organizationId: number,
  make: readonly SampleOptions[],
): Promise<NewEvent[]> {
  return store.write(async (tx) => {
    const [head] = await tx.lockHeads([organizationId]);
    const events = make.map((options, index) =>
      sampleEvent(organizationId, head!.size + BigInt(index), { logNo: head!.logNo, ...options }),
    );
    await tx.appendEvents(events);
    const size = head!.size + BigInt(events.length);
    await tx.updateHeads([{ ...head!, size, frontier: frontierOf(size), recordedAt: startTime + size }]);
    return events;
  }, recordingAnywhere);
}

/** The stored event for an appended one, with plain arrays for bytes so that they compare. */
export function plain(event: Omit<NewEvent, "actor" | "targets"> & Partial<NewEvent>): unknown {
  const { actor: _actor, targets: _targets, ...rest } = event;
  const slots = Object.fromEntries(
    Object.entries(rest.slots).map(([slot, value]) => [
      slot,
      "json" in value ? { json: value.json, salt: [...value.salt] } : { digest: [...value.digest] },
    ]),
  );
  return { ...rest, leafHash: [...rest.leafHash], slots };
}

/** All pages of a walk, as one list. */
export async function collect<T>(chunks: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const chunk of chunks) all.push(...chunk);
  return all;
}

/** All events of a walk as bytes, as one list of objects. */
export async function eventsOf(chunks: AsyncIterable<EventBytes>): Promise<WalkedEvent[]> {
  const all: WalkedEvent[] = [];
  for await (const events of chunks) while (events.next()) all.push(events.event());
  return all;
}
