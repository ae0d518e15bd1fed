/** The query of a download, and its window. */
import { formatTime, parseTime } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { csv } from "./formats/csv.ts";
import { exportFormats } from "./formats/formats.ts";
import { ndjson } from "./formats/ndjson.ts";
import { parseDownload, windowed } from "./request.ts";

const requestedAt = parseTime("2026-11-22T11:20:31.123456Z") as bigint;
const shown = ({ from, to }: { from: bigint; to: bigint }): string[] => [formatTime(from), formatTime(to)];

describe("the window", () => {
  test("is the last 90 days, up to and with the moment of asking", () => {
    expect(shown(windowed({}, requestedAt))).toEqual([
      "2026-08-24T11:20:31.123456Z",
      "2026-11-22T11:20:31.123457Z",
    ]);
  });

  test("reaches further back if asked, and ends where asked", () => {
    const { filter } = parseDownload(ndjson, { from: "2020-01-01", to: "2026-01-01T00:00:00+01:00" });
    expect(shown(windowed(filter, requestedAt))).toEqual([
      "2020-01-01T00:00:00.000000Z",
      "2025-12-31T23:00:00.000000Z",
    ]);
  });

  test("is refused where 'to' alone lies before it", () => {
    const { filter } = parseDownload(ndjson, { to: "2020-01-01" });
    expect(() => windowed(filter, requestedAt)).toThrow("is before the last 90 days");
  });

  test("begins at 1970 in a database whose clock stands near it", () => {
    expect(shown(windowed({}, 5n))).toEqual(["1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000006Z"]);
  });
});

test.each(exportFormats.map((format) => [format.name, format] as const))(
  "a download as %s goes by occurredAt and has no context, unless asked otherwise",
  (_, format) => {
    const usual = { format, filter: {}, by: "occurred", context: false };
    expect(parseDownload(format, {})).toMatchObject(usual);
    const query = { by: "recorded", context: "true", type: ["B_B", "A_A"] };
    expect(parseDownload(format, query)).toMatchObject({
      format,
      filter: { types: ["A_A", "B_B"] },
      by: "recorded",
      context: true,
    });
  },
);

test("CSV has single quotes and unsafe cells, unless asked otherwise", () => {
  expect(parseDownload(csv, {}).options).toEqual({ data: "quotes" });
  const options = { data: "json", safe: "spreadsheet" };
  expect(parseDownload(csv, options).options).toEqual(options);
});

test.each([
  [csv, { by: "time" }, "/by"],
  [csv, { data: "xml" }, "/data"],
  [csv, { safe: "yes" }, "/safe"],
  [csv, { context: "yes" }, "/context"],
  [csv, { cursor: "x" }, "/cursor"],
  [csv, { data: ["json", "json"] }, "/data"],
  [ndjson, { by: "time" }, "/by"],
  [ndjson, { data: "json" }, "/data"],
  [ndjson, { safe: "spreadsheet" }, "/safe"],
  [ndjson, { context: "yes" }, "/context"],
])("$name with %j is refused at %s", (format, query, pointer) => {
  expect(() => parseDownload(format, query)).toThrow(
    expect.objectContaining({ code: "query-invalid", issues: [expect.objectContaining({ pointer })] }),
  );
});
