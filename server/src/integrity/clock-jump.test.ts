/** After a clock that ran ahead, and `recover --clock`: the rows are what the events say, and what was begun goes on. */
import { expect, test } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { openApiClients } from "../api-clients/index.ts";
import { catalogueTypes, openLog } from "../log/index.ts";
import { inOne } from "../store/contract/placement.ts";
import { fsck } from "./index.ts";

const year = 365n * 86_400_000_000n;

/** What the server does on both clocks a year ahead: it records that a client expired, and an event of that time. */
async function runAhead({ services: { store, log, denials } }: TestServer, slug: string): Promise<void> {
  const clock = (): bigint => BigInt(Date.now()) * 1000n + year;
  const clients = openApiClients({ store, log, denials, clock });
  await clients.due();
  await clients.close();
  const ahead = openLog({
    types: catalogueTypes,
    clock,
    store: {
      ...store,
      write: (work, names) =>
        store.write((tx) => work({ ...tx, clock: async () => (await tx.clock()) + year }), names),
    },
  });
  afterwards(() => ahead.close());
  const organization = (await store.organization(slug))!;
  const event = { type: "NEW_TEAM", actor: { type: "system", id: "daybook" } } as const;
  const data = { teamId: "t_1", team: "T" };
  const targets = [{ type: "team", id: "t_1" }];
  await ahead.change(
    (tx) => tx.record(organization, { ...event, targets, data }, { type: "server", id: "daybook" }),
    inOne(organization),
  );
}

test("an expiry that the wrong clock recorded is taken back, and fsck finds nothing", async () => {
  const server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const at = "/v1/organizations/acme/api-clients";
  const expiresOn = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  const scopes = ["events:write"];
  expect((await server.call("POST", at, { name: "Far", expiresOn, scopes })).status).toBe(201);
  await runAhead(server, "acme");
  const { store, log } = server.services;
  expect(await log.recoverClock()).toMatchObject([{ organization: { slug: "acme" } }]);
  const findings: unknown[] = [];
  for await (const finding of fsck(store)) findings.push(finding);
  expect(findings).toEqual([]);
  const types = "type=API_CLIENT_EXPIRED&type=LOG_CLOCK_CORRECTED";
  const { body } = await server.call("GET", `/v1/organizations/acme/events?${types}`);
  expect(body.events.map(({ type }: { type: string }) => type)).toEqual([
    "LOG_CLOCK_CORRECTED",
    "API_CLIENT_EXPIRED",
  ]);
});
