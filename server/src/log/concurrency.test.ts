/** Several processes on one database, as two event logs with separate stores. */
import { DaybookError } from "daybook/internal";
import { expect, test } from "vitest";
import { databaseKinds, freshDatabase } from "../../../test/support/database.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import { byServer } from "./change.ts";
import { anEvent, openTestServices, type TestServices } from "./testing/test-services.ts";

const smallOrganizations = 200;
const writers = 20;
const rounds = 15;

/** A rename, which locks the organization's row before its head. */
async function rename(services: TestServices, organization: Organization, name: string): Promise<void> {
  await services.log.change(async (tx) => {
    await tx.rows.organizationForUpdate(organization.organizationId);
    await tx.rows.updateOrganization(organization.organizationId, { name: name });
    const targets = [{ type: "organization", id: organization.id, name }];
    const changes = [{ path: "/name", to: name }];
    const actor = { type: "system" as const, id: "operator" };
    await tx.record(organization, { type: "ORGANIZATION_CHANGE", actor, targets, changes }, byServer);
  }, anywhere);
}

/** Runs work again, as clients do, while the machine is too slow for it: how fast it is doesn't matter here. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DaybookError && error.code === "overloaded")) throw error;
    }
  }
}

/** Far more than a busy machine takes. */
const atMostMs = 600_000;

test(
  "two processes, 20 writers, a busy organization and 200 small ones, with renames: no gap, no deadlock",
  async () => {
    const one = await openTestServices();
    const two = await openTestServices({ url: one.url });
    const busy = await one.newOrganization("busy");
    const small: Organization[] = [];
    for (let i = 0; i < smallOrganizations; i++)
      small.push(await patiently(() => one.newOrganization(`small-${i}`)));
    const receipts: { id: string; seq: number }[] = [];

    const writer = async (number: number): Promise<void> => {
      const services = number % 2 === 0 ? one : two;
      for (let round = 0; round < rounds; round++) {
        const quiet = small[(number * 37 + round * 11) % small.length]!;
        const events = [[anEvent(), anEvent(), anEvent()], [anEvent()]] as const;
        const forQuiet = anEvent();
        const answers = await Promise.all([
          ...events.map((some) => patiently(() => services.record(busy, ...some))),
          patiently(() => services.record(quiet, forQuiet)),
        ]);
        receipts.push(
          ...answers.slice(0, 2).flatMap((answer) => answer.receipts as { id: string; seq: number }[]),
        );
        if (round % 3 === number % 3)
          await patiently(() => rename(services, round % 2 === 0 ? busy : quiet, `name ${number} ${round}`));
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, number) => writer(number)));

    const [head] = await one.store.heads([busy.organizationId]);
    const stored = [];
    for (let from = 0n; from < head!.size; from += 500n) {
      stored.push(...(await one.store.events(busy.organizationId, 0, from, 500)));
    }
    expect(stored.map((event) => event.seq)).toEqual(stored.map((_, i) => BigInt(i)));
    expect(receipts.length).toBe(writers * rounds * 4);
    for (const { id, seq } of receipts) expect(stored[seq]!.id).toBe(id);
    expect(await one.findings()).toEqual([]);
    await two.close();
    await one.close();
  },
  atMostMs,
);

test(
  "the same events sent to two processes at once are recorded once",
  async () => {
    const one = await openTestServices();
    const two = await openTestServices({ url: one.url });
    const acme = await one.newOrganization("acme");
    for (let round = 0; round < 20; round++) {
      const events = [anEvent(), anEvent()];
      const [here, there] = await Promise.all([one.record(acme, ...events), two.record(acme, ...events)]);
      expect(here.receipts).toEqual(there.receipts);
      expect(here.recorded + there.recorded).toBe(2);
    }
    expect(await one.findings()).toEqual([]);
    await two.close();
    await one.close();
  },
  atMostMs,
);

test(
  "any number of processes may make the deployment at once",
  async () => {
    const url = await freshDatabase(databaseKinds().at(-1)!);
    const all = await Promise.all(Array.from({ length: 8 }, () => openTestServices({ url })));
    expect(new Set(all.map(({ deployment }) => Buffer.from(deployment.publicKey).toString("hex"))).size).toBe(
      1,
    );
    const reserved = await all[0]!.store.organization("daybook");
    expect(reserved).toMatchObject({ organizationId: 0, slug: "daybook" });
    const [opened, ...more] = await all[0]!.store.events(0, 0, 0n, 10);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({ seq: 0n, type: "LOG_OPENED" });
    expect(await all[0]!.findings()).toEqual([]);
    await Promise.all(all.map((services) => services.close()));
  },
  atMostMs,
);
