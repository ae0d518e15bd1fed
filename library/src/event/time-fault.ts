/** What is wrong with a time that `parseTime` refuses, and what to do about it. Covers what real serializers write. */
import { isObject } from "./diff.ts";
import type { Json } from "./event.ts";
import { daysOf, parseTime } from "./time.ts";

/** The words of an issue. */
export interface TimeFault {
  readonly detail: string;
  readonly remedy: string;
}

const example = "2026-11-22T11:20:31.123456Z";
const asRfc3339 = `Write it like ${example}.`;

/** Faults by the look of a text. `detail` continues after the name of the member. The first match is used. */
interface Look {
  readonly like: RegExp;
  readonly detail: string;
  readonly remedy: string;
}

const looks: readonly Look[] = [
  {
    like: /^$/,
    detail: "is empty.",
    remedy: `If there is no time, leave it out. Otherwise write it as in ${example}.`,
  },
  { like: /^\s|\s$/, detail: "has white space around it.", remedy: "Leave the white space out." },
  {
    like: /^0001-01-01T00:00:00/,
    detail: "is the zero time of Go or .NET: it was never set.",
    remedy: "If there is no time, leave it out. Otherwise set it.",
  },
  {
    like: /^[+-]?\d+(\.\d+)?$/,
    detail: "is a number in a text, as Unix times are written.",
    remedy: `Write the time as RFC 3339 text, such as ${example}.`,
  },
  {
    like: /^\/Date\(/,
    detail: "is written as old Microsoft serialisers do.",
    remedy: `Set the serialiser to ISO 8601, so that it writes ${example}.`,
  },
  {
    like: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/,
    detail: "starts with a day of the week, as in mail, in HTTP and in JavaScript's String().",
    remedy: `Write it as toISOString() does in JavaScript, like ${example}.`,
  },
  {
    like: /^(\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[A-Z][a-z]{2,8} \d)/,
    detail: "is written as people of some countries do.",
    remedy: `Write year, month and day in this order, like ${example}.`,
  },
  {
    like: /^-?infinity$/i,
    detail: "is PostgreSQL's infinity, which is not a time.",
    remedy: `If there is no time, leave it out. Otherwise write a time such as ${example}.`,
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d:\d\d(\.\d+)?$/i,
    detail: "has a zone with seconds.",
    remedy: "Write the time in UTC, with Z.",
  },
  {
    like: /^\d{4}-\d\d-\d\d$/,
    detail: "is a date without a time.",
    remedy: "Add the time of day and the zone, such as T00:00:00Z.",
  },
  {
    like: /^[+-]\d{4,}-|^\d{5,}-/,
    detail: "has a year that isn't of four digits.",
    remedy: "Write the year in four digits, without a sign.",
  },
  {
    like: /^\d{8}T?\d*/i,
    detail: "is ISO 8601 in its basic form, without hyphens and colons.",
    remedy: `Write the extended form, like ${example}.`,
  },
  {
    like: /^\d{4}-\d\d-\d\d\s/,
    detail: "has a space where RFC 3339 has a T.",
    remedy: "Write a T between date and time, and the zone right behind the time.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]|$)/i,
    detail: "has no seconds.",
    remedy: "Write hours, minutes and seconds, such as 11:20:00.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,/i,
    detail: "has a comma before its decimals.",
    remedy: "Write a point before the decimals.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.(\D|$)/i,
    detail: "has a point without decimals behind it.",
    remedy: "Leave the point out, or write 1 to 9 digits behind it.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{10}/i,
    detail: "has more than 9 decimals.",
    remedy: "Write at most 9 decimals; Daybook stores 6 of them.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/i,
    detail: "has no time zone.",
    remedy: "Write Z behind it if it is UTC, else the offset, such as +01:00.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d{4}$/i,
    detail: "has a zone without a colon.",
    remedy: "Write the offset with a colon, such as +01:00.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d{1,2}$/i,
    detail: "has a zone of hours only.",
    remedy: "Write the offset as hours and minutes, such as +01:00.",
  },
  {
    like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\s*(\[|(?!Z$)[A-Z])/i,
    detail: "names its time zone.",
    remedy: "Write the offset alone, such as +01:00, or Z for UTC.",
  },
];

const whole = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))$/i;

/** What is wrong with a time called `name`; undefined if `parseTime` accepts it. */
export function timeFault(value: Json, name: string): TimeFault | undefined {
  if (typeof value !== "string") return wrongKind(value, name);
  if (parseTime(value) !== undefined) return undefined;
  const look = looks.find(({ like }) => like.test(value));
  if (look !== undefined) return { detail: `${name} ${look.detail}`, remedy: look.remedy };
  const parts = whole.exec(value);
  if (parts === null) return { detail: `${name} is not an RFC 3339 time.`, remedy: asRfc3339 };
  const fault = wrongPart(parts.slice(1).map(Number));
  return { detail: `${name} ${fault.detail}`, remedy: fault.remedy };
}

/** How programs write a time that was never set. */
function wrongKind(value: Json, name: string): TimeFault {
  const asText = `Write the time as RFC 3339 text, such as "${example}".`;
  if (typeof value === "number") return { detail: `${name} is a number, as Unix times are.`, remedy: asText };
  if (Array.isArray(value))
    return {
      detail: `${name} is a list, as Jackson writes times.`,
      remedy: `Disable its WRITE_DATES_AS_TIMESTAMPS, so that it writes "${example}".`,
    };
  const has = (member: string): boolean => isObject(value) && value[member] !== undefined;
  if (has("timezone_type"))
    return {
      detail: `${name} is an object, as PHP writes a DateTime.`,
      remedy: `Write it by format('Y-m-d\\TH:i:s.uP'), like "${example}".`,
    };
  if (has("seconds") || has("_seconds") || has("epochSecond"))
    return {
      detail: `${name} is an object of seconds, as protobuf has in memory.`,
      remedy: `Write it by protobuf's own mapping to JSON, like "${example}".`,
    };
  if (has("$date"))
    return {
      detail: `${name} is MongoDB's extended JSON.`,
      remedy: `Write only the time, such as "${example}".`,
    };
  return { detail: `${name} must be a string.`, remedy: `Write an RFC 3339 time, like "${example}".` };
}

/** For a text of the right form: which of its numbers is out of range. */
function wrongPart([
  year,
  month,
  day,
  hour,
  minute,
  second,
  ,
  offsetHours,
  offsetMinutes,
]: number[]): TimeFault {
  const order = "check the order, which is year, month, day.";
  const faults: readonly (readonly [boolean, string, string])[] = [
    [month! < 1 || month! > 12, `has the month ${month}.`, `Months are 01 to 12: ${order}`],
    [day! < 1 || day! > 31, `has the day ${day}.`, `Days are 01 to 31: ${order}`],
    [day! > daysOf(year!, month!), "is a day that does not exist.", "Check the day of the month."],
    [hour === 24, "has the hour 24.", "Write 00:00:00 of the next day."],
    [hour! > 23, `has the hour ${hour}.`, "Hours are 00 to 23."],
    [minute! > 59, `has the minute ${minute}.`, "Minutes are 00 to 59."],
    [second === 60, "is a leap second.", "Write second 59, or 00 of the next minute."],
    [second! > 59, `has the second ${second}.`, "Seconds are 00 to 59."],
    [
      offsetHours! > 23 || offsetMinutes! > 59,
      "has an offset that no zone has.",
      "Offsets are -23:59 to +23:59.",
    ],
    [year! < 2000, "is before 1970.", "Send a time from 1970 on, in UTC."],
  ];
  const [, detail, remedy] = faults.find(([wrong]) => wrong) ?? [
    true,
    "is in 2255 or later.",
    "Send a time before 2255, in UTC.",
  ];
  return { detail, remedy };
}
