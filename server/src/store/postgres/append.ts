/**
 * Appends events, the index rows of their targets, and tiles. No ON CONFLICT: a row that is there already is a failure,
 * because leaving one out would make a gap. It refuses to know how seq and hashes come about.
 */
import type { NewEvent, Tile } from "../store.ts";
import { copyBytes, copyNull, copyText } from "./copy-in.ts";
import { eventColumns, outcomeLetter, slotColumns } from "./event-columns.ts";
import type { Session } from "./session.ts";
import { timestampText } from "./times.ts";

const insertedColumns = [
  ...eventColumns.filter((column) => column !== "erased" && column !== "digests"),
  "actor_key",
];
const copyEvents = `COPY event (${insertedColumns.join(", ")}) FROM STDIN`;
const copyTargets = "COPY event_target (organization_id, log_no, seq, occurred_at, target_key) FROM STDIN";
const copyTiles = "COPY tile (organization_id, log_no, level, tile_index, hashes, root) FROM STDIN";

function slotFields(event: NewEvent): string {
  let salts = "\\\\x";
  let fields = "";
  for (const { slot } of slotColumns) {
    const kept = event.slots[slot];
    if (kept === undefined) {
      fields += `\t${copyNull}`;
    } else if ("digest" in kept) {
      throw new RangeError("An event is appended whole; only a recorded one has erased slots.");
    } else {
      salts += Buffer.from(kept.salt.buffer, kept.salt.byteOffset, kept.salt.byteLength).toString("hex");
      fields += `\t${copyText(kept.json)}`;
    }
  }
  return `${salts}${fields}`;
}

const eventLine = (event: NewEvent, occurredAt: string): string =>
  `${event.organizationId}\t${event.logNo}\t${event.seq}\t${event.id}\t${event.type}\t${occurredAt}\t${timestampText(
    event.recordedAt,
  )}\t${outcomeLetter(event.outcome)}\t${copyBytes(event.leafHash)}\t${slotFields(event)}\t${copyText(event.actor)}\n`;

export async function appendEvents(session: Session, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  let lines = "";
  let targets = "";
  for (const event of events) {
    const occurredAt = timestampText(event.occurredAt);
    lines += eventLine(event, occurredAt);
    for (const target of event.targets) {
      targets += `${event.organizationId}\t${event.logNo}\t${event.seq}\t${occurredAt}\t${copyText(target)}\n`;
    }
  }
  const tables = [{ copy: copyEvents, rows: lines }];
  if (targets !== "") tables.push({ copy: copyTargets, rows: targets });
  await session.copyIn(tables);
}

export async function appendTiles(session: Session, tiles: readonly Tile[]): Promise<void> {
  if (tiles.length === 0) return;
  let lines = "";
  for (const { organizationId, logNo, level, index, hashes, root } of tiles) {
    lines += `${organizationId}\t${logNo}\t${level}\t${index}\t${copyBytes(hashes)}\t${copyBytes(root)}\n`;
  }
  await session.copyIn([{ copy: copyTiles, rows: lines }]);
}
