/**
 * Every page walks its own index and stops at its limit, and every statement of recording looks up keys: whatever the statistics, and for
 * plans that are made once for all parameters.
 */
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, freshDatabase } from "../../../../../test/support/database.ts";
import { append, newId, newOrganization } from "../../testing/sample-events.ts";
import { setUp } from "../connection/settings.ts";
import { byId, byIds, bySeq, selectLeafHashes, selectTileRoots, selectTiles } from "../events/by-key.ts";
import { selectHeads, selectHeadsForUpdate, updateMany, updateOne } from "../events/heads.ts";
import { openPostgres } from "../index.ts";
import { becomeReader, becomeRuntime } from "../rights/become.ts";
import { factsOf } from "../rights/roles.ts";
import { literal } from "../statements/literal.ts";
import { latestByActor, latestByTarget } from "./latest.ts";
import { type WalkStatement, walkSql, walkText } from "./walk-sql.ts";

const after = { occurredAt: 1_795_415_871_123_456n, seq: 9n, logNo: 0, organizationId: 1 };
const pages: readonly [string, Partial<WalkStatement>, string][] = [
  ["newest", { filter: {} }, "event_newest"],
  ["next page", { filter: {}, after }, "event_newest"],
  ["window", { filter: { from: 5n, to: 1_795_415_871_123_466n } }, "event_newest"],
  ["successes", { filter: { outcomes: ["success"] } }, "event_newest"],
  ["by type", { filter: { types: ["RARE"] }, after }, "event_by_type"],
  ["by the common type", { filter: { types: ["NEW_API"] } }, "event_by_type"],
  ["by types", { filter: { types: ["RARE", "NEW_API"] }, after }, "event_by_type"],
  ["by actor", { filter: { actors: ["user:u_17"] } }, "event_by_actor"],
  ["by actors and type", { filter: { actors: ["user:u_17", "user:x"], types: ["RARE"] } }, "event_by_actor"],
  ["by target", { filter: { targets: ["api:a_1"] }, after }, "event_by_target"],
  [
    "by targets and outcome",
    { filter: { targets: ["api:a", "api:b"], outcomes: ["denied"] } },
    "event_by_target",
  ],
  ["Daybook's own", { filter: { recordedBy: "daybook" }, after }, "event_by_daybook"],
  [
    "Daybook's own by target",
    { filter: { recordedBy: "daybook", targets: ["api:a_1"], types: ["RARE"] } },
    "event_by_daybook_target",
  ],
  ["Daybook's own by type", { filter: { recordedBy: "daybook", types: ["RARE"] } }, "event_by_type"],
  ["what others report", { filter: { recordedBy: "others" } }, "event_newest"],
  [
    "what others report of a target",
    { filter: { recordedBy: "others", targets: ["api:a_1"] } },
    "event_by_target",
  ],
  ["denied and failed", { filter: { outcomes: ["denied", "failed"] }, after }, "event_unsuccessful"],
  ["oldest first", { filter: {}, order: "oldest", after, before: { logNo: 0, seq: 99n } }, "event_newest"],
  ["oldest first by type", { filter: { types: ["RARE"] }, order: "oldest" }, "event_by_type"],
  ["recorded order", { filter: { types: ["RARE"] }, order: "recorded", after }, "event_pkey"],
];
const globalPages: readonly [string, Partial<WalkStatement>, string][] = [
  ["newest of all", { filter: {}, after }, "event_global"],
  ["all by type", { filter: { types: ["RARE"] }, after }, "event_by_type"],
  ["all by actor", { filter: { actors: ["user:u_17"] } }, "event_by_actor"],
  ["all by target", { filter: { targets: ["api:a_1"] } }, "event_by_target"],
  ["all that is Daybook's own", { filter: { recordedBy: "daybook" } }, "event_by_daybook"],
  ["all denied", { filter: { outcomes: ["denied"] } }, "event_unsuccessful"],
];

describe.each(databaseKinds())("plans on %s PostgreSQL", (kind) => {
  let client: pg.Client;
  let reader: pg.Client;
  let organizationId: number;

  beforeAll(async () => {
    const url = await freshDatabase(kind);
    const store = await openPostgres(url);
    // one large organization and a small one, whose pages a planner might look for among all events
    organizationId = (await newOrganization(store)).organizationId;
    const small = await newOrganization(store);
    for (let n = 0; n < 3; n++)
      await append(
        store,
        organizationId,
        Array.from({ length: 1000 }, () => ({})),
      );
    await append(store, small.organizationId, [{ type: "RARE" }, {}]);
    await store.close();
    [client, reader] = [new pg.Client(url), new pg.Client(url)];
    for (const one of [client, reader]) {
      await one.connect();
      await setUp(one, { statementTimeout: 0 });
    }
    const { roles } = await factsOf(client, {});
    await becomeRuntime(client, roles);
    await becomeReader(reader, roles);
    await reader.query(`SET daybook.organization = ${organizationId}`);
    return () => Promise.all([client.end(), reader.end()]);
  });

  const explain = async (text: string, values: unknown[], on = client): Promise<string> => {
    const { rows } = await on.query<[string]>({ text: `EXPLAIN ${text}`, values, rowMode: "array" });
    return rows.map(([line]) => line).join("\n");
  };
  const explainWalk = (walk: Partial<WalkStatement>, on = client): Promise<string> => {
    const { text, values } = walkSql({ order: "newest", filter: {}, limit: 25, ...walk });
    return explain(text, values, on);
  };
  const ofOrganization = (walk: Partial<WalkStatement>, on: pg.Client): Promise<string> =>
    explainWalk({ organizationId, ...walk }, on);
  const noDetour = (plan: string): void => expect(plan).not.toMatch(/Seq Scan|Bitmap|Hash Join|Merge Join/);

  const everyPlan = (): void => {
    test.for(pages)(
      "%s: an index walk without a sort, with and without row-level security",
      async ([, walk, index]) => {
        const plans = [await ofOrganization(walk, client), await ofOrganization(walk, reader)];
        // as COPY has it
        const copied = walkText({ order: "newest", limit: 25, organizationId, filter: {}, ...walk }, literal);
        plans.push(await explain(copied, [], client), await explain(copied, [], reader));
        // the limit stands in the statement
        const usual = { ...walk, limit: 26 };
        plans.push(await ofOrganization(usual, client), await ofOrganization(usual, reader));
        expect(plans.map((plan) => plan.includes("current_setting"))).toEqual(
          Array.from({ length: 6 }, (_, index) => index % 2 === 1),
        );
        for (const plan of plans) {
          expect(plan).toContain(`${index} `);
          if (index !== "event_unsuccessful") expect(plan).not.toContain("event_unsuccessful");
          expect(plan).not.toMatch(/(^|-> +)(Incremental )?Sort {2}\(/m);
          noDetour(plan);
          // the index has all of a target
          expect(plan).not.toMatch(/Index Scan( Backward)? using event_by\w*_target /);
        }
      },
    );

    test("the statements of a reading within one organization are probes of the keys they name", async () => {
      const statements: [{ text: string }, unknown[], string][] = [
        [byId, [organizationId, newId()], "event_id_key"],
        [bySeq, [organizationId, 0, 10n, 100], "event_pkey"],
        [selectTiles, [organizationId, 0, 0, 0n, 5], "tile_pkey"],
        [selectHeads, [[organizationId]], "head_pkey"],
        [latestByActor, [organizationId, ["user:u_17", "user:x"]], "event_by_actor"],
        [latestByTarget, [organizationId, ["api:a_1", "api:x"]], "event_by_target"],
      ];
      for (const [{ text }, values, index] of statements) {
        const plan = await explain(text, values, reader);
        expect(plan).toContain(`${index} `);
        expect(plan).not.toMatch(/(^|-> +)(Incremental )?Sort {2}\(/m);
        noDetour(plan);
      }
    });

    test.for(globalPages)(
      "%s: an index walk in each organization, or in all at once",
      async ([, walk, index]) => {
        const plan = await explainWalk(walk);
        expect(plan).toContain(`${index} `);
        noDetour(plan);
      },
    );

    test("the statements of the recording are probes of the keys they name", async () => {
      const ids = Array.from({ length: 100 }, newId);
      const statements: [{ text: string }, unknown[], string][] = [
        [byIds, [ids.map(() => organizationId), ids], "event_id_key"],
        [bySeq, [organizationId, 0, 10n, 100], "event_pkey"],
        [selectLeafHashes, [organizationId, 0, 0n, 256n], "event_pkey"],
        [selectTiles, [organizationId, 0, 0, 0n, 5], "tile_pkey"],
        [selectTileRoots, [organizationId, 0, 0, 0n, 5n], "tile_pkey"],
        [selectHeadsForUpdate, [[organizationId, 0]], "head_pkey"],
        [updateOne, [organizationId, 0, 0n, "", null, false], "head_pkey"],
        [updateMany, [[organizationId], [0], [0n], [""], [null], [false]], "head_pkey"],
      ];
      for (const [{ text }, values, index] of statements) {
        const plan = await explain(text, values);
        expect(plan).toContain(`${index} `);
        noDetour(plan);
      }
    });
  };

  test("an event is found by its id alone while the table is empty, when every index costs the same", async () => {
    const empty = new pg.Client(await freshDatabase(kind));
    await empty.connect();
    await setUp(empty, { statementTimeout: 0 });
    await becomeReader(empty, (await factsOf(empty, {})).roles);
    await empty.query("SET daybook.organization = 1");
    const plan = await explain(byId.text, [1, newId()], empty);
    await empty.end();
    expect(plan).toContain("event_id_key ");
    expect(plan).toMatch(/Index Cond: .*\bid\b/);
  });

  describe("before there are statistics", everyPlan);
  describe("after ANALYZE", () => {
    beforeAll(async () => {
      await client.query("RESET ROLE; ANALYZE");
      await becomeRuntime(client, (await factsOf(client, {})).roles);
    });
    everyPlan();

    test("a usual page is planned once", async () => {
      const { text, values } = walkSql({ order: "newest", organizationId, filter: {}, limit: 26 });
      for (let n = 0; n < 7; n++) await reader.query({ name: "usual", text, values });
      const { rows } = await reader.query(
        "SELECT generic_plans::int FROM pg_prepared_statements WHERE name = 'usual'",
      );
      expect(rows).toEqual([{ generic_plans: 2 }]);
    });
  });
  describe("with plans for any parameters", () => {
    beforeAll(async () => {
      for (const one of [client, reader]) await one.query("SET plan_cache_mode = force_generic_plan");
    });
    everyPlan();
  });
});
