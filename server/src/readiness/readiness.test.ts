/** Readiness: every failure of recording or reading shows, under its word, and the process is ready again when it ends. */

import { DaybookError } from "daybook/internal";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { asSuperuser } from "../../../test/support/database.ts";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { Outcomes } from "../log/outcomes.ts";
import { StoreError } from "../store/contract/errors.ts";
import { openReadiness } from "./readiness.ts";

const event = {
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id: "t" }],
  data: { teamId: "t", team: "Team" },
};
const eventsOf = (slug: string): string => `/v1/organizations/${slug}/events`;

let server: TestServer;
let superuser: pg.Client;
beforeAll(async () => {
  server = await openServer();
  superuser = new pg.Client(asSuperuser(server.databaseUrl));
  await superuser.connect();
  afterwards(() => superuser.end());
  for (const slug of ["acme", "other"]) await server.call("POST", "/v1/organizations", { slug, name: slug });
});

const readyz = async (): Promise<[status: number, reason: string | undefined]> => {
  const { status, body } = await server.call("GET", "/readyz");
  return [status, body.reason];
};
const record = async (slug = "acme"): Promise<[status: number, code: string | undefined]> => {
  const { status, body } = await server.call("POST", eventsOf(slug), event);
  return [status, body.code];
};
/** How far the process's clock is ahead, in milliseconds. */
let ahead = 0;
beforeAll(() => {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + ahead);
  afterAll(() => clock.mockRestore());
});
/** A recording shows for 2 seconds that the next one works: lets them pass. */
const untilTried = (): void => {
  ahead += 2_100;
};

test("a process that records and reads is ready, and its trial changes no row", async () => {
  const count = async (): Promise<unknown> =>
    (await superuser.query("SELECT (SELECT count(*) FROM event), (SELECT sum(size) FROM head)")).rows;
  untilTried();
  const before = await count();
  expect(await readyz()).toEqual([200, undefined]);
  expect(await count()).toEqual(before);
});

describe("a process is not ready", () => {
  test.each<[what: string, fault: string, repair: string, reason: string]>([
    [
      "without the right to append events",
      "REVOKE INSERT ON event FROM daybook_runtime",
      "GRANT INSERT ON event TO daybook_runtime",
      "not-permitted",
    ],
    [
      "without the right to append targets",
      "REVOKE INSERT ON event_target FROM daybook_runtime",
      "GRANT INSERT ON event_target TO daybook_runtime",
      "not-permitted",
    ],
    [
      "without the right to move heads",
      "REVOKE UPDATE ON head FROM daybook_runtime",
      "GRANT UPDATE ON head TO daybook_runtime",
      "not-permitted",
    ],
    [
      "without a table",
      "ALTER TABLE tile RENAME TO tile_gone",
      "ALTER TABLE tile_gone RENAME TO tile",
      "database-error",
    ],
    [
      "if its reader has lost a right",
      "REVOKE SELECT ON public_reader.event FROM daybook_reader",
      "GRANT SELECT ON public_reader.event TO daybook_reader",
      "not-permitted",
    ],
    [
      "if its reader gets no rows",
      "ALTER POLICY organization_in_row_scope ON organization USING (false)",
      `ALTER POLICY organization_in_row_scope ON organization
        USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer)`,
      "rows-hidden",
    ],
    [
      "without the right to read tokens",
      "REVOKE SELECT ON api_client_token FROM daybook_runtime",
      "GRANT SELECT ON api_client_token TO daybook_runtime",
      "not-permitted",
    ],
  ])("%s", async (_, fault, repair, reason) => {
    untilTried();
    await superuser.query(fault);
    try {
      expect(await readyz()).toEqual([503, reason]);
    } finally {
      await superuser.query(repair);
    }
    expect(await readyz()).toEqual([200, undefined]);
  });

  test.each(["event", "head", "organization"])("while the table %s is locked", async (table) => {
    untilTried();
    await superuser.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    expect(await readyz()).toEqual([503, "locked"]);
    await superuser.query("ROLLBACK");
    expect(await readyz()).toEqual([200, undefined]);
  });

  test("while the log of Daybook is ahead of the clock", async () => {
    untilTried();
    const moved = (sign: string): string =>
      `UPDATE head SET recorded_at = recorded_at ${sign} interval '1 hour' WHERE organization_id = 0`;
    await superuser.query(moved("+"));
    expect(await readyz()).toEqual([503, "clock-behind"]);
    await superuser.query(moved("-"));
    expect(await readyz()).toEqual([200, undefined]);
  });

  test("while every log that was tried is ahead of the clock, but not while another records", async () => {
    const moved = (sign: string, slugs: string): Promise<unknown> =>
      superuser.query(
        `UPDATE head SET recorded_at = recorded_at ${sign} interval '1 hour'
         WHERE organization_id IN (SELECT organization_id FROM organization WHERE slug IN (${slugs}))`,
      );
    expect(await record("acme")).toEqual([201, undefined]);
    expect(await record("other")).toEqual([201, undefined]);
    await moved("+", "'acme'");
    expect(await record("acme")).toEqual([503, "clock-behind"]);
    expect(await readyz()).toEqual([200, undefined]);
    await moved("+", "'other'");
    expect(await record("other")).toEqual([503, "clock-behind"]);
    expect(await readyz()).toEqual([503, "clock-behind"]);
    await moved("-", "'other'");
    expect(await readyz()).toEqual([200, undefined]);
    await moved("-", "'acme'");
  });
});

test("a right that was revoked is an outage, which clients wait out", async () => {
  await superuser.query("REVOKE INSERT ON event FROM daybook_runtime");
  expect(await record()).toEqual([503, "store-unavailable"]);
  await superuser.query("GRANT INSERT ON event TO daybook_runtime");
  expect((await record())[0]).toBe(201);
});

describe("without a database", () => {
  const worksFor = { organization: async () => ({}), events: async () => [{}] };
  const now = 1_800_000_000_000_000n;
  const opened = (
    outcomes: Outcomes,
    {
      tries = async () => ({ now, recordedAt: now }),
      clock = now,
      isEmbedded = false,
    }: { tries?: () => Promise<unknown>; clock?: bigint; isEmbedded?: boolean } = {},
  ) =>
    openReadiness({
      store: {
        tryWriting: tries,
        within: () => worksFor,
        tokens: async () => [],
        heads: async () => [],
        clock: async () => now,
      } as never,
      log: { outcomes },
      clock: () => clock,
      isEmbedded,
      patienceMs: 200,
    });
  const full = new DaybookError("store-unavailable", {
    cause: new StoreError("unavailable", "test", { reason: "disk-full" }),
  });

  test.each([
    [false, "network"],
    [true, "Daybook starts its own PostgreSQL again"],
  ])(
    "that is embedded (%s), the remedy speaks of a network only for another server",
    async (isEmbedded, words) => {
      const tries = (): Promise<never> =>
        Promise.reject(new StoreError("unavailable", "test", { reason: "unreachable" }));
      const refused = await opened(new Outcomes(), { tries, isEmbedded })
        .check()
        .catch((error: DaybookError) => error.toProblem());
      expect(refused).toMatchObject({ reason: "unreachable" });
      expect(JSON.stringify(refused)).toContain(words);
      expect(JSON.stringify(refused).includes("network")).toBe(!isEmbedded);
    },
  );

  test("the last recordings count for a while, until one succeeds", async () => {
    const outcomes = new Outcomes();
    const { check } = opened(outcomes);
    outcomes.failed(full, [1]);
    await expect(check()).rejects.toMatchObject({ code: "store-unavailable", reason: "disk-full" });
    outcomes.succeeded(1);
    await expect(check()).resolves.toBeUndefined();
  });

  test("a request's own fault, and a queue that is full, do not count", async () => {
    const outcomes = new Outcomes();
    for (const code of ["event-invalid", "overloaded", "organization-closed", "shutting-down"] as const)
      outcomes.failed(new DaybookError(code), [1]);
    outcomes.failed(new TypeError("a mistake"), [1]);
    await expect(opened(outcomes).check()).resolves.toBeUndefined();
  });

  test("clocks that disagree are named", async () => {
    const { check } = opened(new Outcomes(), { clock: now + 60_000_000n });
    const error = await check().catch((each: unknown) => each);
    expect(error).toMatchObject({ code: "clock-disagrees", reason: "clock-disagrees" });
    expect((error as DaybookError).toProblem()).toMatchObject({ status: 503, reason: "clock-disagrees" });
  });

  test("a trial without an end is 'no-answer', and checks at the same time are one", async () => {
    let tries = 0;
    const { check } = opened(new Outcomes(), {
      tries: () => {
        tries++;
        return new Promise(() => {});
      },
    });
    const answers = await Promise.allSettled([check(), check(), check()]);
    expect(answers.map((each) => (each as PromiseRejectedResult).reason.reason)).toEqual(
      Array.from({ length: 3 }, () => "no-answer"),
    );
    expect(tries).toBe(1);
  });

  test("a recording of the last two seconds stands for the trial", async () => {
    const outcomes = new Outcomes();
    outcomes.succeeded(1);
    await expect(opened(outcomes, { tries: () => Promise.reject(full) }).check()).resolves.toBeUndefined();
  });
});
