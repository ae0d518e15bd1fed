/** Errors name the line of a file, including blank lines. */
import { expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import { EventLines } from "./event-lines.ts";

const placesOf = (lines: EventLines, ...pointers: string[]): string[] =>
  lines
    .named(
      new DaybookError("event-invalid", { issues: pointers.map((pointer) => ({ pointer, detail: "x." })) }),
    )
    .issues.map(({ pointer }) => pointer);

test("events on lines of their own, blank ones between", () => {
  const lines = new EventLines();
  for (const line of [1, 2, 5, 6, 9]) lines.note(1, line);
  expect(placesOf(lines, "/0", "/1/actor", "/2", "/3/a", "/4/changes/0", "", "/type")).toEqual([
    "line 1",
    "line 2, /actor",
    "line 5",
    "line 6, /a",
    "line 9, /changes/0",
    "",
    "/type",
  ]);
});

test("events of a list keep their numbers, and those behind it have lines again", () => {
  const lines = new EventLines();
  lines.note(1, 1);
  lines.note(3, 2);
  lines.note(1, 3);
  expect(placesOf(lines, "/0", "/2/actor", "/4")).toEqual(["line 1", "/2/actor", "line 3"]);
});

test("a long file of blank lines is not kept whole, and its end is named", () => {
  const lines = new EventLines();
  for (let i = 0; i < 50_000; i++) lines.note(1, 2 * i + 1);
  expect(placesOf(lines, "/49999/actor")).toEqual(["line 99999, /actor"]);
  expect(placesOf(lines, "/0")).toEqual(["/0"]);
});

test("an error of the reading says its place itself", () => {
  const lines = new EventLines();
  lines.note(1, 3);
  const error = lines.placed(
    new DaybookError("json-refused", { issues: [{ pointer: "/0/a", detail: "x." }] }),
  );
  expect(lines.named(error)).toBe(error);
});
