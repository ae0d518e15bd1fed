/** Pages and exports: runs walks. It refuses to know how their SQL is made. */
import type { PageQuery, StoredEvent, WalkQuery } from "../store.ts";
import type { Pools } from "./pools.ts";
import { readEvent } from "./read-event.ts";
import type { Row, Session, Statement } from "./session.ts";
import { type Built, type Walk, walkSql } from "./walk-sql.ts";

/** Statements worth preparing: few shapes make nearly all pages; the rest go unprepared, so that connections stay small. */
const namedShapes = 100;

type Namer = (text: string) => Statement;

function namer(): Namer {
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

/** Rows of a chunk: so many bytes rather than so many rows, since an event may be 100 bytes or 64 KiB. */
const chunkBytes = 1_500_000;
const mostRows = 2_000;
const firstRows = 200;

const bytesOf = (row: Row): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 16), 0);

function nextLimit(rows: readonly Row[]): number {
  const bytes = rows.reduce((sum, row) => sum + bytesOf(row), 0);
  return Math.max(20, Math.min(mostRows, Math.floor((chunkBytes / Math.max(1, bytes)) * rows.length)));
}

export interface Walks {
  page(query: PageQuery): Promise<StoredEvent[]>;
  walk(query: WalkQuery): AsyncIterable<StoredEvent[]>;
}

export function openWalks(pools: Pools): Walks {
  const named = namer();
  const run = (session: Session, { text, values }: Built): Promise<Row[]> =>
    session.rows(named(text), values);

  async function page({ organizationId, filter, after, limit }: PageQuery): Promise<StoredEvent[]> {
    const built = walkSql({ order: "newest", organizationId, filter, after, limit });
    return pools.read(async (session) => (await run(session, built)).map(readEvent));
  }

  async function* walk({ organizationId, by, filter, before }: WalkQuery): AsyncGenerator<StoredEvent[]> {
    const order = by === "recorded" ? "recorded" : "oldest";
    let next: Walk = { order, organizationId, filter, before, limit: firstRows };
    for (;;) {
      const rows = await pools.read((session) => run(session, walkSql(next)));
      if (rows.length > 0) yield rows.map(readEvent);
      if (rows.length < next.limit) return;
      const { occurredAt, seq, logNo } = readEvent(rows.at(-1)!);
      next = { ...next, after: { occurredAt, seq, logNo }, limit: nextLimit(rows) };
    }
  }

  return { page, walk };
}
