/** What a download is asked for, and its window. */
import { formatTime, parseTime } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { parseDownload, windowed } from "./request.ts";

const asked = parseTime("2026-11-22T11:20:31.123456Z") as bigint;
const shown = ({ from, to }: { from: bigint; to: bigint }): string[] => [formatTime(from), formatTime(to)];

describe("the window", () => {
  test("is the last 90 days, up to and with the moment of asking", () => {
    expect(shown(windowed({}, asked))).toEqual([
      "2026-08-24T11:20:31.123456Z",
      "2026-11-22T11:20:31.123457Z",
    ]);
  });

  test("reaches further back if asked, and ends where asked", () => {
    const { filter } = parseDownload({ from: "2020-01-01", to: "2026-01-01T00:00:00+01:00" });
    expect(shown(windowed(filter, asked))).toEqual([
      "2020-01-01T00:00:00.000000Z",
      "2025-12-31T23:00:00.000000Z",
    ]);
  });

  test("is refused where 'to' alone lies before it", () => {
    const { filter } = parseDownload({ to: "2020-01-01" });
    expect(() => windowed(filter, asked)).toThrow("lies before the last 90 days");
  });

  test("begins at 1970 in a database whose clock stands near it", () => {
    expect(shown(windowed({}, 5n))).toEqual(["1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000006Z"]);
  });
});

test("a download goes by occurredAt, with single quotes and unsafe cells, unless asked otherwise", () => {
  expect(parseDownload({})).toEqual({
    filter: {},
    by: "occurred",
    data: "quotes",
    safe: false,
    context: false,
  });
  expect(
    parseDownload({
      by: "recorded",
      data: "json",
      safe: "spreadsheet",
      context: "true",
      type: ["B_B", "A_A"],
    }),
  ).toEqual({
    filter: { types: ["A_A", "B_B"] },
    by: "recorded",
    data: "json",
    safe: true,
    context: true,
  });
});

test.each([
  [{ by: "time" }, "/by"],
  [{ data: "xml" }, "/data"],
  [{ safe: "yes" }, "/safe"],
  [{ context: "yes" }, "/context"],
  [{ cursor: "x" }, "/cursor"],
  [{ data: ["json", "json"] }, "/data"],
])("%j is refused at %s", (query, pointer) => {
  expect(() => parseDownload(query)).toThrow(
    expect.objectContaining({ code: "query-invalid", issues: [expect.objectContaining({ pointer })] }),
  );
});
