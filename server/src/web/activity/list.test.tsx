/** A list as the rows of a table: by day, with folded groups in one row. */
import { eventType } from "daybook/catalogue";
import type { RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import type { Recorder } from "../event-card/recorders.ts";
import { renderToString } from "../kit/html/render.ts";
import { EventList } from "./list.tsx";
import { readQuestion } from "./question.ts";

const now = Date.parse("2026-11-25T12:00:00Z");
const event = (type: string, at: string, more: object = {}): RecordedEvent =>
  ({
    id: at,
    type,
    occurredAt: `2026-11-${at}:00.000000Z`,
    outcome: "success",
    actor: { type: "user", id: "u_17", name: "Anne" },
    targets: [{ type: "api", id: "api_1", name: "payments" }],
    organization: { id: "org_1", slug: "acme", name: "Acme" },
    ...more,
  }) as RecordedEvent;

/** The rows of the table, each as its text. */
function tableOf(
  events: readonly RecordedEvent[],
  { inAll = false, type = "", open = "", recorderOf = (): Recorder | undefined => undefined } = {},
): { rows: string[]; html: string } {
  const question = readQuestion({ view: "table", type, open }, { zone: "UTC", now: BigInt(now) * 1000n });
  const list = { events, question, now, inAll, path: "/orgs/acme/activity", zone: "UTC" };
  const html = renderToString(
    <EventList {...list} typeOf={(one) => eventType(one.type)} recorderOf={recorderOf} />,
  );
  const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    row
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
  return { rows: rows.slice(1), html };
}

const act = { context: { correlationId: "a" } };
const drafts = [event("NEW_DRAFT_API", "25T10:20"), event("NEW_DRAFT_API", "25T10:00")];

test("drafts, viewer sessions and acts are a row each, under their days", () => {
  const { rows, html } = tableOf([
    ...drafts,
    event("NEW_TEAM", "25T09:00", { ...act, outcome: "denied" }),
    event("REMOVE_TEAM", "25T08:59", { ...act, actor: { type: "user", id: "u_18" } }),
    event("NEW_API", "24T09:00", { outcome: "failed" }),
  ]);
  expect(rows).toEqual([
    "Today",
    "10:00:00 to 10:20:00 2 drafts saved Anne payments",
    "08:59:00 to 09:00:00 2 related events: Team deleted, Tried to create a team 2 actors payments",
    "Yesterday",
    "09:00:00 Tried to create an API Anne payments Failed Tried to create an API at a glance",
  ]);
  expect(html.match(/<th scope="rowgroup" colspan="6"/g)).toHaveLength(2);
  expect(html).toContain(
    'href="/orgs/acme/activity?view=table&amp;type=NEW_DRAFT_API&amp;actor=user:u_17&amp;from=2026-11-25T10:00:00.000000Z&amp;to=2026-11-25T10:20:00.000001Z"',
  );
});

test("where requests came from is a column for readers who may see it, and a group tells of one address", () => {
  const from = (ip: string): object => ({ context: { ip, correlationId: "a" } });
  const { html, rows } = tableOf([
    event("NEW_API", "25T10:00", { context: { ip: "192.0.2.1" } }),
    event("NEW_TEAM", "25T09:00", from("192.0.2.1")),
    event("REMOVE_TEAM", "25T08:59", from("2001:db8::1")),
  ]);
  expect(html.match(/<th scope="col"[^>]*>[^<]*/g)?.map((title) => title.replace(/.*>/, ""))).toEqual([
    "Time, UTC",
    ...["Event", "Actor", "Target", "What changed", "From where", ""],
  ]);
  expect(rows[1]).toMatch(/ 192\.0\.2\.1 API created at a glance$/);
  expect(rows[2]).toMatch(/ 2 addresses$/);
});

test("times of two names of a zone have both", () => {
  const events = [
    event("NEW_API", "25T10:00"),
    event("NEW_API", "25T09:00", { occurredAt: "2026-10-24T09:00:00Z" }),
  ];
  const question = readQuestion({ view: "table" }, { zone: "UTC", now: BigInt(now) * 1000n });
  const list = { events, question, now, inAll: false, path: "/x", zone: "Europe/London" };
  const html = renderToString(<EventList {...list} typeOf={() => undefined} recorderOf={() => undefined} />);
  expect(html).toContain(">Time, GMT and BST<");
});

test("types that were asked for are rows of their own", () => {
  expect(tableOf(drafts, { type: "NEW_DRAFT_API" }).rows).toHaveLength(3);
});

test("each value is a filter, and says so", () => {
  const { html } = tableOf([event("NEW_API", "25T10:00", { outcome: "denied" })], { inAll: true });
  for (const [filter, what] of [
    ["&amp;actor=user:u_17", "actor"],
    ["&amp;target=api:api_1", "target"],
    ["&amp;outcome=denied", "outcome"],
    ["", "organization"],
  ])
    expect(html).toContain(`href="/orgs/acme/activity?view=table${filter}" title="Only this ${what}"`);
});

test("a row opens in place: its changes, up to five, then the rest, why and from where; a second click closes it", () => {
  const changes = Array.from({ length: 17 }, (_, n) => ({
    path: `/settings/${n}`,
    label: `Setting ${n}`,
    from: n,
    to: n + 1,
  }));
  const context = { ip: "192.0.2.1", requestId: 'r"1', userAgent: "curl/8.14" };
  const one = event("NEW_API", "25T10:00", { changes, reason: "Ticket 42", context });
  const two = event("NEW_API", "25T09:00");
  const closed = tableOf([one, two]);
  expect(closed.rows).toHaveLength(3);
  expect(closed.html).toContain(
    'href="/orgs/acme/activity?view=table&amp;open=25T10:00#25T10:00" aria-expanded="false"',
  );
  const { rows, html } = tableOf([one, two], { open: "25T10:00" });
  expect(rows[2]).toMatch(/^Setting 0 Was 0 Now 1 .*Setting 4 Was 4 Now 5 1[23] more Address 192\.0\.2\.1 /);
  expect(rows[2]).toMatch(
    /Browser or program curl\/8\.14 Request r&quot;1 Reason Ticket 42 Open event Everything of this request/,
  );
  expect(rows[2]).not.toContain("Setting 5");
  expect(html).toContain('href="/orgs/acme/activity?view=table#25T10:00" aria-expanded="true"');
  expect(html).toContain("q=request:%22r%5C%221%22");
  expect(rows).toHaveLength(4);
});
