/** The links of events' values and folded groups. */
import type { RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { linksOf, onlyThese } from "./links.ts";
import { type AboutParty, readQuestion } from "./question.ts";

const path = "/orgs/acme/activity";
const listed = (query: Record<string, string> = {}, about?: AboutParty): Parameters<typeof linksOf>[0] => ({
  path,
  question: readQuestion(query, { zone: "UTC", now: 1_764_000_000_000_000n, about }),
});
const event = (more: object = {}): RecordedEvent =>
  ({
    type: "API_CLIENT_REVOKED",
    outcome: "denied",
    occurredAt: "2026-11-25T10:00:00.000007Z",
    organization: { id: "1", slug: "acme", name: "Acme" },
    actor: { type: "user", id: "u_17" },
    targets: [
      { type: "api_client", id: "a/b?c#d" },
      { type: "team", id: "t_1" },
    ],
    ...more,
  }) as RecordedEvent;

test("each value is a filter more: words, period, view and what is there already stay, the page doesn't", () => {
  const list = listed({ q: "wow", type: "NEW_TEAM", period: "7d", view: "table", cursor: "c", trail: "a" });
  const before = "q=wow&type=NEW_TEAM";
  const after = "period=7d&view=table";
  expect(linksOf(list, event())).toEqual({
    type: `${path}?${before}&type=API_CLIENT_REVOKED&${after}`,
    actor: `${path}?${before}&${after}&actor=user:u_17`,
    target: `${path}?${before}&${after}&target=api_client:a%2Fb%3Fc%23d`,
    outcome: `${path}?${before}&${after}&outcome=denied`,
    organization: `${path}?${before}&${after}`,
  });
});

test("of all organizations, an organization's name leads to the same list of its own", () => {
  const { question } = listed({ actor: "user:u_17", from: "2026-11-20" });
  const { organization, target } = linksOf({ path: "/activity", question }, event());
  expect(organization).toBe(`${path}?actor=user:u_17&from=2026-11-20`);
  expect(target).toMatch(/^\/activity\?/);
});

test("a page about one party takes no other; nor does what nobody did, or was done to nothing", () => {
  const ofTarget = linksOf(listed({}, { name: "target", value: "team:t_1" }), event());
  expect([ofTarget.target, ofTarget.actor]).toEqual([undefined, `${path}?actor=user:u_17`]);
  expect(linksOf(listed({}, { name: "actor", value: "user:u_17" }), event()).actor).toBeUndefined();
  const { actor, target } = linksOf(listed(), event({ actor: undefined, targets: undefined }));
  expect([actor, target]).toEqual([undefined, undefined]);
});

test("what is folded leads to the list of who did it, what it was and when, to the microsecond", () => {
  const events = [
    event({ type: "NEW_DRAFT_API" }),
    event({ type: "NEW_DRAFT_DOMAIN", occurredAt: "2026-11-25T09:00:00.000000Z" }),
  ];
  const when = "from=2026-11-25T09:00:00.000000Z&to=2026-11-25T10:00:00.000008Z";
  const types = "type=NEW_DRAFT_API&type=NEW_DRAFT_DOMAIN";
  expect(onlyThese(listed({ period: "7d", view: "table" }), events)).toBe(
    `${path}?view=table&${types}&actor=user:u_17&${when}`,
  );
  const byNobody = [...events, event({ type: "NEW_DRAFT_API", actor: undefined })];
  expect(onlyThese(listed(), byNobody)).toBe(`${path}?${types}&${when}`);
  const about = listed({}, { name: "actor", value: "user:u_17" });
  expect(onlyThese(about, events)).toBe(`${path}?${types}&${when}`);
});
