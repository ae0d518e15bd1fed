/** Runs the walks of pages and exports. */
import type { SlotName } from "daybook/internal";
import type { PageBytesQuery, PageEventBytes } from "../../contract/page-bytes.ts";
import type { HashedEvent, PageQuery, WalkedEvent } from "../../contract/pages.ts";
import type { WalkQuery } from "../../contract/walks.ts";
import { type SlotColumn, slotColumns } from "../events/columns.ts";
import { selectWalked, walkedReader } from "../events/read.ts";
import { columnsOfSlots, PageRows, selectPageBytes } from "../events/read-bytes.ts";
import { bytesOf } from "../statements/row-shape.ts";
import type { Row, Statement } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { type Built, type WalkStatement, walkSql } from "./walk-sql.ts";

/** Statements worth preparing: a few shapes make nearly all pages. Others run unprepared, so that connections stay small. */
const namedShapes = 100;

/** Gives statements their names; shared by all connections of a store, so that a name has the same text on each. */
export type Namer = (text: string) => Statement;

export function openNamer(): Namer {
  const statements = new Map<string, Statement>();
  return (text) => {
    let statement = statements.get(text);
    if (statement === undefined) {
      if (statements.size >= namedShapes) return { text };
      statement = { name: `walk_${statements.size}`, text };
      statements.set(text, statement);
    }
    return statement;
  };
}

/** The size of a chunk is limited by bytes, because an event can have 100 bytes or 64 KiB. */
const chunkBytes = 1_000_000;
const mostRows = 2_000;
const firstRows = 200;

function nextLimit(rows: readonly Row[]): number {
  const bytes = rows.reduce((sum, row) => sum + bytesOf(row), 0);
  return Math.max(20, Math.min(mostRows, Math.floor((chunkBytes / bytes) * rows.length)));
}

const columnsOf = (slots: readonly SlotName[] | undefined): readonly SlotColumn[] =>
  slots === undefined ? slotColumns : slotColumns.filter(({ slot }) => slots.includes(slot));

/** The columns of pages with some slots, and the reader of their rows. */
interface PageShape {
  readonly select: string;
  readonly read: (row: Row) => HashedEvent;
}

function pageShape(slots: readonly SlotName[] | undefined): PageShape {
  const columns = columnsOf(slots);
  return { select: selectWalked(columns, true), read: walkedReader(columns, true) as PageShape["read"] };
}

const wholePage = pageShape(undefined);
/** Few lists of slots make all pages. */
const pageShapes = new WeakMap<readonly SlotName[], PageShape>();

function shapeOf(slots: readonly SlotName[] | undefined): PageShape {
  if (slots === undefined) return wholePage;
  let shape = pageShapes.get(slots);
  if (shape === undefined) {
    shape = pageShape(slots);
    pageShapes.set(slots, shape);
  }
  return shape;
}

/** The columns of pages as bytes. */
interface ByteShape {
  readonly columns: readonly SlotColumn[];
  readonly select: string;
}
const byteShapes = new WeakMap<readonly SlotName[], ByteShape>();

function byteShapeOf(slots: readonly SlotName[]): ByteShape {
  let shape = byteShapes.get(slots);
  if (shape === undefined) {
    const columns = columnsOfSlots(slots);
    shape = { columns, select: selectPageBytes(columns) };
    byteShapes.set(slots, shape);
  }
  return shape;
}

export interface Walks {
  page(query: PageQuery): Promise<HashedEvent[]>;
  pageBytes(query: PageBytesQuery): Promise<PageEventBytes>;
  walk(query: WalkQuery): AsyncIterable<WalkedEvent[]>;
}

export function walks(read: Run, named: Namer): Walks {
  const run = ({ text, values }: Built): Promise<Row[]> =>
    read((session) => session.rows(named(text), values));

  const pageSql = ({ oldestFirst = false, slots, ...walk }: PageQuery): Built =>
    walkSql({ order: oldestFirst ? "oldest" : "newest", ...walk, select: shapeOf(slots).select });

  async function page(query: PageQuery): Promise<HashedEvent[]> {
    return (await run(pageSql(query))).map(shapeOf(query.slots).read);
  }

  async function pageBytes({ oldestFirst = false, slots, ...walk }: PageBytesQuery): Promise<PageEventBytes> {
    const { columns, select } = byteShapeOf(slots);
    const { text, values } = walkSql({ order: oldestFirst ? "oldest" : "newest", ...walk, select });
    const rows = await read((session) => session.rowBytes(named(text), values));
    return new PageRows(rows, columns, walk.organizationId);
  }

  async function* walk({
    organizationId,
    by,
    filter,
    before,
    slots,
    leafHash,
  }: WalkQuery): AsyncGenerator<WalkedEvent[]> {
    const columns = columnsOf(slots);
    const readRow = walkedReader(columns, leafHash);
    const order = by === "recorded" ? "recorded" : "oldest";
    let walk: WalkStatement = {
      order,
      organizationId,
      filter,
      before,
      limit: firstRows,
      select: selectWalked(columns, leafHash),
    };
    let pending = run(walkSql(walk));
    for (;;) {
      const rows = await pending;
      const isLast = rows.length < walk.limit;
      const events = rows.map(readRow);
      if (!isLast) {
        const { occurredAt, seq, logNo } = events.at(-1)!;
        walk = { ...walk, after: { occurredAt, seq, logNo }, limit: nextLimit(rows) };
        pending = run(walkSql(walk));
        // a caller that stops early does not wait for it
        pending.catch(() => {});
      }
      if (events.length > 0) yield events;
      if (isLast) return;
    }
  }

  return { page, pageBytes, walk };
}
