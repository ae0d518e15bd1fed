/** How often somebody may try. */
import { expect, test } from "vitest";
import { networkOf, openTries } from "./tries.ts";

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
  expect(() => tries.begin({ account: "bob", ip: "2001:db8:1:2:ffff::1" })).toThrow(/Too many tries/);
  tries.begin({ account: "bob", ip: "2001:db8:1:3::1" });
  tries.begin({ account: "bob", ip: "192.0.2.1" });
});

test("a try that is refused for another reason counts nowhere", () => {
  const tries = openTries({ clock: () => 0n, on: true });
  for (let i = 0; i < 10; i++) tries.begin({ account: "anne", ip: "192.0.2.1" });
  for (let i = 0; i < 50; i++)
    expect(() => tries.begin({ account: "anne", ip: "192.0.2.1" })).toThrow("Too many tries");
  for (let i = 0; i < 20; i++) tries.begin({ account: `b${i}`, ip: "192.0.2.1" });
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
