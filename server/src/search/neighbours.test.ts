/** The neighbors of an event, on a real database. */
import type { Receipt } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenServices } from "../open-services.ts";
import { freshConfig, organizationOf, record, servicesOf, team, visible } from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let services: OpenServices;
let acme: SearchableOrganization;
let ids: string[];

const about = (target: string, more: object = {}): ReturnType<typeof team> =>
  team(1, { occurredAt: "2026-03-01T00:00:00Z", targets: [{ type: "team", id: target }], ...more });

beforeAll(async () => {
  services = await servicesOf(await freshConfig());
  acme = await organizationOf(services, "acme");
  const receipts: Receipt[] = await record(
    services,
    acme,
    about("a", { context: { correlationId: "act", requestId: "r1" } }),
    about("b", { context: { correlationId: "act" } }),
    about("a"),
    about("a", { occurredAt: "2026-03-01T00:30:00Z", context: { requestId: "r1" } }),
    about("b", { occurredAt: "2026-03-01T09:00:00Z", context: { correlationId: "act" } }),
    about("a", {
      targets: [
        { type: "team", id: "x" },
        { type: "team", id: "a" },
      ],
      occurredAt: "2026-04-01T00:00:00Z",
    }),
    about("c"),
  );
  ids = receipts.map(({ id }) => id);
});

const around = async (n: number, target?: string, of = acme): Promise<unknown> => {
  const { related, ...rest } = await services.search.neighbours(of, { id: ids[n]!, target });
  return { ...rest, related: related.map(({ id }) => ids.indexOf(id)) };
};

describe("around an event", () => {
  test("are the events before and after it of its target, in the order of pages", async () => {
    expect(await around(0)).toEqual({ target: "team:a", previous: null, next: ids[2], related: [3, 1] });
    expect(await around(2)).toEqual({ target: "team:a", previous: ids[0], next: ids[3], related: [] });
    expect(await around(5)).toEqual({ target: "team:x", previous: null, next: null, related: [] });
    expect(await around(5, "team:a")).toMatchObject({ previous: ids[3], next: null });
  });

  test("are others of the same request or act, if they are not long before or after", async () => {
    expect(await around(1)).toMatchObject({ related: [0] });
    expect(await around(4)).toMatchObject({ related: [] });
  });

  test("of a target that has no other are none", async () => {
    expect(await around(6)).toEqual({ target: "team:c", previous: null, next: null, related: [] });
  });

  test("are none that aren't seen", async () => {
    expect(await around(0, undefined, visible(acme, { context: false }))).toMatchObject({ related: [] });
    expect(await around(0, undefined, visible(acme, { onlyTarget: "team:a" }))).toMatchObject({
      related: [3],
    });
    for (const [n, target, view] of [
      [1, undefined, { onlyTarget: "team:a" }],
      [5, "team:x", { onlyTarget: "team:a" }],
      [0, "team:b", {}],
      [0, "", {}],
      [0, undefined, { rowScope: -1 }],
    ] as const) {
      await expect(around(n, target, visible(acme, view))).rejects.toMatchObject({ code: "event-not-found" });
    }
    await expect(services.search.neighbours(acme, { id: "x" })).rejects.toMatchObject({
      code: "event-not-found",
    });
  });
});
