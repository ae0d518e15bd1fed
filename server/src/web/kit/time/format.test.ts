/** Times in words, in each zone, on each side of midnight and of a clock change. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ago,
  clockOf,
  dayAndTime,
  dayBeside,
  dayInWords,
  dayKey,
  exactTime,
  isZone,
  timeOfDay,
  zoneName,
} from "./format.ts";

const at = (text: string): number => Date.parse(text);

test.each([
  ["2026-05-21T13:22:59Z", "Europe/London", "21 May 2026 at 2:22pm"],
  ["2026-05-21T13:22:59Z", "UTC", "21 May 2026 at 1:22pm"],
  ["2026-05-21T00:00:00Z", "UTC", "21 May 2026 at 12:00am"],
  ["2026-05-21T12:00:00Z", "UTC", "21 May 2026 at 12:00pm"],
  ["2026-12-31T23:30:00Z", "Asia/Kolkata", "1 January 2027 at 5:00am"],
  ["2026-01-01T00:30:00Z", "America/New_York", "31 December 2025 at 7:30pm"],
])("%s in %s is %s", (text, zone, words) => {
  expect(dayAndTime(at(text), zone)).toBe(words);
});

test.each([
  ["2026-10-25T00:30:00Z", "Europe/London", "1:30am BST"],
  ["2026-10-25T01:30:00Z", "Europe/London", "1:30am GMT"],
  ["2026-10-25T00:00:00Z", "Europe/London", "1:00am BST"],
  ["2026-10-24T23:59:59Z", "Europe/London", "12:59am"],
  ["2026-10-25T02:00:00Z", "Europe/London", "2:00am"],
  ["2026-03-29T01:00:00Z", "Europe/London", "2:00am"],
  ["2026-04-04T14:45:00Z", "Australia/Lord_Howe", "1:45am GMT+11"],
  ["2026-04-04T15:15:00Z", "Australia/Lord_Howe", "1:45am GMT+10:30"],
])("a time that clocks show twice says which: %s in %s is %s", (text, zone, words) => {
  expect(timeOfDay(at(text), zone)).toBe(words);
  expect(clockOf(at(text), zone).split(" ")[1]).toBe(words.split(" ")[1]);
});

test("an exact time has its microseconds and its zone", () => {
  const micros = BigInt(at("2026-07-15T13:22:09.418Z")) * 1000n + 27n;
  expect(exactTime(micros, "Europe/London")).toBe("15 July 2026 at 14:22:09.418027 BST");
  expect(exactTime(micros, "UTC")).toBe("15 July 2026 at 13:22:09.418027 UTC");
});

test("a day is said beside today", () => {
  const now = at("2026-03-30T00:30:00Z");
  expect(dayBeside(at("2026-03-30T00:10:00Z"), "UTC", now)).toBe("Today");
  expect(dayBeside(at("2026-03-29T23:59:59Z"), "UTC", now)).toBe("Yesterday");
  expect(dayBeside(at("2026-03-28T23:59:59Z"), "UTC", now)).toBe("28 March 2026");
  // the clocks went forward that night: it is 1:30 there
  expect(dayBeside(at("2026-03-29T22:59:59Z"), "Europe/London", now)).toBe("Yesterday");
  expect(dayBeside(at("2026-03-29T23:00:00Z"), "Europe/London", now)).toBe("Today");
});

test("yesterday is the day before today, whenever and wherever it is asked", () => {
  const zones = fc.constantFrom(
    "UTC",
    "Europe/London",
    "America/St_Johns",
    "Pacific/Apia",
    "Australia/Lord_Howe",
  );
  fc.assert(
    fc.property(fc.integer({ min: at("2000-01-01"), max: at("2040-01-01") }), zones, (now, zone) => {
      const today = dayKey(now, zone);
      let before = now;
      while (dayKey(before, zone) === today) before -= 1_800_000;
      expect(dayBeside(before, zone, now)).toBe("Yesterday");
      expect(dayBeside(now, zone, now)).toBe("Today");
    }),
    { numRuns: 300 },
  );
});

test.each([
  [-59_999, "just now"],
  [59_999, "just now"],
  [-60_000, "1 minute ago"],
  [-3_599_999, "59 minutes ago"],
  [-7_200_000, "2 hours ago"],
  [-86_400_000, "1 day ago"],
  [2 * 86_400_000, "in 2 days"],
  [-400 * 86_400_000, "1 year ago"],
])("%i ms from now is %s", (difference, words) => {
  expect(ago(1e12 + difference, 1e12)).toBe(words);
});

test("a zone is said by what it is called then", () => {
  expect(zoneName(at("2026-05-21T00:00:00Z"), "Europe/London")).toBe("BST");
  expect(zoneName(at("2026-12-21T00:00:00Z"), "Europe/London")).toBe("GMT");
  expect(zoneName(0, "UTC")).toBe("UTC");
});

describe("a zone that nobody knows is none:", () => {
  test.each(["", "Nowhere/Land", "../etc/passwd", "UTC\n", "x".repeat(100), "<script>", "+25:00"])(
    "%j",
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );
  test("those that are", () => {
    for (const name of ["UTC", "Europe/London", "Etc/GMT+5", "America/Argentina/Buenos_Aires"])
      expect(isZone(name), name).toBe(true);
  });
});

test.each([
  ["2026-05-21T23:04:09.999Z", "UTC", "23:04:09"],
  ["2026-05-21T23:04:09Z", "Asia/Kathmandu", "04:49:09"],
  ["1960-01-01T12:00:00Z", "Africa/Monrovia", "11:15:30"],
])("the seconds of %s in %s are %s", (text, zone, clock) => {
  expect(clockOf(at(text), zone)).toBe(clock);
});

test("no time breaks a clock", () => {
  expect(clockOf(8.64e15, "UTC")).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(timeOfDay(0, "UTC")).toBe("12:00am");
});

test("what is counted from a zone's offset is what Intl says, through every change of clocks", () => {
  const zones = ["UTC", "Europe/London", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"];
  zones.push("Pacific/Apia", "Pacific/Chatham", "Africa/Monrovia", "America/Caracas", "Antarctica/Troll");
  for (const zone of zones) {
    const day = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, day: "numeric", month: "long", year: "numeric" },
    });
    const time = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hour: "numeric", minute: "2-digit", hourCycle: "h12" },
    });
    // steps of hours and some minutes and seconds, from before the computed range
    for (
      let at = Date.UTC(1971, 0, 1);
      at < Date.UTC(2028, 0, 1);
      at += 409 * 3_600_000 + 11 * 60_000 + 7_001
    ) {
      expect(dayInWords(at, zone)).toBe(day.format(at));
      const words = time.format(at).replaceAll(/\s/g, "").toLowerCase();
      expect(timeOfDay(at, zone).split(" ")[0]).toBe(words);
    }
  }
});
