/**
 * The SQL of pages and exports: walks of an index that stop at their limit, one for each value of the most selective list of
 * the filter, merged. It refuses to know how rows are read.
 */
import type { Filter, PageKey } from "../../contract/pages.ts";
import { byDaybook, outcomeLetter, selectEvent } from "../events/columns.ts";
import { holdsWords } from "../full-text/lexemes.ts";
import { timestampText } from "../statements/times.ts";

/** A walk over events of one organization, or of all. `after` is exclusive; `before` is a place in the log. */
export interface WalkStatement {
  readonly order: "newest" | "oldest" | "recorded";
  /** Absent: all organizations. */
  readonly organizationId?: number | undefined;
  readonly filter: Filter;
  readonly after?: PageKey | undefined;
  readonly before?: { readonly logNo: number; readonly seq: bigint } | undefined;
  readonly limit: number;
  /** What is selected, of the event `e`; with the columns of the order among it. Absent: a whole event. */
  readonly select?: string | undefined;
  /** Selects the keys alone, and of each event whether it holds these words: the text of a tsquery for any day. */
  readonly wanted?: string | undefined;
  /** Where the walk is one of many, between times of `b`: they and the limit in SQL. Selects the keys alone. */
  readonly bucket?: { readonly from: string; readonly to: string; readonly limit: string };
}

/** A statement and its parameters. */
export interface Built {
  readonly text: string;
  readonly values: unknown[];
}

/** What is walked: an index of one list of the filter, that of Daybook's own, of the unsuccessful, or one of all events. */
type Walked = "targets" | "actors" | "types" | "daybook" | "unsuccessful" | "all";
type ListName = "targets" | "actors" | "types";

/** The lists that have an index, the most selective first. */
const lists: readonly ListName[] = ["targets", "actors", "types"];

/** One statement in the making. */
interface Making {
  readonly walk: WalkStatement;
  readonly walked: Walked;
  /** What of an event `e` is selected. */
  readonly selected: string;
  /** The placeholder of a value. */
  readonly parameter: (value: unknown) => string;
}

const isList = (walked: Walked): walked is ListName => lists.includes(walked as ListName);

const distinct = (values: readonly string[] | undefined): readonly string[] => [...new Set(values)];

function walkedBy({ order, filter }: WalkStatement): Walked {
  // by recorded order there is one index only: the key's
  if (order === "recorded") return "all";
  const list = lists.find((name) => filter[name]?.length);
  if (list !== undefined) return list;
  if (filter.recordedBy === "daybook") return "daybook";
  return filter.outcomes?.length && !filter.outcomes.includes("success") ? "unsuccessful" : "all";
}

/** The columns of an order, on an alias. */
function orderColumns({ order, organizationId }: WalkStatement, alias: string): string[] {
  if (order === "recorded") return [`${alias}.log_no`, `${alias}.seq`];
  const columns = [`${alias}.occurred_at`, `${alias}.seq`, `${alias}.log_no`];
  return organizationId === undefined ? [...columns, `${alias}.organization_id`] : columns;
}

/** The columns whose nulls stand first in an index: what makes it the only one with that order (0001_first.sql). */
const nullsFirst: Readonly<Record<Walked, readonly string[]>> = {
  all: [],
  targets: [],
  types: ["seq"],
  actors: ["log_no"],
  daybook: ["seq"],
  unsuccessful: ["seq", "log_no"],
};

/** Whether the index is walked of targets in what Daybook did and saw itself. */
const isDaybooksTarget = ({ filter }: Pick<WalkStatement, "filter">, walked: Walked): boolean =>
  walked === "targets" && filter.recordedBy === "daybook";

function orderBy({ walk, walked }: Making, alias: string): string {
  const everywhere = walk.organizationId === undefined && walked === "all";
  const special = everywhere
    ? ["occurred_at"]
    : nullsFirst[isDaybooksTarget(walk, walked) ? "daybook" : walked];
  const columns = orderColumns(walk, alias).map((column) => {
    const isSpecial = special.some((name) => column === `${alias}.${name}`);
    if (walk.order === "newest") return `${column} DESC${isSpecial ? " NULLS LAST" : ""}`;
    return `${column}${isSpecial ? " NULLS FIRST" : ""}`;
  });
  return `ORDER BY ${columns.join(", ")}`;
}

/** The bounds of a walk, on the alias of the table whose index is walked. */
function bounds({ walk, parameter }: Making, alias: string): string[] {
  const { order, filter, after, before, organizationId, bucket } = walk;
  if (bucket !== undefined)
    return [`${alias}.occurred_at >= ${bucket.from}`, `${alias}.occurred_at < ${bucket.to}`];
  const conditions: string[] = [];
  const time = order === "recorded" ? "recorded_at" : "occurred_at";
  if (filter.from !== undefined) {
    conditions.push(`${alias}.${time} >= ${parameter(timestampText(filter.from))}`);
  }
  if (filter.to !== undefined) conditions.push(`${alias}.${time} < ${parameter(timestampText(filter.to))}`);
  if (before !== undefined) {
    conditions.push(
      `(${alias}.log_no, ${alias}.seq) < (${parameter(before.logNo)}, ${parameter(before.seq)})`,
    );
  }
  if (after !== undefined) {
    const key =
      order === "recorded"
        ? [after.logNo, after.seq]
        : [timestampText(after.occurredAt), after.seq, after.logNo].concat(
            organizationId === undefined ? [after.organizationId ?? 0] : [],
          );
    const than = order === "newest" ? "<" : ">";
    conditions.push(`(${orderColumns(walk, alias).join(", ")}) ${than} (${key.map(parameter).join(", ")})`);
  }
  return conditions;
}

/** The conditions of the lists that aren't walked, on the event `e`. */
function otherLists({
  walk,
  walked,
  parameter,
}: Pick<Making, "walked" | "parameter"> & { walk: Pick<WalkStatement, "filter"> }): string[] {
  const { actors, types, targets, outcomes, recordedBy } = walk.filter;
  const conditions: string[] = [];
  if (walked !== "actors" && actors?.length)
    conditions.push(`e.actor_key = ANY (${parameter(distinct(actors))})`);
  if (walked !== "types" && types?.length) conditions.push(`e.type = ANY (${parameter(distinct(types))})`);
  if (walked !== "targets" && targets?.length) {
    const words = parameter(distinct(targets));
    conditions.push(`EXISTS (SELECT FROM event_target t WHERE t.organization_id = e.organization_id
      AND t.target_hash = ANY (ARRAY(SELECT hashtext(w.word) FROM unnest(${words}::text[]) w (word)))
      AND t.target_key = ANY (${words})
      AND t.occurred_at = e.occurred_at AND t.seq = e.seq AND t.log_no = e.log_no)`);
  }
  if (isDaybooksTarget(walk, walked)) conditions.push("t.by_daybook");
  else if (recordedBy === "others") conditions.push(`${byDaybook} IS NOT TRUE`);
  // said so that only the walk of its index is one that it will do for
  else if (recordedBy === "daybook")
    conditions.push(walked === "daybook" ? byDaybook : `NOT (${byDaybook} IS NOT TRUE)`);
  if (outcomes?.length) {
    const letters = distinct(outcomes.map(outcomeLetter)).map((letter) => `'${letter}'`);
    // the constants say that the index of the unsuccessful will do; as text they keep other walks from using it
    const column = walked === "unsuccessful" ? "e.outcome" : "e.outcome::text";
    conditions.push(`${column} IN (${letters.join(", ")})`);
  }
  return conditions;
}

/** The conditions of all lists of a filter, on the event `e`. */
export const listConditions = (filter: Filter, parameter: Making["parameter"]): string[] =>
  otherLists({ walk: { filter }, walked: "all", parameter });

const columnOf = { actors: "e.actor_key", types: "e.type", targets: "t.target_key" } as const;
const hashOf = { actors: "e.actor_hash", types: "e.type_hash", targets: "t.target_hash" } as const;
// the times are equal by construction; saying so lets the order of one be the order of the other
const withTargets = `event_target t JOIN event e ON e.organization_id = t.organization_id AND e.log_no = t.log_no
  AND e.seq = t.seq AND e.occurred_at = t.occurred_at`;

/** The indexes hold the hash of a word; the row tells whether it is the word. */
const isWord = (list: ListName, word: string): string =>
  `${hashOf[list]} = hashtext(${word}) AND ${columnOf[list]} = ${word}`;

/** What one walk is over: within which organization, for which value of the walked list, and what it selects. */
interface Over {
  readonly organization: string | undefined;
  readonly value: string | undefined;
  readonly select: string;
}

function oneWalk(making: Making, { organization, value, select }: Over): string {
  const { walked, parameter } = making;
  const alias = walked === "targets" ? "t" : "e";
  const conditions = [
    ...(organization === undefined ? [] : [`${alias}.organization_id = ${organization}`]),
    ...(isList(walked) ? [isWord(walked, parameter(value))] : []),
    ...bounds(making, alias),
    ...otherLists(making),
  ];
  return `SELECT ${select} FROM ${walked === "targets" ? withTargets : "event e"}
    ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
    ${orderBy(making, alias)} LIMIT ${limitOf(making)}`;
}

const limitOf = ({ walk, parameter }: Making): string => walk.bucket?.limit ?? parameter(walk.limit);

const keys = "e.occurred_at, e.seq, e.log_no, e.organization_id";

/**
 * The same over all organizations: a walk in each of them for its keys, since of these indexes none crosses organizations; whole
 * events are read for the page alone.
 */
function everyOrganization(making: Making, value: string | undefined): string {
  const each = oneWalk(making, { organization: "o.organization_id", value, select: keys });
  return `SELECT ${making.selected} FROM (
      SELECT w.* FROM organization o CROSS JOIN LATERAL (${each}) w ${orderBy(making, "w")} LIMIT ${limitOf(making)}
    ) k JOIN event e ON e.organization_id = k.organization_id AND e.log_no = k.log_no AND e.seq = k.seq
      AND e.occurred_at = k.occurred_at
    ${orderBy(making, "k")}`;
}

function selectedBy({ select, wanted, bucket }: WalkStatement, parameter: Making["parameter"]): string {
  if (wanted !== undefined) return `${keys}, ${holdsWords(parameter(wanted))} AS found`;
  return bucket === undefined ? (select ?? selectEvent) : keys;
}

/** The statement of a walk. */
export function walkSql(walk: WalkStatement): Built {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  const walked = walkedBy(walk);
  const making: Making = { walk, walked, selected: selectedBy(walk, parameter), parameter };
  const organization = walk.organizationId === undefined ? undefined : parameter(walk.organizationId);
  const select = making.selected;
  if (walked === "all") return { text: oneWalk(making, { organization, value: undefined, select }), values };
  const walks = (isList(walked) ? distinct(walk.filter[walked]) : [undefined]).map((value) =>
    organization === undefined
      ? everyOrganization(making, value)
      : oneWalk(making, { organization, value, select }),
  );
  if (walks.length === 1) return { text: walks[0]!, values };
  // an event with two of the targets comes up in two walks, one right after the other
  const once = walked === "targets" ? `DISTINCT ON (${orderColumns(walk, "m").join(", ")})` : "";
  const text = `SELECT ${once} m.* FROM (${walks.map((one) => `(${one})`).join(" UNION ALL ")}) m
    ${orderBy(making, "m")} LIMIT ${limitOf(making)}`;
  return { text, values };
}
