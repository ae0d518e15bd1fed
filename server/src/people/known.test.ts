/** The cache of organizations. */
import { afterEach, expect, test, vi } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { KnownOrganizations } from "./known.ts";

const organization = (n: number): Organization => ({ id: `id-${n}`, slug: `slug-${n}` }) as Organization;

afterEach(() => vi.useRealTimers());

test("an organization is known for a minute by the name that it was kept under, and until it is forgotten", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const known = new KnownOrganizations();
  const acme = organization(1);
  known.keep(acme.slug, acme);
  known.keep(acme.id, acme);
  vi.advanceTimersByTime(59_900);
  expect([known.get(acme.slug), known.get(acme.id), known.get("slug-2")]).toEqual([acme, acme, undefined]);
  known.forget(acme);
  expect([known.get(acme.slug), known.get(acme.id)]).toEqual([undefined, undefined]);
  known.keep(acme.slug, acme);
  vi.advanceTimersByTime(60_100);
  expect(known.get(acme.slug)).toBeUndefined();
});

test("beyond ten thousand, the one that was kept first goes", () => {
  const known = new KnownOrganizations();
  for (let n = 0; n <= 10_000; n++) known.keep(`slug-${n}`, organization(n));
  expect(known.get("slug-0")).toBeUndefined();
  expect(known.get("slug-1")).toBeDefined();
});
