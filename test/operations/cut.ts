/**
 * An operation performed over a line to the database that is cut between any two statements of its transaction, and what is
 * found of it afterwards by somebody else: nothing, or all of it.
 */
import { expect } from "vitest";
import type { Operation, Prepared } from "./operation.ts";
import { checkNews, type News, newsSince, type Sizes, sizesOf, typesOf } from "./recorded.ts";
import type { World } from "./world.ts";

/** The rows of each table: how many, and a digest of them all. */
type Rows = ReadonlyMap<string, string>;

// the index of words follows the events in its own time, beside every change
const listTables = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
  AND tablename NOT IN ('event_words', 'words_indexed') ORDER BY 1`;
/** Events are never changed, so that their number says enough. */
const counted: ReadonlySet<string> = new Set(["event", "event_target", "tile"]);
let tables: readonly string[] = [];

const digestOf = (table: string): string => {
  const sum = counted.has(table) ? "0" : "coalesce(sum(hashtextextended(r::text, 0)), 0)";
  return `SELECT '${table}' AS name, concat(count(*), ' ', ${sum}) AS rows FROM ${table} r`;
};

async function rowsOf({ sql }: World): Promise<Rows> {
  if (tables.length === 0) tables = (await sql.query(listTables)).rows.map(({ tablename }) => tablename);
  const { rows } = await sql.query(tables.map(digestOf).join("\nUNION ALL\n"));
  return new Map(rows.map(({ name, rows }) => [name, rows]));
}

const changedIn = (before: Rows, after: Rows): string[] =>
  [...after].filter(([name, rows]) => before.get(name) !== rows).map(([name]) => name);

/** Without those that grow now and then, whatever is recorded. */
const kinds = (changed: readonly string[]): readonly string[] => changed.filter((name) => name !== "tile");

/** Something to be performed, and how everything was before. */
interface Ready {
  readonly prepared: Prepared;
  readonly rows: Rows;
  readonly sizes: Sizes;
}

async function ready(world: World, operation: Operation): Promise<Ready> {
  const prepared = await operation.prepare(world.ground);
  return { prepared, rows: await rowsOf(world), sizes: await sizesOf(world) };
}

/** What came of a try: what it answered, undefined where it threw; which tables changed; what was recorded. */
interface Found {
  readonly answer: number | undefined;
  readonly wasCut: boolean;
  readonly changed: readonly string[];
  readonly news: News;
}

async function attempt(world: World, { prepared, rows, sizes }: Ready): Promise<Found> {
  const { on, line } = world;
  const answer = await prepared.perform(on).catch(() => undefined);
  const wasCut = line!.wasCut();
  const changed = changedIn(rows, await rowsOf(world));
  const found = { answer, wasCut, changed, news: await newsSince(world, sizes) };
  line!.mend();
  return found;
}

/** A place to cut at. `killed`: all connections go, and the answers don't count; else the server lives, and its answer does. */
interface Place {
  readonly name: string;
  readonly killed: boolean;
  readonly plan: (world: World) => void;
}

const beforeStatement = (n: number): Place => ({
  name: `before statement ${n}`,
  killed: true,
  plan: ({ line }) => line!.cutBefore(n, { all: true }),
});

const atCommit = (when: "before" | "after", killed: boolean): Place => ({
  name: `${when} COMMIT, ${killed ? "killed" : "the server lives"}`,
  killed,
  plan: ({ line }) => line!.cutAtCommit(when, { all: killed }),
});

/** Which statements are cut before: those that `step` comes to, from `from` on, or the last one where there are fewer; absent: each. */
export interface Steps {
  readonly from: number;
  readonly step: number;
}

/** `statements`: how many the transaction had that went through at first. */
function* places(statements: () => number, { from, step }: Steps): Generator<Place> {
  yield { name: "uncut", killed: false, plan: ({ line }) => line!.mend() };
  // the last one is COMMIT
  for (let n = Math.min(from, statements() - 1); n < statements(); n += step) yield beforeStatement(n);
  yield atCommit("before", true);
  yield atCommit("after", true);
  yield atCommit("before", false);
  yield atCommit("after", false);
}

/** How many cuts there were, and what was found after them. */
export interface Cuts {
  readonly cuts: number;
  readonly nothing: number;
  readonly all: number;
}

/**
 * Cuts an operation everywhere. `open` gives the world to perform it in, a new one where it needs that.
 * Throws unless, each time, nothing at all changed and nothing was recorded, or everything was.
 */
export async function cutEverywhere(
  operation: Operation,
  open: () => Promise<World>,
  steps: Steps = { from: 1, step: 1 },
): Promise<Cuts> {
  const tally = { cuts: 0, nothing: 0, all: 0 };
  let world = await open();
  let before: Ready | undefined;
  let wholly: readonly string[] | undefined;
  let statements = 0;
  for (const place of places(() => statements, steps)) {
    const where = `${operation.name}, cut ${place.name}`;
    before ??= await ready(world, operation);
    place.plan(world);
    const found = await attempt(world, before);
    // a tile that was full the first time made a statement more
    const wasShorter = place.killed && !found.wasCut && world.line!.statements() < statements;
    expect(found.wasCut || wasShorter, where).toBe(wholly !== undefined);
    if (wholly === undefined) statements = world.line!.statements();
    else if (!wasShorter) tally.cuts++;
    if (!found.wasCut || !place.killed) expect(found.answer, where).toBe(operation.answers);
    if (found.changed.length === 0) {
      // only who was killed may have done nothing: an answer that says it was done would be a lie
      expect([found.wasCut, place.killed], where).toEqual([true, true]);
      expect(typesOf(found.news), where).toEqual({});
      tally.nothing++;
    } else {
      checkNews(found.news, operation, before.prepared);
      wholly ??= kinds(found.changed);
      expect(kinds(found.changed), where).toEqual(wholly);
      if (found.wasCut) tally.all++;
    }
    if (found.wasCut && place.name.startsWith("before")) expectNothingBut(found, place, where);
    if (found.changed.length > 0 || operation.later) {
      if (operation.later) await world.on.server.rooms.refusals.flush();
      before = undefined;
      if (operation.on !== undefined) world = await open();
    }
  }
  return tally;
}

/** What never reached COMMIT can't be there, unless the server lives and did it again. */
function expectNothingBut({ changed }: Found, { killed }: Place, where: string): void {
  if (killed) expect(changed, where).toEqual([]);
}
