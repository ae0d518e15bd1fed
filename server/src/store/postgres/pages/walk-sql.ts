/**
 * The SQL of pages and exports: index walks that stop at their limit, one for each value of the most selective list of the filter, merged.
 */
import type { Filter, PageKey } from "../../contract/pages.ts";
import { byDaybook, keyShape, outcomeLetter, selectEvent } from "../events/columns.ts";
import { timestampText } from "../statements/times.ts";

/** A walk over events of one organization, or of all. `after` is exclusive; `before` is a place in the log. */
export interface WalkStatement {
  readonly order: "newest" | "oldest" | "recorded";
  /** If absent, all organizations. */
  readonly organizationId?: number | undefined;
  readonly filter: Filter;
  readonly after?: PageKey | undefined;
  readonly before?: { readonly logNo: number; readonly seq: bigint } | undefined;
  readonly limit: number;
  /** The selected columns of the event `e`, including those of the order. The default is a whole event. */
  readonly select?: string | undefined;
  /** For a walk that is one of several, between times of `b`: they and the limit in SQL. Selects only the keys. */
  readonly bucket?: { readonly from: string; readonly to: string; readonly limit: string };
}

/** A statement and its parameters. */
export interface Built {
  readonly text: string;
  readonly values: unknown[];
}

/** The index to walk: that of one list of the filter, of Daybook's own events, of unsuccessful ones, or of all events. */
type Walked = "targets" | "actors" | "types" | "daybook" | "unsuccessful" | "all";
type ListName = "targets" | "actors" | "types";

/** The lists with an index, the most selective first. */
const lists: readonly ListName[] = ["targets", "actors", "types"];

/** A statement under construction. */
interface Making {
  readonly walk: WalkStatement;
  readonly walked: Walked;
  /** The selected columns of an event `e`. */
  readonly selected: string;
  /** The placeholder of a value. */
  readonly parameter: (value: unknown) => string;
}

const isList = (walked: Walked): walked is ListName => lists.includes(walked as ListName);

const distinct = (values: readonly string[] | undefined): readonly string[] => [...new Set(values)];

function walkedBy({ order, filter }: WalkStatement): Walked {
  // recorded order has only one index: that of the key
  if (order === "recorded") return "all";
  const list = lists.find((name) => filter[name]?.length);
  if (list !== undefined) return list;
  if (filter.recordedBy === "daybook") return "daybook";
  return filter.outcomes?.length && !filter.outcomes.includes("success") ? "unsuccessful" : "all";
}

/** The columns of an order, with an alias. */
function orderColumns({ order, organizationId }: WalkStatement, alias: string): string[] {
  if (order === "recorded") return [`${alias}.log_no`, `${alias}.seq`];
  const columns = [`${alias}.occurred_at`, `${alias}.seq`, `${alias}.log_no`];
  return organizationId === undefined ? [...columns, `${alias}.organization_id`] : columns;
}

/** The columns whose nulls come first in an index, so that it is the only one with that order. */
const nullsFirst: Readonly<Record<Walked, readonly string[]>> = {
  all: [],
  targets: [],
  types: ["seq"],
  actors: ["log_no"],
  daybook: ["seq"],
  unsuccessful: ["seq", "log_no"],
};

/** Whether the index of targets in Daybook's own events is walked. */
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

/** The bounds of a walk, with the alias of the table whose index is walked. */
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

/** The conditions of the lists that aren't walked, for the event `e`. */
function otherLists({ walk, walked, parameter }: Making): string[] {
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
  // written so that only the walk of its index matches
  else if (recordedBy === "daybook")
    conditions.push(walked === "daybook" ? byDaybook : `NOT (${byDaybook} IS NOT TRUE)`);
  if (walked !== "unsuccessful" && outcomes?.length) {
    const letters = distinct(outcomes.map(outcomeLetter)).map((letter) => `'${letter}'`);
    // as text, they keep this walk from using the index of unsuccessful events
    conditions.push(`e.outcome::text IN (${letters.join(", ")})`);
  }
  return conditions;
}

const columnOf = { actors: "e.actor_key", types: "e.type", targets: "t.target_key" } as const;
const hashOf = { actors: "e.actor_hash", types: "e.type_hash", targets: "t.target_hash" } as const;
// the times are equal by construction; this condition lets one order replace the other
const withTargets = `event_target t JOIN event e ON e.organization_id = t.organization_id AND e.log_no = t.log_no
  AND e.seq = t.seq AND e.occurred_at = t.occurred_at`;

/** The indexes have the hash of a value; the row shows whether it is the value. */
const isWord = (list: ListName, word: string): string =>
  `${hashOf[list]} = hashtext(${word}) AND ${columnOf[list]} = ${word}`;

/** The condition on the value of a walk; that of unsuccessful ones is a constant, which makes their index usable. */
function isValue({ walked, parameter }: Making, value: string | undefined): string[] {
  if (isList(walked)) return [isWord(walked, parameter(value))];
  return walked === "unsuccessful" ? [`e.outcome = '${value}'`] : [];
}

/** The values of the walks: those of the walked list, or the letters of unsuccessful outcomes. */
function valuesOf({ walk: { filter }, walked }: Making): readonly (string | undefined)[] {
  if (isList(walked)) return distinct(filter[walked]);
  return walked === "unsuccessful" ? distinct(filter.outcomes?.map(outcomeLetter)) : [undefined];
}

/** One walk: its organization, its value, and the selected columns. */
interface Over {
  readonly organization: string | undefined;
  readonly value: string | undefined;
  readonly select: string;
}

function oneWalk(making: Making, { organization, value, select }: Over): string {
  const { walked } = making;
  const alias = walked === "targets" ? "t" : "e";
  const conditions = [
    ...(organization === undefined ? [] : [`${alias}.organization_id = ${organization}`]),
    ...isValue(making, value),
    ...bounds(making, alias),
    ...otherLists(making),
  ];
  return `SELECT ${select} FROM ${walked === "targets" ? withTargets : "event e"}
    ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
    ${orderBy(making, alias)} LIMIT ${limitOf(making)}`;
}

/**
 * The limits of most pages, each with the event after them. They stand in the statement, which PostgreSQL then plans once: if the limit is a
 * parameter, it expects a tenth of all events, and plans each page anew.
 */
const usualLimits: readonly number[] = [2, 26, 51, 101, 1_001];

const limitOf = ({ walk: { bucket, limit }, parameter }: Making): string =>
  bucket?.limit ?? (usualLimits.includes(limit) ? String(limit) : parameter(limit));

const keys = keyShape("e").columns;

/**
 * The same over all organizations: a walk in each of them for the keys, because these indexes don't span organizations; whole events are
 * read only for the page.
 */
function everyOrganization(making: Making, value: string | undefined): string {
  const each = oneWalk(making, { organization: "o.organization_id", value, select: keys });
  return `SELECT ${making.selected} FROM (
      SELECT w.* FROM organization o CROSS JOIN LATERAL (${each}) w ${orderBy(making, "w")} LIMIT ${limitOf(making)}
    ) k JOIN event e ON e.organization_id = k.organization_id AND e.log_no = k.log_no AND e.seq = k.seq
      AND e.occurred_at = k.occurred_at
    ${orderBy(making, "k")}`;
}

const selectedBy = ({ select, bucket }: WalkStatement): string =>
  bucket === undefined ? (select ?? selectEvent) : keys;

/** The statement of a walk. */
export function walkSql(walk: WalkStatement): Built {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => {
    values.push(value);
    return `$${values.length}`;
  };
  return { text: walkText(walk, parameter), values };
}

/** The same statement, with `parameter` for what stands in the place of a value. */
export function walkText(walk: WalkStatement, parameter: Making["parameter"]): string {
  const walked = walkedBy(walk);
  const making: Making = { walk, walked, selected: selectedBy(walk), parameter };
  const organization = walk.organizationId === undefined ? undefined : parameter(walk.organizationId);
  const select = making.selected;
  if (walked === "all") return oneWalk(making, { organization, value: undefined, select });
  const walks = valuesOf(making).map((value) =>
    organization === undefined
      ? everyOrganization(making, value)
      : oneWalk(making, { organization, value, select }),
  );
  if (walks.length === 1) return walks[0]!;
  // an event with two of the targets is in two walks, one directly after the other
  const once = walked === "targets" ? `DISTINCT ON (${orderColumns(walk, "m").join(", ")})` : "";
  return `SELECT ${once} m.* FROM (${walks.map((one) => `(${one})`).join(" UNION ALL ")}) m
    ${orderBy(making, "m")} LIMIT ${limitOf(making)}`;
}
