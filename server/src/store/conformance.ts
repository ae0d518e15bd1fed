/**
 * The test suite that every store must pass, whatever its implementation: `storeConformance` declares its tests for a driver. `testing/`
 * has the parts. It contains no SQL.
 */
import { beforeAll, describe } from "vitest";
import { accounts } from "./testing/accounts.ts";
import { apiClients } from "./testing/api-clients.ts";
import { appending } from "./testing/appending.ts";
import { browsers } from "./testing/browsers.ts";
import { businessRows } from "./testing/business-rows.ts";
import { byteWalks } from "./testing/byte-walks.ts";
import { counts } from "./testing/counts.ts";
import { derived } from "./testing/derived.ts";
import { failing } from "./testing/failing.ts";
import type { Extent, TestDatabase } from "./testing/harness.ts";
import { namedWrites } from "./testing/named-writes.ts";
import { paging } from "./testing/paging.ts";
import { people } from "./testing/people.ts";
import { personalTokens } from "./testing/personal-tokens.ts";
import { promises } from "./testing/promises.ts";
import { rowScopes } from "./testing/row-scopes.ts";
import { savedViews } from "./testing/saved-views.ts";
import { secondFactors } from "./testing/second-factors.ts";
import { segments } from "./testing/segments.ts";
import { sweeping } from "./testing/sweeping.ts";
import { teams } from "./testing/teams.ts";
import { viewerSessions } from "./testing/viewer-sessions.ts";

export type { TestDatabase } from "./testing/harness.ts";

/** Declares the tests for a driver; `make` returns a new, empty database. */
export function storeConformance(driver: string, make: () => Promise<TestDatabase>, extent: Extent): void {
  describe(`a store on ${driver}`, () => {
    let made: TestDatabase | undefined;
    const database = (): TestDatabase => made!;

    beforeAll(async () => {
      made = await make();
    });

    businessRows(database);
    // before another test makes a user
    accounts(database);
    secondFactors(database);
    personalTokens(database);
    browsers(database);
    viewerSessions(database);
    people(database);
    teams(database);
    savedViews(database);
    apiClients(database);
    sweeping(database);
    // while these are the newest thousand events in the database
    rowScopes(database, extent);
    appending(database);
    promises(database);
    namedWrites(database);
    paging(database, extent);
    byteWalks(database, extent);
    failing(database);
    derived(database, extent);
    segments(database);
    counts(database);
  });
}
