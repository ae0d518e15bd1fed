/** Walks events as bytes: COPY of one chunk after the other, by keyset. */
import type { ByteWalkQuery, EventBytes } from "../../contract/walks.ts";
import { type ChunkEnd, CopiedEvents, columnsOfSlots, endOf, selectBytes } from "../events/read-bytes.ts";
import { CopiedBytes } from "../statements/copied-bytes.ts";
import { literal } from "../statements/literal.ts";
import type { Run } from "../statements/statements.ts";
import { type WalkStatement, walkText } from "./walk-sql.ts";

/** The size of a chunk as it is aimed at, and its limit. */
const chunkBytes = 2_000_000;
const mostBytes = 2 * chunkBytes;
const firstRows = 200;
const mostRows = 20_000;
/** Events may be larger than the ones before: so the number of rows grows in steps. */
const mostGrowth = 8;

/** COPY takes no parameters, so the values are written into its text. */
const copyText = (walk: WalkStatement): string =>
  `COPY (${walkText(walk, literal)}) TO STDOUT (FORMAT binary)`;

const nextLimit = (bytes: number, { count }: ChunkEnd): number =>
  Math.max(20, Math.min(mostRows, mostGrowth * count, Math.floor((chunkBytes / bytes) * count)));

export async function* walkBytes(
  read: Run,
  { organizationId, by, filter, before, slots }: ByteWalkQuery,
): AsyncGenerator<EventBytes> {
  const columns = columnsOfSlots(slots);
  const copy = (walk: WalkStatement, into: CopiedBytes): Promise<CopiedBytes> =>
    read(async (session) => {
      into.clear();
      await session.copyOut(copyText(walk), into);
      return into;
    });
  let walk: WalkStatement = {
    order: by === "recorded" ? "recorded" : "oldest",
    organizationId,
    filter,
    before,
    limit: firstRows,
    select: selectBytes(columns),
  };
  let spare = new CopiedBytes(mostBytes);
  let pending = copy(walk, new CopiedBytes(mostBytes));
  for (;;) {
    const copied = await pending;
    const end = endOf(copied, columns);
    if (end === undefined) return;
    const isLast = end.count < walk.limit && !copied.isCut;
    if (!isLast) {
      walk = { ...walk, after: end.last, limit: nextLimit(copied.end, end) };
      pending = copy(walk, spare);
      // a caller that stops early does not wait for it
      pending.catch(() => {});
    }
    yield new CopiedEvents(copied, columns, organizationId);
    if (isLast) return;
    spare = copied;
  }
}
