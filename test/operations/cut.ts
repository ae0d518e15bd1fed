/**
 * Performs an operation over a connection to the database that is cut between any two statements of its transactions, and checks the
 * result: nothing, or everything; of several transactions, exactly the committed ones.
 */
import { expect } from "vitest";
import { folded } from "./fold.ts";
import type { Operation, Prepared } from "./operation.ts";
import { type CutPlace, places, type Steps } from "./places-to-cut.ts";
import { checkNews, expectedTypes, type News, newsSince, type Sizes, sizesOf, typesOf } from "./recorded.ts";
import { rowsOf, type Rows as ToldRows } from "./rows.ts";
import type { OperationsWorld } from "./world.ts";

/** The rows of each table: how many, and a digest of them all. */
type Digests = ReadonlyMap<string, string>;

// the full-text index follows the events in its own time, beside every change
const listTables = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
  AND tablename NOT IN ('full_text_segment', 'full_text_block', 'full_text_changed', 'follower') ORDER BY 1`;
/** Events are never changed, so that their number says enough. */
const counted: ReadonlySet<string> = new Set(["event", "event_target", "tile"]);
let tables: readonly string[] = [];

const digestOf = (table: string): string => {
  const sum = counted.has(table) ? "0" : "coalesce(sum(hashtextextended(r::text, 0)), 0)";
  return `SELECT '${table}' AS name, concat(count(*), ' ', ${sum}) AS rows FROM ${table} r`;
};

async function digestsOf({ sql }: OperationsWorld): Promise<Digests> {
  if (tables.length === 0) tables = (await sql.query(listTables)).rows.map(({ tablename }) => tablename);
  const { rows } = await sql.query(tables.map(digestOf).join("\nUNION ALL\n"));
  return new Map(rows.map(({ name, rows }) => [name, rows]));
}

const changedIn = (before: Digests, after: Digests): string[] =>
  [...after].filter(([name, rows]) => before.get(name) !== rows).map(([name]) => name);

/** Without those that grow now and then, whatever is recorded. */
const kinds = (changed: readonly string[]): readonly string[] => changed.filter((name) => name !== "tile");

/** Something to be performed, and how everything was before. */
interface Ready {
  readonly prepared: Prepared;
  readonly digests: Digests;
  readonly sizes: Sizes;
  /** Where there are several transactions: their events are folded into these. */
  readonly rows: ToldRows | undefined;
}

async function ready(world: OperationsWorld, operation: Operation, isSeveral: boolean): Promise<Ready> {
  const prepared = await operation.prepare(world.fixture);
  const rows = isSeveral ? await rowsOf(world) : undefined;
  return { prepared, rows, digests: await digestsOf(world), sizes: await sizesOf(world) };
}

/** What came of a try: what it answered, undefined where it threw; which tables changed; what was recorded. */
interface Found {
  readonly answer: number | undefined;
  readonly wasCut: boolean;
  readonly transactions: readonly number[];
  readonly changed: readonly string[];
  readonly news: News;
}

async function attempt(world: OperationsWorld, { prepared, digests, sizes }: Ready): Promise<Found> {
  const { on, line } = world;
  const answer = await prepared.perform(on).catch(() => undefined);
  const [wasCut, transactions] = [line!.wasCut(), line!.transactions()];
  const changed = changedIn(digests, await digestsOf(world));
  const found = { answer, wasCut, transactions, changed, news: await newsSince(world, sizes) };
  line!.mend();
  return found;
}

/** How many cuts there were, and what was found after them. */
export interface Cuts {
  readonly transactions: number;
  readonly cuts: number;
  readonly nothing: number;
  /** Of several transactions: those before the cut. */
  readonly some: number;
  readonly all: number;
}

/** What is known of an operation once it was performed uncut. */
interface Known {
  readonly operation: Operation;
  readonly transactions: readonly number[];
  /** The tables that it changes. */
  readonly wholly: readonly string[];
  /** What is there after so many of its transactions. */
  readonly stages: Map<number, object>;
}

/**
 * Cuts an operation everywhere. `open` gives the world to perform it in, a new one where it needs that.
 * Throws unless, each time, nothing at all changed and nothing was recorded, or everything was; of several transactions, unless
 * those that were committed are there, with their events, and once more brings the rest.
 */
export async function cutEverywhere(
  operation: Operation,
  open: () => Promise<OperationsWorld>,
  steps: Steps,
): Promise<Cuts> {
  let world = await open();
  const known = await performUncut(world, operation);
  const tally = { transactions: known.transactions.length, cuts: 0, nothing: 0, some: 0, all: 0 };
  let before: Ready | undefined;
  for (const place of places(known.transactions, steps)) {
    if (before === undefined && operation.on !== undefined) world = await open();
    before ??= await ready(world, operation, known.transactions.length > 1);
    place.plan(world.line!);
    const found = await attempt(world, before);
    const came = checkFound(found, place, known, before);
    if (came !== "uncut") {
      tally.cuts++;
      tally[came]++;
    }
    if (came === "some") await checkSome(world, found, known, before);
    if (came === "some" || (came === "all" && isStart(operation)))
      await expectTheRest(world, before, operation);
    if (operation.later) await world.on.server.services.denials.flush();
    if (came !== "nothing" || operation.later) before = undefined;
  }
  return tally;
}

/** A start can always be tried again. */
const isStart = ({ how, again }: Operation): boolean => how.startsWith("start:") && again === "nothing";

async function performUncut(world: OperationsWorld, operation: Operation): Promise<Known> {
  const before = await ready(world, operation, false);
  world.line!.mend();
  const { answer, transactions, changed, news } = await attempt(world, before);
  expect(answer, operation.name).toBe(operation.answers);
  checkNews(news, operation, before.prepared);
  return { operation, transactions, wholly: kinds(changed), stages: new Map() };
}

/** What a cut left, having checked that it may; "uncut": the operation didn't come to the place this time. */
function checkFound(
  found: Found,
  place: CutPlace,
  known: Known,
  before: Ready,
): "nothing" | "some" | "all" | "uncut" {
  const { operation, transactions, wholly } = known;
  const where = `${operation.name}, cut ${place.name}`;
  if (!found.wasCut) {
    // a tile that was full the first time made a statement more
    const sent = found.transactions[place.transaction] ?? 0;
    expect(sent, where).toBeLessThan(transactions[place.transaction]!);
  }
  const isDone = found.answer === operation.answers;
  if (!found.wasCut || (!place.killed && place.isLast)) expect(isDone, where).toBe(true);
  // only who was killed, or says that it failed, may have left something undone: an answer that says it was done would be a lie
  const mayBeUndone = found.wasCut && (place.killed || !isDone);
  const came = whatCame(found, known, before.prepared);
  if (came === "all") checkNews(found.news, operation, before.prepared);
  else expect(mayBeUndone, where).toBe(true);
  if (came === "nothing") expect(typesOf(found.news), where).toEqual({});
  if (came === "all") expect(kinds(found.changed), where).toEqual(wholly);
  if (!found.wasCut) return "uncut";
  if (place.killed) expectStage(found, place, known, where);
  return came;
}

function whatCame(
  { changed, news }: Found,
  { operation, wholly }: Known,
  prepared: Prepared,
): "nothing" | "some" | "all" {
  if (changed.length === 0) return "nothing";
  const count = (types: Record<string, readonly string[]>): number => Object.values(types).flat().length;
  const isAll =
    count(typesOf(news)) === count(expectedTypes(operation, prepared)) &&
    kinds(changed).length === wholly.length;
  return isAll ? "all" : "some";
}

/** What some of several transactions left: the beginnings of what each log gets, and rows that are what these events tell. */
async function checkSome(
  world: OperationsWorld,
  { news }: Found,
  known: Known,
  { prepared, rows }: Ready,
): Promise<void> {
  const { operation, transactions } = known;
  const where = `${operation.name}, some of it`;
  for (const [slug, types] of Object.entries(typesOf(news)))
    expect(expectedTypes(operation, prepared)[slug]?.slice(0, types.length), where).toEqual(types);
  expect(transactions.length, where).toBeGreaterThan(1);
  expect(await rowsOf(world), where).toEqual(folded(rows!, news));
}

/** Who was killed in a transaction has done those before it, and nothing else: the same wherever in it that was. */
function expectStage(
  found: Found,
  place: CutPlace,
  { transactions, wholly, stages }: Known,
  where: string,
): void {
  const stage = place.transaction + (place.isDone ? 1 : 0);
  const left = { changed: kinds(found.changed), types: typesOf(found.news) };
  if (stage === 0) expect(left, where).toEqual({ changed: [], types: {} });
  if (stage === transactions.length) expect(left.changed, where).toEqual(wholly);
  // the logs have other names each time
  const kindsFound = { changed: left.changed, types: Object.values(left.types) };
  expect(kindsFound, where).toEqual(stages.get(stage) ?? kindsFound);
  stages.set(stage, kindsFound);
}

/** Done once more, or a moment later, the rest is there too: everything, once. */
async function expectTheRest(
  world: OperationsWorld,
  { prepared, sizes }: Ready,
  operation: Operation,
): Promise<void> {
  if (operation.later) await world.on.server.services.denials.flush();
  else expect(await prepared.perform(world.on), `${operation.name}, once more`).toBe(operation.answers);
  checkNews(await newsSince(world, sizes), operation, prepared);
}
