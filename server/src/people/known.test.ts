/** The cache of organizations. */
import { afterEach, expect, test, vi } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { KnownOrganizations } from "./known.ts";

const organization = (n: number): Organization => ({ id: `id-${n}`, slug: `slug-${n}` }) as Organization;

afterEach(() => vi.useRealTimers());

test("an organization is known for a minute by the name that it was kept under, and until it is forgotten", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const known = new KnownOrganizations(() => 0);
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

test("a thousand that were looked up together are not looked up together again", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const known = new KnownOrganizations();
  for (let n = 0; n < 1_000; n++) known.keep(`slug-${n}`, organization(n));
  const gone = Array.from({ length: 61 }, () => {
    const before = Array.from({ length: 1_000 }, (_, n) => known.get(`slug-${n}`)).filter(Boolean).length;
    vi.advanceTimersByTime(1_000);
    return before - Array.from({ length: 1_000 }, (_, n) => known.get(`slug-${n}`)).filter(Boolean).length;
  });
  expect(gone.slice(0, 29)).toEqual(gone.slice(0, 29).map(() => 0));
  expect(Math.max(...gone)).toBeLessThan(100);
  expect(gone.reduce((sum, count) => sum + count, 0)).toBe(1_000);
});

test("beyond ten thousand, the one that was kept first goes", () => {
  const known = new KnownOrganizations();
  for (let n = 0; n <= 10_000; n++) known.keep(`slug-${n}`, organization(n));
  expect(known.get("slug-0")).toBeUndefined();
  expect(known.get("slug-1")).toBeDefined();
});
