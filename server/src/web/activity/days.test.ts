/** What folds on an activity page, and what doesn't. */
import type { RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { daysOf } from "./days.ts";

const event = (type: string, more: object = {}): RecordedEvent =>
  ({
    type,
    outcome: "success",
    occurredAt: "2026-11-25T10:00:00.000000Z",
    organization: { id: "1" },
    ...more,
  }) as RecordedEvent;
const now = Date.parse("2026-11-25T12:00:00Z");
const sentences = (events: RecordedEvent[], types: string[] = []): string[] =>
  daysOf(events, { zone: "UTC", now, types }).flatMap(({ words, entries }) =>
    entries.map((entry) =>
      entry.kind === "event" ? `${words}: ${entry.event.type}` : `${entry.kind} ${entry.events.length}`,
    ),
  );
const opened = event("VIEWER_SESSION_OPENED");
const draft = event("NEW_DRAFT_API");

test("drafts and viewer sessions that follow each other are folded, each with its own", () => {
  expect(
    sentences([draft, event("NEW_DRAFT_DOMAIN"), opened, opened, opened, event("NEW_API"), opened]),
  ).toEqual(["drafts 2", "viewer sessions 3", "Today: NEW_API", "Today: VIEWER_SESSION_OPENED"]);
});

test("what was denied or failed is no draft that was saved", () => {
  const denied = event("NEW_DRAFT_API", { outcome: "denied" });
  expect(sentences([draft, draft, denied, draft])).toEqual([
    "drafts 2",
    "Today: NEW_DRAFT_API",
    "Today: NEW_DRAFT_API",
  ]);
});

test("what was asked for is shown one by one", () => {
  expect(sentences([opened, opened, draft, draft], ["VIEWER_SESSION_OPENED"])).toEqual([
    "Today: VIEWER_SESSION_OPENED",
    "Today: VIEWER_SESSION_OPENED",
    "drafts 2",
  ]);
});

test("a page of one act alone is not folded: it would be a line that says nothing", () => {
  const act = { context: { correlationId: "a" } };
  expect(sentences([event("NEW_TEAM", act), event("NEW_TEAM_MEMBER", act)])).toEqual([
    "Today: NEW_TEAM",
    "Today: NEW_TEAM_MEMBER",
  ]);
  expect(sentences([event("NEW_TEAM", act), event("NEW_TEAM_MEMBER", act), event("NEW_API")])).toEqual([
    "act 2",
    "Today: NEW_API",
  ]);
});

test("one act of one organization is folded; the same id elsewhere, and another day, is not", () => {
  const act = { context: { correlationId: "a" } };
  const elsewhere = { ...act, organization: { id: "2" } };
  const yesterday = { ...act, occurredAt: "2026-11-24T10:00:00.000000Z" };
  expect(
    sentences([
      event("NEW_TEAM", act),
      event("NEW_TEAM", act),
      event("NEW_TEAM", elsewhere),
      event("NEW_TEAM", yesterday),
    ]),
  ).toEqual(["act 2", "Today: NEW_TEAM", "Yesterday: NEW_TEAM"]);
});
