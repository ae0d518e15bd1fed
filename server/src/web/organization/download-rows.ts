/** How many rows the usual download has, and the whole log: counted as far as a page can count. */
import type { VisiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";

/** Microseconds of the usual download: 90 days. */
const usualWindow = 90n * 86_400_000_000n;
/** About the number of events that are counted; the head of a log knows how many there are in all. */
const mostCounted = 10_000;

export interface DownloadRows {
  /** In the last 90 days. */
  readonly usual: number;
  /** Whether there are more than those that were counted. */
  readonly more: boolean;
  readonly all: bigint;
}

/** The rows that the reader would download. */
export async function rowsIn(
  { services: { people, search } }: Web,
  { organization, place }: Pick<VisiblePage, "organization" | "place">,
): Promise<DownloadRows> {
  const from = BigInt(Date.now()) * 1_000n - usualWindow;
  const { organizationId, rowScope } = place;
  const [{ buckets }, figures] = await Promise.all([
    search.histogram(organization, { unit: "day", timeZone: "UTC", filter: { from }, most: mostCounted }),
    people.organizationFigures([organizationId], rowScope),
  ]);
  return {
    usual: buckets.reduce((sum, { count }) => sum + count, 0),
    more: buckets.some(({ more }) => more === true),
    all: figures.get(organizationId)?.events ?? 0n,
  };
}
