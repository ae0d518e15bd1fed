/** Events read back after an erasure. */
import { expect, test } from "vitest";
import { erased, storedEvent } from "../export/testing/stored-event.ts";
import { toRecordedEvent } from "./recorded-event.ts";

const organization = { id: "org_1", slug: "acme", name: "Acme" };
const event = storedEvent({
  type: "NEW_TEAM",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "user", id: "u_2", name: "Bo" }],
  reason: "asked",
});

test("an event says which of its slots were erased, and keeps the rest", () => {
  const read = toRecordedEvent(erased(event, "actorPersonal", "targetsPersonal"), organization);
  expect(read).toMatchObject({ actor: { type: "user", id: "u_1" }, targets: [{ type: "user", id: "u_2" }] });
  expect(read.actor).not.toHaveProperty("name");
  expect(read.erased).toEqual(["actorPersonal", "targetsPersonal"]);
});

test("an event whose actor was erased has none, and what was personal of it is not put anywhere", () => {
  const read = toRecordedEvent(erased(event, "actor"), organization);
  expect(read).not.toHaveProperty("actor");
  expect(read).toMatchObject({ reason: "asked", erased: ["actor"] });
});

test("internal numbers and server slots are not shown", () => {
  const read = toRecordedEvent(event, { ...organization, organizationId: 7 } as typeof organization);
  expect(Object.keys(read).toSorted()).toEqual(
    "actor id leafHash occurredAt organization outcome reason recordedAt seq targets type".split(" "),
  );
  expect(read.organization).toEqual(organization);
});
