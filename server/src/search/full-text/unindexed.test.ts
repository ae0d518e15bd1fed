/** Events that wait to be indexed: a search reads as many as it has memory for, and says how many are left. */
import { expect, test } from "vitest";
import { freshDatabase } from "../../../../test/support/database.ts";
import { openPostgres } from "../../store/postgres/index.ts";
import { append, newOrganization } from "../../store/testing/sample-events.ts";
import { unindexedMatches } from "./unindexed.ts";

test("of large events, the last ones are read, and the others are counted", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const { organizationId } = await newOrganization(store);
  const large = Array.from({ length: 50 }, () => ({
    slots: { data: JSON.stringify({ text: `${"ä".repeat(30_000)} all` }) },
  }));
  const read = async (all: boolean): Promise<[found: number, left: number]> => {
    const query = { filter: {}, wanted: { all: [[{ word: "all", at: 1 }]], none: [] } };
    const { events, left } = await unindexedMatches(store, all ? query : { ...query, organizationId });
    return [events.length, left];
  };
  await append(store, organizationId, large);
  expect(await read(false)).toEqual([50, 0]);
  for (let n = 0; n < 3; n++) await append(store, organizationId, large);
  const [found, left] = await read(false);
  expect(found + left).toBe(200);
  // each has 60 KB
  expect(found).toBe(Math.ceil(8_000_000 / 60_015));
  expect(await read(true)).toEqual([found, left]);
  await append(store, organizationId, [{ slots: { data: '{"text":"all"}' } }]);
  expect((await read(false))[0]).toBe(found + 1);
  await store.close();
});
