/**
 * Appends events, the index rows of their targets, and tiles. No ON CONFLICT: a row that already exists is a failure, because leaving one
 * out would make a gap.
 */
import type { NewEvent } from "../../contract/events.ts";
import type { Tile } from "../../contract/logs.ts";
import { copyBytes, copyNull, copyText } from "../statements/copy-in.ts";
import type { StatementSession } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";
import { eventColumns, isByDaybook, outcomeLetter, slotColumns } from "./columns.ts";

const saltBytes = 16;
const insertedColumns = [
  ...eventColumns.filter((column) => column !== "erased" && column !== "digests"),
  "actor_key",
];
const copyEvents = `COPY event (${insertedColumns.join(", ")}) FROM STDIN`;
const copyTargets =
  "COPY event_target (organization_id, log_no, seq, occurred_at, by_daybook, target_key) FROM STDIN";
const copyTiles = "COPY tile (organization_id, log_no, level, tile_index, hashes, root) FROM STDIN";
/** Every COPY of a recording, for trying it without rows. */
export const copiesOfAppending: readonly string[] = [copyEvents, copyTargets, copyTiles];

// one shared buffer: its content is read before anything else runs
const saltsOfOne = Buffer.alloc(slotColumns.length * saltBytes);

function slotFields(event: NewEvent): string {
  let salts = 0;
  let fields = "";
  for (const { slot } of slotColumns) {
    const kept = event.slots[slot];
    if (kept === undefined) {
      fields += `\t${copyNull}`;
    } else if ("digest" in kept) {
      throw new RangeError("An event is appended whole; only a recorded one has erased slots.");
    } else {
      if (kept.salt.length !== saltBytes) throw new RangeError("A salt is 16 bytes.");
      saltsOfOne.set(kept.salt, salts);
      salts += saltBytes;
      fields += `\t${copyText(kept.json)}`;
    }
  }
  return `${copyBytes(saltsOfOne.subarray(0, salts))}${fields}`;
}

function eventLine(event: NewEvent, occurredAt: string): string {
  const { organizationId, logNo, seq, id, type, recordedAt, outcome, leafHash, actor } = event;
  const times = `${occurredAt}\t${timestampText(recordedAt)}`;
  const place = `${organizationId}\t${logNo}\t${seq}\t${id}\t${copyText(type)}\t${times}`;
  return `${place}\t${outcomeLetter(outcome)}\t${copyBytes(leafHash)}\t${slotFields(event)}\t${copyText(actor)}\n`;
}

function targetLines({ organizationId, logNo, seq, slots, targets }: NewEvent, occurredAt: string): string {
  const { recordedBy } = slots;
  const source = recordedBy !== undefined && "json" in recordedBy && isByDaybook(recordedBy.json) ? "t" : "f";
  const place = `${organizationId}\t${logNo}\t${seq}\t${occurredAt}\t${source}`;
  let lines = "";
  for (const target of targets) lines += `${place}\t${copyText(target)}\n`;
  return lines;
}

export async function appendEvents(session: StatementSession, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  let lines = "";
  let targets = "";
  for (const event of events) {
    const occurredAt = timestampText(event.occurredAt);
    lines += eventLine(event, occurredAt);
    if (event.targets.length > 0) targets += targetLines(event, occurredAt);
  }
  const tables = [{ copy: copyEvents, rows: lines }];
  if (targets !== "") tables.push({ copy: copyTargets, rows: targets });
  await session.copyIn(tables);
}

export async function appendTiles(session: StatementSession, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return;
  let lines = "";
  for (const { organizationId, logNo, level, index, hashes, root } of tiles) {
    lines += `${organizationId}\t${logNo}\t${level}\t${index}\t${copyBytes(hashes)}\t${copyBytes(root)}\n`;
  }
  await session.copyIn([{ copy: copyTiles, rows: lines }]);
}
