/**
 * Appends events, the index rows of their targets, and tiles. No ON CONFLICT: a row that already exists is a failure, because leaving one
 * out would make a gap.
 */
import type { NewEvent } from "../../contract/events.ts";
import type { Tile } from "../../contract/logs.ts";
import { CopyRows } from "../statements/copy-rows.ts";
import type { StatementSession } from "../statements/session.ts";
import { eventColumns, isByDaybook, outcomeLetter, slotColumns } from "./columns.ts";

const saltBytes = 16;
const insertedColumns = [
  ...eventColumns.filter((column) => column !== "erased" && column !== "digests"),
  "actor_key",
];
const copyEvents = `COPY event (${insertedColumns.join(", ")}) FROM STDIN (FORMAT binary)`;
const copyTargets =
  "COPY event_target (organization_id, log_no, seq, occurred_at, by_daybook, target_key) FROM STDIN (FORMAT binary)";
const copyTiles =
  "COPY tile (organization_id, log_no, level, tile_index, hashes, root) FROM STDIN (FORMAT binary)";
/** Every COPY of a recording, for trying it without rows. */
export const copiesOfAppending: readonly string[] = [copyEvents, copyTargets, copyTiles];

// one shared buffer: its content is copied before anything else runs
const saltsOfOne = Buffer.alloc(slotColumns.length * saltBytes);

/** The salts of an event's slots, one after the other. */
function saltsOf({ slots }: NewEvent): Uint8Array {
  let length = 0;
  for (const { slot } of slotColumns) {
    const kept = slots[slot];
    if (kept === undefined) continue;
    if ("digest" in kept)
      throw new RangeError("An event is appended whole; only a recorded one has erased slots.");
    if (kept.salt.length !== saltBytes) throw new RangeError("A salt is 16 bytes.");
    saltsOfOne.set(kept.salt, length);
    length += saltBytes;
  }
  return saltsOfOne.subarray(0, length);
}

/** In the order of `insertedColumns`. */
function addEvent(rows: CopyRows, event: NewEvent): void {
  rows.row(insertedColumns.length);
  rows.integer(event.organizationId);
  rows.smallint(event.logNo);
  rows.bigint(event.seq);
  rows.uuid(event.id);
  rows.text(event.type);
  rows.timestamp(event.occurredAt);
  rows.timestamp(event.recordedAt);
  rows.letter(outcomeLetter(event.outcome));
  rows.bytea(event.leafHash);
  rows.bytea(saltsOf(event));
  for (const { slot } of slotColumns) {
    const kept = event.slots[slot];
    if (kept !== undefined && "json" in kept) rows.text(kept.json);
    else rows.nothing();
  }
  rows.text(event.actor);
}

function addTargets(rows: CopyRows, event: NewEvent): void {
  if (event.targets.length === 0) return;
  const { recordedBy } = event.slots;
  const byDaybook = recordedBy !== undefined && "json" in recordedBy && isByDaybook(recordedBy.json);
  for (const target of event.targets) {
    rows.row(6);
    rows.integer(event.organizationId);
    rows.smallint(event.logNo);
    rows.bigint(event.seq);
    rows.timestamp(event.occurredAt);
    rows.bool(byDaybook);
    rows.text(target);
  }
}

export async function appendEvents(session: StatementSession, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = new CopyRows();
  const targets = new CopyRows();
  for (const event of events) {
    addEvent(rows, event);
    addTargets(targets, event);
  }
  const tables = [{ copy: copyEvents, rows: rows.whole() }];
  if (!targets.isEmpty) tables.push({ copy: copyTargets, rows: targets.whole() });
  await session.copyIn(tables);
}

export async function appendTiles(session: StatementSession, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return;
  const rows = new CopyRows();
  for (const { organizationId, logNo, level, index, hashes, root } of tiles) {
    rows.row(6);
    rows.integer(organizationId);
    rows.smallint(logNo);
    rows.smallint(level);
    rows.bigint(index);
    rows.bytea(hashes);
    rows.bytea(root);
  }
  await session.copyIn([{ copy: copyTiles, rows: rows.whole() }]);
}
