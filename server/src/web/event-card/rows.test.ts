/** The rows of an event's card: values before and after are one row, and empty rows are left out. */
import { type EventType, eventType } from "daybook/catalogue";
import type { Change, JsonObject } from "daybook/internal";
import { describe, expect, test } from "vitest";
import { rowsOf } from "./rows.ts";

const type = {
  about: "organizations",
  card: [
    { label: "Role", path: "/data/role", was: "/data/previousRole", format: "word" },
    { label: "Note", path: "/data/note", format: "text" },
  ],
} as unknown as EventType;
const custom = { about: "custom", card: [] } as unknown as EventType;

const rowsFor = (data: JsonObject, changes: Change[] = [], of: EventType | undefined = type): unknown =>
  rowsOf({ data, changes }, of);

describe("was and now out of data", () => {
  test("are one row, as a change", () => {
    expect(rowsFor({ role: "OWNER", previousRole: "DESIGNER" })).toEqual([
      {
        label: "Role",
        format: "word",
        value: "OWNER",
        change: { path: "/data/role", from: "DESIGNER", to: "OWNER" },
      },
    ]);
  });

  test("are a value where nothing changed, or nothing is known of before", () => {
    const value = [{ label: "Role", format: "word", value: "OWNER" }];
    expect(rowsFor({ role: "OWNER", previousRole: "OWNER" })).toEqual(value);
    expect(rowsFor({ role: "OWNER" })).toEqual(value);
  });

  test("say what is gone, and what null was", () => {
    expect(rowsFor({ previousRole: "OWNER" })).toMatchObject([{ change: { from: "OWNER" } }]);
    expect((rowsFor({ previousRole: "OWNER" }) as { change: Change }[])[0]?.change).not.toHaveProperty("to");
    expect(rowsFor({ role: "OWNER", previousRole: null })).toMatchObject([{ change: { from: null } }]);
  });
});

test("rows without a value are left out, but for those that were erased; null and empty texts are values", () => {
  expect(rowsFor({})).toEqual([]);
  expect(rowsFor({ note: "" })).toMatchObject([{ label: "Note", value: "" }]);
  expect(rowsFor({ note: null })).toMatchObject([{ label: "Note", value: null }]);
  expect(rowsOf({ erased: ["data"] }, type)).toMatchObject([
    { label: "Role", erased: true },
    { label: "Note", erased: true },
  ]);
});

describe("a change of what a row shows", () => {
  const change = { path: "/role", label: "Role", from: "DESIGNER", to: "OWNER" };

  test("is told in that row", () => {
    expect(rowsFor({ role: "OWNER" }, [change])).toEqual([
      { label: "Role", format: "word", value: "OWNER", change },
    ]);
    expect(rowsFor({ role: "OWNER", previousRole: "DESIGNER" }, [change])).toHaveLength(1);
  });

  test("stands by itself where the row says something else", () => {
    for (const data of [{ role: "CONSUMER" }, { role: "OWNER", previousRole: "AUDITOR" }])
      expect(rowsFor(data, [change])).toHaveLength(2);
    expect(rowsFor({ role: "OWNER" }, [{ ...change, hidden: true }])).toHaveLength(2);
  });
});

describe("rows that would have the same name say of what they are:", () => {
  const labels = (data: JsonObject, changes: Change[], of?: EventType): unknown =>
    (rowsFor(data, changes, of ?? custom) as { label: string; path?: string }[]).map(({ label, path }) =>
      path === undefined ? label : `${label} (${path})`,
    );

  test("two paths with one label, given or made of their last names", () => {
    expect(
      labels({}, [
        { path: "/read/limit", to: 1 },
        { path: "/write/limit", to: 2 },
        { path: "/burst", to: 3 },
      ]),
    ).toEqual(["Limit (/read/limit)", "Limit (/write/limit)", "Burst"]);
  });

  test("a label that imitates one of the catalogue", () => {
    expect(
      labels({ role: "OWNER" }, [{ path: "/nickname", label: "Role ", from: "a", to: "b" }], type),
    ).toEqual(["Role (/data/role)", "Role  (/nickname)"]);
  });

  test("members whose names read the same in words", () => {
    expect(labels({ foo_bar: 1, fooBar: 2 }, [])).toEqual([
      "Foo bar (/data/foo_bar)",
      "Foo bar (/data/fooBar)",
    ]);
  });

  test("names that nothing is seen of are shown as they are", () => {
    expect(
      labels({ "": 1 }, [
        { path: "/a/_", to: 1 },
        { path: "/b", label: "\u200b", to: 1 },
      ]),
    ).toEqual(["/data/", "/a/_", "/b"]);
  });
});

test("a download from the beginning says so, and not which time that is", () => {
  const data = { format: "csv", from: "1970-01-01T00:00:00.000000Z", to: "2026-11-22T11:20:31.623456Z" };
  expect(rowsFor(data, [], eventType("AUDIT_LOG_DOWNLOADED"))).toMatchObject([
    { label: "Format" },
    { label: "From", value: "The beginning of the log" },
    { label: "To", value: data.to, format: "time" },
  ]);
});
