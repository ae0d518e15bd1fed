/** Reads events and tiles by their keys: by id, and by place in the log. */
import type { StoredEvent } from "../../contract/events.ts";
import type { Tile } from "../../contract/logs.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";
import { selectEvent } from "./columns.ts";
import { readEvent } from "./read.ts";

// A join, even for one organization: with `id = ANY (…)`, the planner walks the whole organization if there are no statistics. "+ 0" leaves
// only the index on the id: for an empty table all indexes cost the same, and the plan stays.
export const byIds: Statement = {
  name: "events_by_ids",
  text: `SELECT ${selectEvent} FROM unnest($1::integer[], $2::uuid[]) AS k (organization_id, id)
    JOIN event e ON e.id = k.id AND e.organization_id + 0 = k.organization_id`,
};
// BETWEEN, because only the index on the id then gives this order. The policy of the reader also names the organization, and the planner
// would otherwise choose an index that starts with it.
export const byId: Statement = {
  name: "event_by_id",
  text: `SELECT ${selectEvent} FROM event e WHERE e.id BETWEEN $2 AND $2 AND e.organization_id = $1 ORDER BY e.id`,
};
export const bySeq: Statement = {
  name: "events_by_seq",
  text: `SELECT ${selectEvent} FROM event e
    WHERE e.organization_id = $1 AND e.log_no = $2 AND e.seq >= $3 ORDER BY e.seq LIMIT $4`,
};
const byPlaces: Statement = {
  name: "events_by_places",
  text: `SELECT ${selectEvent} FROM unnest($1::integer[], $2::smallint[], $3::bigint[])
      WITH ORDINALITY AS k (organization_id, log_no, seq, n)
    JOIN event e ON e.organization_id = k.organization_id AND e.log_no = k.log_no AND e.seq = k.seq ORDER BY k.n`,
};
const leafHash = column<Uint8Array>("leaf_hash");
const root = column<Uint8Array>("root");
const tile = rowShape<Pick<Tile, "index" | "hashes" | "root">>({
  index: column("tile_index"),
  hashes: column("hashes"),
  root,
});
export const selectLeafHashes: Statement = {
  name: "leaf_hashes",
  text: `SELECT ${leafHash.columns} FROM event WHERE organization_id = $1 AND log_no = $2 AND seq >= $3 AND seq < $4 ORDER BY seq`,
};
export const selectTileRoots: Statement = {
  name: "tile_roots",
  text: `SELECT ${root.columns} FROM tile
    WHERE organization_id = $1 AND log_no = $2 AND level = $3 AND tile_index >= $4 AND tile_index < $5 ORDER BY tile_index`,
};
export const selectTiles: Statement = {
  name: "tiles",
  text: `SELECT ${tile.columns} FROM tile
    WHERE organization_id = $1 AND log_no = $2 AND level = $3 AND tile_index >= $4 ORDER BY tile_index LIMIT $5`,
};

export async function findEvents(
  session: StatementSession,
  ids: readonly { organizationId: number; id: string }[],
): Promise<StoredEvent[]> {
  if (ids.length === 0) return [];
  const organizationIds = ids.map(({ organizationId }) => organizationId);
  const eventIds = ids.map(({ id }) => id);
  const rows = await session.rows(byIds, [organizationIds, eventIds]);
  return rows.map(readEvent);
}

export async function findEvent(
  session: StatementSession,
  key: [organizationId: number, id: string],
): Promise<StoredEvent | undefined> {
  return (await session.rows(byId, key)).map(readEvent)[0];
}

export async function eventsAt(
  session: StatementSession,
  places: readonly Pick<StoredEvent, "organizationId" | "logNo" | "seq">[],
): Promise<StoredEvent[]> {
  if (places.length === 0) return [];
  const rows = await session.rows(byPlaces, [
    places.map(({ organizationId }) => organizationId),
    places.map(({ logNo }) => logNo),
    places.map(({ seq }) => seq),
  ]);
  return rows.map(readEvent);
}

/** From a place in a log on, in order of seq. */
export async function eventsFrom(
  session: StatementSession,
  [organizationId, logNo, fromSeq, limit]: [number, number, bigint, number],
): Promise<StoredEvent[]> {
  return (await session.rows(bySeq, [organizationId, logNo, fromSeq, limit])).map(readEvent);
}

export async function leafHashes(
  session: StatementSession,
  [organizationId, logNo, from, to]: [number, number, bigint, bigint],
): Promise<Uint8Array[]> {
  return (await session.rows(selectLeafHashes, [organizationId, logNo, from, to])).map(leafHash.read);
}

export async function tileRoots(
  session: StatementSession,
  [organizationId, logNo, level, from, to]: [number, number, number, bigint, bigint],
): Promise<Uint8Array[]> {
  return (await session.rows(selectTileRoots, [organizationId, logNo, level, from, to])).map(root.read);
}

export async function tiles(
  session: StatementSession,
  [organizationId, logNo, level, fromIndex, limit]: [number, number, number, bigint, number],
): Promise<Tile[]> {
  const rows = await session.rows(selectTiles, [organizationId, logNo, level, fromIndex, limit]);
  return rows.map((row) => ({ organizationId, logNo, level, ...tile.read(row) }));
}
