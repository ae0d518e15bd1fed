/** Splits the counts of a histogram by what most of its newest events are: by type, by actor, or by outcome. */
import { inWords, outcomes, type SlotName } from "daybook/internal";
import type { EventQuery } from "../full-text/index.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { Reads } from "../store/store.ts";
import type { TitledType } from "./breakdown.ts";
import { type Among, countFound, find } from "./full-text/index.ts";
import { partySlots, textsIn } from "./party-names.ts";
import { EventTally } from "./tally.ts";

/** What a histogram can be split by. */
export const splitNames = ["type", "actor", "outcome"] as const;
export type SplitName = (typeof splitNames)[number];

/** A value that has a part of each bucket. */
export interface SplitValue {
  readonly value: string;
  readonly label: string;
}

/** The parts of buckets: of each bucket, a count for each value, in the order of `values`. */
interface SplitCounts {
  readonly values: readonly SplitValue[];
  readonly parts: readonly (readonly number[])[];
}

interface SplitQuery {
  readonly organizationId?: number;
  readonly among?: Among | undefined;
  readonly filter: Filter;
  readonly wanted: EventQuery;
  readonly bounds: readonly bigint[];
}

interface SplitForm {
  readonly by: SplitName;
  /** Those whose titles are the labels of types, which otherwise are their names. */
  readonly types?: readonly TitledType[] | undefined;
}

/** The number of values; the other events of a bucket have others. */
const mostValues = 4;
/** The number of the newest events of the window that say which values are frequent. */
const mostLooked = 2_000;
const actorSlots: readonly SlotName[] = [...partySlots.actor, "recordedBy"];

/** The counts of a window, split. */
export async function splitCounts(
  reads: Reads,
  query: SplitQuery,
  { by, types = [] }: SplitForm,
): Promise<SplitCounts> {
  const { bounds, filter } = query;
  const window = { ...filter, from: bounds[0]!, to: bounds.at(-1)! };
  const values =
    by === "outcome" ? ofOutcomes : await frequent(reads, { ...query, filter: window }, { by, types });
  const counts = await Promise.all(
    values.map(({ value }) => countFound(reads, { ...query, filter: { ...filter, [members[by]]: [value] } })),
  );
  const parts = bounds.slice(1).map((_, bucket) => counts.map((each) => each.counts[bucket]?.count ?? 0));
  return { values, parts };
}

const members = { type: "types", actor: "actors", outcome: "outcomes" } as const satisfies Record<
  SplitName,
  keyof Filter
>;
const ofOutcomes: readonly SplitValue[] = outcomes.map((value) => ({ value, label: inWords(value) }));

async function frequent(
  reads: Reads,
  query: SplitQuery,
  { by, types = [] }: SplitForm,
): Promise<SplitValue[]> {
  const slots = by === "actor" ? actorSlots : [];
  const { events } = await find(reads, { ...query, limit: mostLooked, slots });
  const tally = new EventTally({ hasAddresses: false });
  for (const event of events) tally.add({ ...event, text: textsIn(event.slots) });
  if (by === "actor") return tally.actors.top(mostValues).map(withoutCount);
  const titles = new Map(types.map(({ name, title }) => [name, title]));
  return tally.types.top(mostValues, (name) => titles.get(name) ?? name).map(withoutCount);
}

const withoutCount = ({ value, label }: SplitValue): SplitValue => ({ value, label });
