/** Walks as bytes on PostgreSQL: what a caller that waits or stops leaves in the database, and statements that the server ends. */
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { asSuperuser, databaseKinds, freshDatabase } from "../../../../../test/support/database.ts";
import { watchStatements } from "../../../../../test/support/superuser.ts";
import type { Store } from "../../store.ts";
import { append, eventsOf, newOrganization } from "../../testing/sample-events.ts";
import { openPostgres } from "../index.ts";

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(databaseKinds())("a walk as bytes on %s PostgreSQL", (kind) => {
  let store: Store;
  let superuser: pg.Client;
  let organizationId: number;

  beforeAll(async () => {
    const url = await freshDatabase(kind);
    store = await openPostgres(url);
    ({ organizationId } = await newOrganization(store));
    for (let n = 0; n < 4; n++) await append(store, organizationId, Array(1000).fill({}));
    superuser = new pg.Client(asSuperuser(url));
    await superuser.connect();
    return async () => {
      await superuser.end();
      await store.close();
    };
  });

  const walk = (): ReturnType<Store["walkBytes"]> => {
    const query = { organizationId, by: "occurred", filter: {}, before: { logNo: 9, seq: 0n } } as const;
    return store.within(organizationId).walkBytes({ ...query, slots: ["data"] });
  };

  /** Counts the statements of walks until the test ends. */
  function copies(): () => number {
    let count = 0;
    const stop = watchStatements(({ texts }) => {
      if (texts[0]?.startsWith("COPY (")) count++;
    });
    return () => {
      stop();
      return count;
    };
  }

  test("reads one chunk ahead of a caller that waits, and holds no snapshot and no lock meanwhile", async () => {
    const counted = copies();
    const chunks = walk()[Symbol.asyncIterator]();
    await chunks.next();
    await wait(200);
    expect(counted()).toBe(2);
    const { rows } = await superuser.query(
      `SELECT a.state, a.backend_xmin, l.mode FROM pg_stat_activity a LEFT JOIN pg_locks l USING (pid)
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toEqual({ state: "idle", backend_xmin: null, mode: null });
    await chunks.return?.();
  });

  test("reads no further for a caller that stops", async () => {
    const counted = copies();
    for await (const events of walk()) {
      expect(events.next()).toBe(true);
      break;
    }
    await wait(200);
    expect(counted()).toBe(2);
  });

  test("rejects when the server ends its statement, and its connection is used again", async () => {
    await superuser.query("BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE");
    await expect(eventsOf(walk())).rejects.toMatchObject({ failure: "busy" });
    await superuser.query("ROLLBACK");
    expect(await eventsOf(walk())).toHaveLength(4000);
  });
});
