/** The settings of organizations, and the events about them, on a real database. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import type { People } from "./index.ts";
import { initiator, openTestPeople, type PeopleServices } from "./testing/open-people.ts";

let services: PeopleServices;
let people: People;
beforeAll(async () => {
  services = await openTestPeople();
  people = services.people;
});
afterAll(() => services.close());

let made = 0;
const create = (): Promise<Organization> => services.newOrganization(`acme-${made++}`);

test("what is given is set, what is not stays, and the event says what was and what is", async () => {
  const acme = await create();
  const first = await people.changeSettings({
    organization: acme,
    details: { name: " Acme Ltd ", website: "https://acme.example", email: "office@acme.example" },
    initiator,
  });
  expect(first).toEqual({
    ...acme,
    name: "Acme Ltd",
    website: "https://acme.example",
    email: "office@acme.example",
    version: 2,
  });
  const details = { description: "APIs\nfor all", email: null };
  const second = await people.changeSettings({ organization: acme, details, initiator });
  expect(second).toEqual({ ...first, description: "APIs\nfor all", email: null, version: 3 });
  expect(await people.organization(acme.slug, "everything")).toEqual(second);
  expect(await people.knownOrganization(acme.slug)).toEqual(second);
  const target = { targets: [{ type: "organization", id: acme.id, name: acme.name }] };
  const [one, two, ...more] = await services.recorded(acme);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    type: "ORGANIZATION_CHANGE",
    actor: initiator.actor,
    context: initiator.context,
    ...target,
    changes: [
      { path: "/email", label: "Email", from: null, to: "office@acme.example" },
      { path: "/name", label: "Name", from: acme.name, to: "Acme Ltd" },
      { path: "/website", label: "Website", from: null, to: "https://acme.example" },
    ],
  });
  expect(two!.changes).toEqual([
    { path: "/description", label: "Description", from: null, to: "APIs\nfor all" },
    { path: "/email", label: "Email", from: "office@acme.example", to: null },
  ]);
});

test("the email address lies in the slot that can be erased", async () => {
  const acme = await create();
  await people.changeSettings({ organization: acme, details: { email: "office@acme.example" }, initiator });
  const [, event] = await services.store.events(acme.organizationId, 0, 0n, 2);
  expect(JSON.stringify(event!.slots.changes)).not.toContain("office");
  expect(JSON.stringify(event!.slots.changesPersonal)).toContain("office@acme.example");
});

test("the same values again, and no values, change and log nothing", async () => {
  const acme = await create();
  const details = { name: acme.name, location: "Zürich" };
  const changed = await people.changeSettings({ organization: acme, details, initiator });
  for (const again of [details, {}, { description: " " }, { location: " Zürich " }])
    expect(await people.changeSettings({ organization: acme, details: again, initiator })).toEqual(changed);
  expect(await services.types(acme)).toEqual(["ORGANIZATION_CHANGE"]);
});

describe("a change is refused whole, and nothing is logged, for", () => {
  test.each<[string, object, string]>([
    ["a name that is empty", { name: "" }, "/name"],
    ["a name of spaces", { name: "  " }, "/name"],
    ["no name", { name: null }, "/name"],
    ["javascript: as a website", { website: "javascript:alert(1)" }, "/website"],
    ["a number as a location", { location: 7 }, "/location"],
    ["an email address without @", { email: "office" }, "/email"],
    ["a description that is too long", { description: "x".repeat(1_001) }, "/description"],
  ])("%s", async (_, wrong, pointer) => {
    const acme = await create();
    const details = { location: "Bern", ...wrong };
    await expect(people.changeSettings({ organization: acme, details, initiator })).rejects.toMatchObject({
      code: "request-invalid",
      issues: [{ pointer }],
    });
    expect(await people.organization(acme.id, "everything")).toEqual(acme);
    expect(await services.types(acme)).toEqual([]);
  });
});

test("of two who read the same version and change it at once one is refused, by the version", async () => {
  const acme = await create();
  const results = await Promise.allSettled(
    ["Bern", "Basel"].map((location) =>
      people.changeSettings({
        organization: acme,
        details: { location },
        ifVersion: acme.version,
        initiator,
      }),
    ),
  );
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((each) => each.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "changed-meanwhile", status: 412 });
  expect(await services.types(acme)).toEqual(["ORGANIZATION_CHANGE"]);
});

test("changes at once are one after the other: each says what it found", async () => {
  const acme = await create();
  const names = Array.from({ length: 10 }, (_, i) => `Name ${i}`);
  await Promise.all(
    names.map((name) => people.changeSettings({ organization: acme, details: { name }, initiator })),
  );
  let last: unknown = acme.name;
  for (const { changes } of await services.recorded(acme)) {
    expect(changes![0]!.from).toBe(last);
    last = changes![0]!.to;
  }
  const now = await people.organization(acme.id, "everything");
  expect([now.name, now.version]).toEqual([last, 11]);
});
