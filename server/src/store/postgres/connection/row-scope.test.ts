/** A connection's row scope: set once for consecutive reads, and never in doubt. */
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../../../../test/support/database.ts";
import { append, newOrganization } from "../../testing/sample-events.ts";
import { openPostgres } from "../index.ts";
import { column } from "../statements/row-shape.ts";
import type { RowsQuery } from "../statements/rows-query.ts";
import { StatementSession } from "../statements/session.ts";
import { type Give, openRowScopes } from "./row-scope.ts";

let client: pg.Client;
let give: Give;
let statements: number;
/** What the next statement does: only fail, or work and then fail. */
let fault: "not done" | "done but reported failed" | undefined;

beforeEach(async () => {
  client = new pg.Client(await freshDatabase("embedded"));
  await client.connect();
  give = openRowScopes();
  statements = 0;
  fault = undefined;
  const query = client.query.bind(client) as (statement: RowsQuery) => unknown;
  client.query = ((statement: RowsQuery) => {
    statements++;
    const planned = fault;
    fault = undefined;
    if (planned === undefined) return query(statement);
    const { callback } = statement;
    statement.callback = () => callback(new pg.DatabaseError("planned", 0, "error"));
    return planned === "not done" ? statement.callback(null) : query(statement);
  }) as never;
  return () => client.end();
});

test("what was sent with a row scope that could not be set is not returned, and the read runs again", async () => {
  const store = await openPostgres(await freshDatabase("embedded"));
  const [one, other] = [await newOrganization(store), await newOrganization(store)];
  for (const { organizationId } of [one, other]) await append(store, organizationId, [{}]);
  // with a row scope that stays, this page would have the events of the other organization
  const read = (of: { organizationId: number }) =>
    store.within(of.organizationId).page({ filter: {}, limit: 9 });
  await read(one);
  const query = pg.Client.prototype.query;
  let failed = 0;
  pg.Client.prototype.query = function (this: pg.Client, statement: RowsQuery) {
    if (statement.name !== "set_row_scope" || failed > 0) return Reflect.apply(query, this, [statement]);
    failed++;
    statement.callback(new Error("planned"));
  } as never;
  const events = await read(other).finally(() => {
    pg.Client.prototype.query = query;
  });
  expect([failed, events.map(({ organizationId }) => organizationId)]).toEqual([1, [other.organizationId]]);
  await store.close();
});

const setting = column<string>("current_setting('daybook.organization', true)");
const rowScope = async (): Promise<string> =>
  setting.read((await new StatementSession(client).rows({ text: `SELECT ${setting.columns}` }))[0]!);

test("it is named when it changes, and not again", async () => {
  for (const organizationId of [7, 7, 7, 8, 8, 7]) await give(new StatementSession(client), organizationId);
  expect(statements).toBe(3);
  expect(await rowScope()).toBe("7");
});

test.each(["not done", "done but reported failed"] as const)(
  "a connection on which naming it was %s is used no more, and is asked again if it is all the same",
  async (planned) => {
    await give(new StatementSession(client), 7);
    const session = new StatementSession(client);
    fault = planned;
    await expect(give(session, 8)).rejects.toThrow("planned");
    expect(session.broken).toBe(true);
    for (const organizationId of [7, 8]) {
      await give(new StatementSession(client), organizationId);
      expect(await rowScope()).toBe(String(organizationId));
    }
  },
);
