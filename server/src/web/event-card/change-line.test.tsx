/** What changed, in one line: which row it tells of, and that both sides differ as on a card. */
import { eventType } from "daybook/catalogue";
import type { Change, RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { changeLine } from "./change-line.tsx";

const lineOf = (event: Partial<RecordedEvent>, name = "own.thing"): string =>
  renderToString(<p>{changeLine({ event: event as RecordedEvent, type: eventType(name), zone: "UTC" })}</p>);
const seen = (html: string): string =>
  html
    .replaceAll(/<span class="govuk-visually-hidden">[^<]*<\/span>/g, "")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .trim();
const ofChanges = (...changes: Change[]): string => seen(lineOf({ changes }));

test.each<[what: string, change: Change, line: string]>([
  ["a value", { path: "/name", from: "Filing", to: "Filing service" }, "Name: Filing → Filing service"],
  ["a new value", { path: "/name", to: "Filing" }, "Name: Not entered → Filing"],
  ["a removed value", { path: "/name", from: "Filing" }, "Name: Filing → Not entered"],
  ["values that would read the same", { path: "/limit", from: "2", to: 2 }, 'Limit: "2" → 2'],
  ["a list", { path: "/scopes", from: ["a", "b"], to: ["b", "c"] }, "Scopes: − a, + c"],
  ["a long list", { path: "/scopes", from: [], to: ["a", "b", "c", "d"] }, "Scopes: + a, + b and 2 more"],
  ["the order of a list", { path: "/scopes", from: ["a", "b"], to: ["b", "a"] }, "Scopes: another order"],
  ["a secret", { path: "/key", from: "x", to: "y", hidden: true }, "Key: hidden, changed"],
  ["a new secret", { path: "/key", to: "y", hidden: true }, "Key: hidden, new"],
  ["a removed secret", { path: "/key", from: "x", hidden: true }, "Key: hidden, removed"],
  ["markup", { path: "/name", from: "<b>", to: "</p>" }, "Name: &lt;b> → &lt;/p>"],
])("of %s", (_, change, line) => {
  expect(ofChanges(change)).toBe(line);
});

test("an invisible character has its mark, and readers of screens hear the change", () => {
  const html = lineOf({ changes: [{ path: "/name", from: "a", to: "a\u200b" }] });
  expect(html).toContain("zero-width space");
  expect(html).toContain("changed to");
});

test("other changes are counted, and long values cut", () => {
  const changes = Array.from({ length: 40 }, (_, n) => ({ path: `/x${n}`, from: n, to: "z".repeat(500) }));
  const line = ofChanges(...changes);
  expect(line).toMatch(/^X0: 0 → z{10,60}… and 39 more$/);
});

test("it is a change also after many facts, which are not counted as changes", () => {
  const data = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`fact${n}`, n]));
  const changes = [
    { path: "/limit", from: 1, to: 2 },
    { path: "/name", from: "a", to: "b" },
  ];
  expect(seen(lineOf({ data, changes }))).toBe("Limit: 1 → 2 and 1 more");
  const ofFact = [{ path: "/fact0", label: "Fact 0", from: 7, to: 0 }];
  const facts = { "Fact 0": 0, ...data };
  expect(seen(lineOf({ data: facts, changes: ofFact }))).toBe("Fact 0: 7 → 0");
});

test("a long name is cut", () => {
  expect(seen(lineOf({ data: { [`a${"b".repeat(60_000)}`]: 1 } }))).toMatch(/^Ab{47}…: 1$/);
});

test("without a change it is the reason, else a fact that isn't the target's name", () => {
  const data = { id: "c_1", name: "Sandbox", expiresOn: "2027-05-31" };
  const targets = [{ type: "api_client", id: "c_1", name: "Sandbox" }];
  const added = { data, targets } as Partial<RecordedEvent>;
  expect(seen(lineOf(added, "API_CLIENT_ADDED"))).toBe("Expiry date: 31 May 2027");
  expect(seen(lineOf({ ...added, reason: "Leaked" }, "API_CLIENT_ADDED"))).toBe("Leaked");
  expect(seen(lineOf({}))).toBe("");
});
