/** Wrong times from real programs: each error has a specific text, and a remedy that works. */
import { describe, expect, test } from "vitest";
import { parseTime } from "./index.ts";
import { timeFault } from "./time-fault.ts";

/** The sent time, part of the sentence, and the result of the remedy. */
const cases: readonly (readonly [string, unknown, string, string])[] = [
  ["a Unix time (PHP time(), JS Date.now())", 1_795_346_431, "is a number", "2026-11-22T11:20:31Z"],
  ["a Unix time in a text", "1795346431.5", "number in a text", "2026-11-22T11:20:31.5Z"],
  [
    "Python str(datetime), PHP, SQL",
    "2026-11-22 11:20:31.123456+00:00",
    "a space",
    "2026-11-22T11:20:31.123456+00:00",
  ],
  ["Ruby Time#to_s", "2026-11-22 11:20:31 +0000", "a space", "2026-11-22T11:20:31Z"],
  [
    "Python isoformat() without a zone, Java LocalDateTime",
    "2026-11-22T11:20:31.123",
    "no time zone",
    "2026-11-22T11:20:31.123Z",
  ],
  ["Java OffsetDateTime at second 0", "2026-11-22T11:20Z", "no seconds", "2026-11-22T11:20:00Z"],
  ["Java LocalDateTime at second 0", "2026-11-22T11:20", "no seconds", "2026-11-22T11:20:00Z"],
  [
    "PHP DATE_ISO8601, Python %z, Jackson before 2.11",
    "2026-11-22T11:20:31+0000",
    "without a colon",
    "2026-11-22T11:20:31+00:00",
  ],
  ["PostgreSQL", "2026-11-22T11:20:31.5+00", "zone of hours only", "2026-11-22T11:20:31.5+00:00"],
  [
    "Java ZonedDateTime",
    "2026-11-22T12:20:31+01:00[Europe/Berlin]",
    "names its time zone",
    "2026-11-22T12:20:31+01:00",
  ],
  ["a zone by its letters", "2026-11-22T11:20:31 UTC", "names its time zone", "2026-11-22T11:20:31Z"],
  ["a comma (Python logging, ISO 8601)", "2026-11-22T11:20:31,123Z", "a comma", "2026-11-22T11:20:31.123Z"],
  [
    "ten decimals",
    "2026-11-22T11:20:31.1234567891Z",
    "more than 9 decimals",
    "2026-11-22T11:20:31.123456789Z",
  ],
  ["a point alone", "2026-11-22T11:20:31.Z", "a point without decimals", "2026-11-22T11:20:31Z"],
  ["a date alone", "2026-11-22", "a date without a time", "2026-11-22T00:00:00Z"],
  ["a leap second", "2016-12-31T23:59:60Z", "a leap second", "2016-12-31T23:59:59Z"],
  ["the end of a day as hour 24", "2026-11-22T24:00:00Z", "the hour 24", "2026-11-23T00:00:00Z"],
  ["day and month exchanged", "2026-22-11T11:20:31Z", "the month 22", "2026-11-22T11:20:31Z"],
  ["day 32", "2026-10-32T11:20:31Z", "the day 32", "2026-11-01T11:20:31Z"],
  ["a day that does not exist", "2026-02-29T11:20:31Z", "a day that does not exist", "2026-03-01T11:20:31Z"],
  ["hour 25", "2026-11-22T25:20:31Z", "the hour 25", "2026-11-23T01:20:31Z"],
  ["minute 60", "2026-11-22T11:60:31Z", "the minute 60", "2026-11-22T12:00:31Z"],
  ["second 61", "2026-11-22T11:20:61Z", "the second 61", "2026-11-22T11:21:01Z"],
  [
    "an offset of a day",
    "2026-11-22T11:20:31+24:00",
    "an offset that no zone has",
    "2026-11-22T11:20:31+23:59",
  ],
  ["before 1970", "1969-12-31T23:59:59Z", "before 1970", "1970-01-01T00:00:00Z"],
  ["before 1970 by its offset", "1970-01-01T00:59:59+01:00", "before 1970", "1970-01-01T01:00:00+01:00"],
  [
    "2255 (a far future that stands for never)",
    "9999-12-31T23:59:59Z",
    "2255 or later",
    "2254-12-31T23:59:59Z",
  ],
  ["Go's and .NET's zero time", "0001-01-01T00:00:00Z", "zero time of Go or .NET", "1970-01-01T00:00:00Z"],
  [
    ".NET Framework's JavaScriptSerializer",
    "/Date(1795346431000+0000)/",
    "old Microsoft serialisers",
    "2026-11-22T11:20:31Z",
  ],
  ["the basic form", "20261122T112031Z", "its basic form", "2026-11-22T11:20:31Z"],
  [
    "JS toISOString() of a far year",
    "+012026-11-22T11:20:31Z",
    "a year that isn't of four digits",
    "2026-11-22T11:20:31Z",
  ],
  ["white space around it", "2026-11-22T11:20:31Z\n", "white space around it", "2026-11-22T11:20:31Z"],
  ["nothing", "", "is empty", "2026-11-22T11:20:31Z"],
  ["an HTTP date", "Sun, 22 Nov 2026 11:20:31 GMT", "a day of the week", "2026-11-22T11:20:31Z"],
  [
    "JavaScript's String()",
    "Sun Nov 22 2026 11:20:31 GMT+0000 (UTC)",
    "a day of the week",
    "2026-11-22T11:20:31Z",
  ],
  [
    "Jackson's WRITE_DATES_AS_TIMESTAMPS",
    [2026, 11, 22, 11, 20, 31],
    "is a list, as Jackson writes times",
    "2026-11-22T11:20:31Z",
  ],
  ["MongoDB's extended JSON", { $date: "2026-11-22T11:20:31Z" }, "extended JSON", "2026-11-22T11:20:31Z"],
  [
    "PHP's json_encode of a DateTime",
    { date: "2026-11-22 11:20:31.000000", timezone_type: 3, timezone: "UTC" },
    "an object, as PHP writes",
    "2026-11-22T11:20:31.000000+00:00",
  ],
  ["protobuf in memory", { seconds: "1795346431", nanos: 0 }, "an object of seconds", "2026-11-22T11:20:31Z"],
  ["a boolean", true, "must be a string", "2026-11-22T11:20:31Z"],
  ["Gson's default", "Nov 22, 2026, 11:20:31 AM", "people of some countries", "2026-11-22T11:20:31Z"],
  [".NET's ToString()", "11/22/2026 11:20:31 +00:00", "people of some countries", "2026-11-22T11:20:31Z"],
  ["PostgreSQL's infinity", "infinity", "PostgreSQL's infinity", "2026-11-22T11:20:31Z"],
  [
    "Python, with a local mean time",
    "2026-11-22T12:13:59+00:53:28",
    "a zone with seconds",
    "2026-11-22T11:20:31Z",
  ],
];

describe("a time that is written as", () => {
  test.each(cases)("%s is refused for that", (_, sent, part, better) => {
    const fault = timeFault(sent as string, "occurredAt");
    expect(fault?.detail).toContain(part);
    expect(fault?.detail).toMatch(/^occurredAt .+\.$/);
    expect(fault?.remedy).toMatch(/^[A-Z].+\.$/s);
    expect(timeFault(better, "occurredAt")).toBeUndefined();
    expect(parseTime(better)).toBeDefined();
  });
});

test("different causes have different sentences and remedies", () => {
  const parts = new Set(cases.map(([, , part]) => part));
  const faults = cases.map(([, sent]) => timeFault(sent as string, "occurredAt")!);
  expect(parts.size).toBeGreaterThan(25);
  expect(new Set(faults.map(({ detail }) => detail)).size).toBe(parts.size);
  expect(new Set(faults.map(({ remedy }) => remedy)).size).toBeGreaterThan(20);
});

test("whatever is refused has a fault, and nothing else has", () => {
  for (const text of [
    "2026-11-22T11:20:31\u221201:00",
    "2026-W47-7T11:20:31Z",
    "２026-11-22T11:20:31Z",
    "now",
  ]) {
    expect(parseTime(text)).toBeUndefined();
    expect(timeFault(text, "occurredAt")?.detail).toBe("occurredAt is not an RFC 3339 time.");
  }
});
