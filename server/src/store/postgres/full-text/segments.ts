/** Reads and writes the segments of the full-text index. */
import type {
  BlockRange,
  ChangedEvent,
  IndexSegment,
  SegmentKey,
  StoredBlock,
} from "../../contract/segments.ts";
import { CopyRows } from "../statements/copy-rows.ts";
import { column, columnBy, countColumn, rowShape } from "../statements/row-shape.ts";
import { together } from "../statements/send-together.ts";
import type { Statement, StatementSession } from "../statements/session.ts";

const segmentShape = rowShape<IndexSegment>({
  organizationId: column("s.organization_id"),
  logNo: column("s.log_no"),
  first: column("s.first_seq"),
  events: column("s.events"),
  oldest: column("s.oldest"),
  newest: column("s.newest"),
  version: column("s.version"),
});
const ofOne: Statement = {
  name: "segments_of_one",
  text: `SELECT ${segmentShape.columns} FROM full_text_segment s WHERE s.organization_id = $1
    ORDER BY s.newest DESC, s.log_no DESC, s.first_seq DESC`,
};
const ofAll: Statement = {
  name: "newest_segments",
  text: `SELECT ${segmentShape.columns} FROM full_text_segment s
    ORDER BY s.newest DESC, s.organization_id DESC, s.log_no DESC, s.first_seq DESC, s.events DESC LIMIT $1`,
};

const outdated: Statement = {
  text: `SELECT ${segmentShape.columns} FROM full_text_segment s WHERE s.version < $1 LIMIT 1`,
};

/** A text with one character for each byte, as a value of a statement. */
const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

const found = rowShape({
  range: countColumn("r.n"),
  first: columnBy("b.first_term", (value) => (value as Buffer).toString("latin1")),
  data: column<Buffer>("b.data"),
});
const isOfSegment =
  "b.organization_id = r.organization_id AND b.log_no = r.log_no AND b.first_seq = r.first_seq AND b.events = r.events";
const selectBlocks: Statement = {
  name: "segment_blocks",
  text: `SELECT ${found.columns}
    FROM unnest($1::integer[], $2::smallint[], $3::bigint[], $4::integer[], $5::bytea[], $6::bytea[], $7::integer[],
        $8::boolean[])
      WITH ORDINALITY AS r (organization_id, log_no, first_seq, events, from_term, before_term, most, is_first_known, n)
    CROSS JOIN LATERAL (
      (SELECT b.first_term, CASE WHEN r.is_first_known THEN ''::bytea ELSE b.data END AS data FROM full_text_block b WHERE ${isOfSegment} AND b.first_term <= r.from_term
        ORDER BY b.organization_id DESC, b.log_no DESC, b.first_seq DESC, b.events DESC, b.first_term DESC LIMIT 1)
      UNION ALL
      (SELECT b.first_term, b.data FROM full_text_block b
        WHERE ${isOfSegment} AND b.first_term > r.from_term AND b.first_term < r.before_term
        ORDER BY b.organization_id, b.log_no, b.first_seq, b.events, b.first_term LIMIT r.most - 1)) b`,
};
const deleted = column<number>("1");
const keys =
  "unnest($1::integer[], $2::smallint[], $3::bigint[], $4::integer[]) AS k (organization_id, log_no, first_seq, events)";
const deleteFrom = (table: string): string => `DELETE FROM ${table} b USING ${keys}
    WHERE b.organization_id = k.organization_id AND b.log_no = k.log_no AND b.first_seq = k.first_seq AND b.events = k.events`;
const deleteBlocks: Statement = { text: deleteFrom("full_text_block") };
const deleteRows: Statement = { text: `${deleteFrom("full_text_segment")} RETURNING ${deleted.columns}` };

const changed = rowShape<ChangedEvent>({
  organizationId: column("c.organization_id"),
  logNo: column("c.log_no"),
  seq: column("c.seq"),
});
const changedOfOne: Statement = {
  name: "changed_of_one",
  text: `SELECT ${changed.columns} FROM full_text_changed c WHERE c.organization_id = $1`,
};
const changedOfAll: Statement = {
  name: "changed_of_all",
  text: `SELECT ${changed.columns} FROM full_text_changed c`,
};
const insertChanged: Statement = {
  text: `INSERT INTO full_text_changed (organization_id, log_no, seq)
    SELECT * FROM unnest($1::integer[], $2::smallint[], $3::bigint[]) ON CONFLICT DO NOTHING`,
};
const deleteChanged: Statement = {
  text: `DELETE FROM full_text_changed
    WHERE organization_id = $1 AND log_no = $2 AND seq >= $3 AND seq < $3::bigint + $4::integer`,
};

export async function changedEvents(
  session: StatementSession,
  organizationId: number | undefined,
): Promise<ChangedEvent[]> {
  const rows =
    organizationId === undefined
      ? await session.rows(changedOfAll)
      : await session.rows(changedOfOne, [organizationId]);
  return rows.map(changed.read);
}

export async function markChanged(session: StatementSession, events: readonly ChangedEvent[]): Promise<void> {
  await session.rows(insertChanged, [
    events.map(({ organizationId }) => organizationId),
    events.map(({ logNo }) => logNo),
    events.map(({ seq }) => seq),
  ]);
}

export async function forgetChanged(
  session: StatementSession,
  { organizationId, logNo, first, events }: SegmentKey,
): Promise<void> {
  await session.rows(deleteChanged, [organizationId, logNo, first, events]);
}

export const segments = async (session: StatementSession, organizationId: number): Promise<IndexSegment[]> =>
  (await session.rows(ofOne, [organizationId])).map(segmentShape.read);

export async function newestSegments(session: StatementSession, limit: number): Promise<IndexSegment[]> {
  return (await session.rows(ofAll, [limit])).map(segmentShape.read);
}

export const outdatedSegment = async (
  session: StatementSession,
  version: number,
): Promise<IndexSegment | undefined> => (await session.rows(outdated, [version])).map(segmentShape.read)[0];

const keyValues = (of: readonly SegmentKey[]): unknown[] => [
  of.map(({ organizationId }) => organizationId),
  of.map(({ logNo }) => logNo),
  of.map(({ first }) => first),
  of.map(({ events }) => events),
];

/** How many ranges a statement has: while their rows are read, PostgreSQL works on the next. */
const rangesTogether = 64;

export async function blocks(
  session: StatementSession,
  ranges: readonly BlockRange[],
): Promise<StoredBlock[][]> {
  const parts = Array.from({ length: Math.ceil(ranges.length / rangesTogether) }, (_, n) =>
    ranges.slice(n * rangesTogether, (n + 1) * rangesTogether),
  );
  return (await together(parts.map((part) => blocksOf(session, part)))).flat();
}

async function blocksOf(session: StatementSession, ranges: readonly BlockRange[]): Promise<StoredBlock[][]> {
  const result: StoredBlock[][] = ranges.map(() => []);
  const rows = await session.rows(selectBlocks, [
    ...keyValues(ranges.map(({ segment }) => segment)),
    ranges.map(({ from }) => bytes(from)),
    ranges.map(({ before }) => bytes(before)),
    ranges.map(({ most }) => most),
    ranges.map(({ isFirstKnown = false }) => isFirstKnown),
  ]);
  for (const row of rows) {
    const { range, first, data } = found.read(row);
    result[range - 1]!.push({ first, data });
  }
  return result;
}

const binary = "FROM STDIN (FORMAT binary)";
const copySegments = `COPY full_text_segment (organization_id, log_no, first_seq, events, oldest, newest, version) ${binary}`;
const copyBlocks = `COPY full_text_block (organization_id, log_no, first_seq, events, first_term, data) ${binary}`;

/** Writes the key of a row with so many fields after it. */
function writeKey(rows: CopyRows, { organizationId, logNo, first, events }: SegmentKey, more: number): void {
  rows.row(4 + more);
  rows.integer(organizationId);
  rows.smallint(logNo);
  rows.bigint(first);
  rows.integer(events);
}

export async function insertSegment(
  session: StatementSession,
  segment: IndexSegment,
  stored: readonly StoredBlock[],
): Promise<void> {
  const [head, rows] = [new CopyRows(), new CopyRows()];
  writeKey(head, segment, 3);
  head.timestamp(segment.oldest);
  head.timestamp(segment.newest);
  head.smallint(segment.version);
  for (const { first, data } of stored) {
    writeKey(rows, segment, 2);
    rows.bytea(bytes(first));
    rows.bytea(data);
  }
  await session.copyIn([
    { copy: copySegments, rows: head.whole() },
    { copy: copyBlocks, rows: rows.whole() },
  ]);
}

export async function deleteSegments(session: StatementSession, of: readonly SegmentKey[]): Promise<number> {
  await session.rows(deleteBlocks, keyValues(of));
  return (await session.rows(deleteRows, keyValues(of))).length;
}
