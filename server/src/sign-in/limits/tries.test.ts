/** Limits of sign-in attempts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf, openTries, type TriedFrom } from "./tries.ts";

const minute = 60_000_000n;

test("ten failures at an account end its tries for the rest of 15 minutes; others go on", () => {
  let now = 0n;
  const tries = openTries({ clock: () => now, on: true });
  const from = (account: string) => ({ account, ip: undefined });
  for (let i = 0; i < 10; i++) tries.begin(from("anne"));
  now = 5n * minute;
  expect(() => tries.begin(from("anne"))).toThrow(
    expect.objectContaining({ code: "too-many-requests", retryAfter: 600 }),
  );
  tries.begin(from("bob"));
  now = 15n * minute;
  tries.begin(from("anne"));
});

test("thirty failures from a network end its tries, whoever's account it was; what did not fail doesn't count", () => {
  const tries = openTries({ clock: () => 0n, on: true });
  for (let i = 0; i < 100; i++) tries.begin({ account: "carol", ip: "2001:db8:1:2::9" })();
  for (let i = 0; i < 30; i++) tries.begin({ account: `a${i}`, ip: `2001:db8:1:2::${i}` });
  expect(() => tries.begin({ account: "bob", ip: "2001:db8:1:2:ffff::1" })).toThrow(
    /Too many sign-in attempts/,
  );
  tries.begin({ account: "bob", ip: "2001:db8:1:3::1" });
  tries.begin({ account: "bob", ip: "192.0.2.1" });
});

test("a try that is refused for another reason counts nowhere", () => {
  const tries = openTries({ clock: () => 0n, on: true });
  for (let i = 0; i < 10; i++) tries.begin({ account: "anne", ip: "192.0.2.1" });
  for (let i = 0; i < 50; i++)
    expect(() => tries.begin({ account: "anne", ip: "192.0.2.1" })).toThrow("Too many sign-in attempts");
  for (let i = 0; i < 20; i++) tries.begin({ account: `b${i}`, ip: "192.0.2.1" });
});

test("who has tries of their own is locked out by nobody else, and locks out nobody", () => {
  const tries = openTries({ clock: () => 0n, on: true });
  const own = { account: "anne", ip: "192.0.2.1", own: "browser 1" };
  for (let i = 0; i < 10; i++) tries.begin({ account: "anne", ip: "192.0.2.1" });
  for (let i = 0; i < 20; i++) tries.begin({ account: `b${i}`, ip: "192.0.2.1" });
  for (let i = 0; i < 10; i++) tries.begin(own);
  expect(() => tries.begin(own)).toThrow("Too many sign-in attempts");
  tries.begin({ ...own, own: "browser 2" });
  tries.begin({ account: "carol", ip: "192.0.2.2" });
});

/** Attempts some seconds apart: of strangers at two accounts from three networks, and of two browsers. */
const many = fc.array(
  fc.record({
    account: fc.constantFrom("anne", "bob"),
    ip: fc.constantFrom("192.0.2.1", "192.0.2.2", "2001:db8::1"),
    own: fc.constantFrom(undefined, undefined, undefined, "browser 1", "browser 2"),
    after: fc.integer({ min: 0, max: 120 }),
  }),
  { minLength: 100, maxLength: 400 },
);

test("whoever tries, whenever: failures are bounded by account, by network and by browser, and strangers refuse no browser", () => {
  fc.assert(
    fc.property(many, (all) => {
      let now = 0n;
      const tries = openTries({ clock: () => now, on: true });
      const taken: (TriedFrom & { readonly at: bigint })[] = [];
      const lately = (same: (one: TriedFrom) => boolean): number =>
        taken.filter((one) => one.at > now - 15n * minute && same(one)).length;
      for (const { after, ...from } of all) {
        now += BigInt(after) * 1_000_000n;
        let isTaken = true;
        try {
          tries.begin(from);
        } catch {
          isTaken = false;
        }
        if (from.own !== undefined && lately(({ own }) => own === from.own) < 10) expect(isTaken).toBe(true);
        if (isTaken) taken.push({ ...from, at: now });
        // a period begins with a failure: two can touch
        const { account, ip, own } = from;
        expect(lately((one) => one.own === own && own !== undefined)).toBeLessThanOrEqual(20);
        expect(lately((one) => one.own === undefined && one.account === account)).toBeLessThanOrEqual(20);
        expect(lately((one) => one.own === undefined && one.ip === ip)).toBeLessThanOrEqual(60);
      }
    }),
    { numRuns: 200 },
  );
});

test("what is remembered is bounded, and off is off", () => {
  const tries = openTries({ clock: () => 0n, on: true });
  for (let i = 0; i < 10; i++) tries.begin({ account: "anne", ip: undefined });
  for (let i = 0; i < 20_000; i++) tries.begin({ account: `a${i}`, ip: undefined });
  tries.begin({ account: "anne", ip: undefined });
  const off = openTries({ clock: () => 0n, on: false });
  for (let i = 0; i < 50; i++) off.begin({ account: "anne", ip: "192.0.2.1" });
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0DB8:0001:0002:3:4:5:6", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["2001:db8:1::", "2001:db8:1:0::/64"],
])("the network of %s is %s", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
