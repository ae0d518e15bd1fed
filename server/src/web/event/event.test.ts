/** The page of one event over HTTP: changes of long texts, related events, and who sees them. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { hostile, longest, rightToLeft } from "../testing/sample-activity.ts";

let server: TestServer;
const people: Record<string, SignedInPerson> = {};

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  for (const role of ["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"] as const)
    people[role] = await signedIn(server, { email: `${role}@acme.example`, organization: "acme", role });
  people.other = await signedIn(server, { email: "x@other.example", organization: "other" });
});

const changed = (changes: readonly object[], more: object = {}): object => ({
  type: "ORGANIZATION_CHANGE",
  actor: { type: "user", id: "u_17", name: "Anne Wilson" },
  targets: [{ type: "organization", id: "acme", name: "Acme" }],
  changes,
  ...more,
});
const record = async (...events: readonly object[]): Promise<string[]> => {
  const { status, body, text } = await server.call("POST", "/v1/organizations/acme/events", { events });
  expect(status, text).toBe(201);
  return body.receipts.map(({ id }: { id: string }) => id);
};
const look = (id: string, who = "OWNER"): ReturnType<typeof callAs> =>
  callAs(server, people[who] as SignedInPerson, "GET", `/orgs/acme/events/${id}`, undefined, {
    accept: "text/html",
  });
const page = async (id: string, who = "OWNER"): Promise<string> => {
  const { status, text } = await look(id, who);
  expect(status).toBe(200);
  return text;
};
const wordsOf = (text: string): string =>
  text
    .slice(text.indexOf("<main"), text.indexOf("</main"))
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ");
/** The page of an event with that one change. */
const pageOf = async (from: unknown, to: unknown): Promise<string> => {
  const [id = ""] = await record(changed([{ path: "/description", from, to }]));
  return page(id);
};
const numbered = (length: number, more = ""): string =>
  Array.from({ length }, (_, n) => `Line ${n}${n === 20 ? more : ""}`).join("\n");

describe("what changed in", () => {
  test("a long text is told line by line, with what is unchanged folded", async () => {
    const text = await pageOf(numbered(40), numbered(40, " in other words"));
    expect(wordsOf(text)).toContain(
      "17 unchanged lines Line 0 Line 1 Line 2 Line 3 Line 4 Line 5 Line 6 Line 7 Line 8",
    );
    expect(wordsOf(text)).toContain(
      "Line 19 Removed: Line 20 Added: Line 20 in other words Line 21 Line 22 Line 23 16 unchanged lines",
    );
    expect(text).toMatch(/<del class="[^"]*"><span class="govuk-visually-hidden">Removed: <\/span>/);
    expect(text).toMatch(/<ins class="[^"]*"><span class="govuk-visually-hidden">Added: <\/span>/);
    expect(text).not.toMatch(/<details[^>]* open/);
  });

  test("JSON is told in its lines, and in a long list by its words", async () => {
    const limits = { burst: 5, perMinute: 10, rules: [{ path: "/a" }, { path: "/b" }] };
    expect(wordsOf(await pageOf(limits, { ...limits, perMinute: 20 }))).toContain(
      `"burst": 5, Removed: "perMinute": 10, Added: "perMinute": 20, "rules": [`,
    );
    const words = Array.from({ length: 40 }, (_, n) => `scope:${n}`);
    expect(wordsOf(await pageOf(words, words.toSpliced(30, 1)))).toContain(
      "scope:29 Removed: scope:30 scope:31",
    );
  });

  test("a short value stays what it was and is now", async () => {
    for (const [from, to, words] of [
      ["a\nb", "a\nc", "Was a b Now a c"],
      [{ perMinute: 10 }, { perMinute: 20 }, `Was { "perMinute": 10 } Now { "perMinute": 20 }`],
      [null, numbered(40), "Was Not entered Now Line 0"],
      ["one ".repeat(90), "two ".repeat(90), "Was one one"],
    ] as const)
      expect(wordsOf(await pageOf(from, to))).toContain(words);
  });

  test("hostile texts is text, with line ends that would not be seen", async () => {
    const same = `${rightToLeft} 🧾\n${longest}`;
    const text = await pageOf(`${same}\n${hostile}\nend`, `${same}\n${hostile}\r\n</ins></div>\u202e`);
    expect(text).not.toContain(hostile);
    expect(wordsOf(text)).toContain(`${rightToLeft} 🧾 ${longest} Removed: &lt;script>`);
    expect(text).toMatch(/&lt;\/script><span class="db-unseen">.*carriage return/);
    expect(text).toContain("&lt;/ins>&lt;/div>");
  });

  test("texts as long as an event can be costs no time to speak of", async () => {
    const noise = (step: number): string =>
      Array.from({ length: 7_000 }, (_, n) => "ab"[((n * step) >> 3) % 2]).join("\n");
    const text = await pageOf(noise(7), noise(13));
    expect(text).not.toContain("db-diff");
    expect(wordsOf(text)).toMatch(/Was [ab] .* Now [ab] /);
  });

  test("is cut in a list, which leads to it", async () => {
    await pageOf(numbered(40), `${numbered(40)} and more`);
    const list = await callAs(
      server,
      people.OWNER as SignedInPerson,
      "GET",
      "/orgs/acme/activity",
      undefined,
      {
        accept: "text/html",
      },
    );
    expect(list.text).not.toContain("db-diff");
    expect(wordsOf(list.text)).toMatch(
      /Details of Organization changed Description Was … .*Line 38.* Now … .*Line 39 and more/,
    );
  });
});

test("the zone beside its time is called as it was then, and below the page as it always is", async () => {
  const ids = await record(
    ...["2026-01-15T14:22:00Z", "2026-07-15T13:22:00Z"].map((occurredAt) => changed([], { occurredAt })),
  );
  const { cookie } = people.OWNER as SignedInPerson;
  for (const [n, words] of [
    "on 15 January 2026 at 2:22pm Europe/London (GMT),",
    "on 15 July 2026 at 2:22pm Europe/London (BST),",
  ].entries()) {
    const headers = { accept: "text/html", cookie: `${cookie}; daybook-zone=Europe%2FLondon` };
    const { text } = await server.call("GET", `/orgs/acme/events/${ids[n]}`, undefined, headers);
    expect(wordsOf(text)).toContain(words);
    expect(text).toContain("Times are in Europe/London.");
  }
});

test("it has its exact times, in the reader's zone and in UTC, and what its card leaves out", async () => {
  const [id = ""] = await record({
    type: "API_CLIENT_ADDED",
    actor: { type: "user", id: "u_17", name: "Anne Wilson" },
    targets: [{ type: "api_client", id: "c_9", name: "Sandbox" }],
    occurredAt: "2026-10-25T00:30:09.418027Z",
    reason: "Ticket 42",
    context: { ip: "192.0.2.7", requestId: "r-9" },
    data: { clientId: "c_9", name: "Sandbox", expiresOn: "2027-05-31", scopes: ["events:read"] },
  });
  const { cookie } = people.OWNER as SignedInPerson;
  const headers = { accept: "text/html", cookie: `${cookie}; daybook-zone=Europe%2FLondon` };
  const { text } = await server.call("GET", `/orgs/acme/events/${id}`, undefined, headers);
  const words = wordsOf(text);
  expect(words).toContain("on 25 October 2026 at 1:30am BST Europe/London (BST),");
  expect(words).toContain("It happened 25 October 2026 at 01:30:09.418027 BST 2026-10-25T00:30:09.418027Z");
  expect(words).toMatch(/It was recorded \d+ days later/);
  expect(words).toContain("Scopes events:read");
  const order = [
    "What it was done to",
    "Who did it",
    "Where it came from",
    "When",
    "Why",
    "Everything else",
    "Proof",
  ];
  const places = order.map((title) => text.indexOf(`<h2>${title}`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  for (const href of ["people/u_17", "activity?q=ip:192.0.2.7", "activity?q=request:r-9"])
    expect(text).toContain(`href="/orgs/acme/${href}"`);
});

test("its type leads to what is said of it, and to all events of it", async () => {
  const [id = ""] = await record(changed([]));
  const text = await page(id);
  const [, href = ""] = /<a href="([^"]*)"[^>]*><code>ORGANIZATION_CHANGE/.exec(text) ?? [];
  const explained = await callAs(server, people.OWNER as SignedInPerson, "GET", href, undefined, {
    accept: "text/html",
  });
  expect([explained.status, wordsOf(explained.text)]).toEqual([
    200,
    expect.stringContaining("Organization changed"),
  ]);
  expect(text).toContain('<a href="/orgs/acme/activity?type=ORGANIZATION_CHANGE">All of this type</a>');
});

describe("related events", () => {
  const team = (n: number, context: object, more: object = {}): object => ({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_17" },
    targets: [{ type: "team", id: `t_${n}`, name: `Team ${n}` }],
    data: { teamId: `t_${n}`, team: `Team ${n}` },
    context,
    ...more,
  });

  test("are those of the same request or act, each with what it is to this one", async () => {
    const [first = "", second = "", third = "", unrelated = ""] = await record(
      team(1, { requestId: "r-1", correlationId: "act-1" }),
      team(2, { requestId: "r-1", correlationId: "act-1" }, { outcome: "denied" }),
      team(3, { requestId: "r-2", correlationId: "act-1" }),
      team(4, { requestId: "r-4", correlationId: "act-4" }),
    );
    const text = await page(first);
    const words = wordsOf(text);
    expect(words).toMatch(/Related events Events of the same request or act/);
    expect(words).toMatch(
      /Team created Team 3 · \d+ \w+ \d{4} at \S+ · Recorded by the operator token Same act Tried to create a team Denied Team 2/,
    );
    expect(words).toContain("Same request and act");
    for (const id of [second, third]) expect(text).toContain(`href="/orgs/acme/events/${id}"`);
    expect(text).not.toContain(unrelated);
    expect(wordsOf(await page(unrelated))).not.toContain("Related events");
  });

  test("that are many are folded after the first ten", async () => {
    const ids = await record(...Array.from({ length: 25 }, (_, n) => team(n, { requestId: "r-bulk" })));
    const text = await page(ids[0] ?? "");
    expect(wordsOf(text)).toContain("And 14 more");
    const [shown = "", folded = ""] = text.split("And 14 more");
    expect(shown).toContain(`href="/orgs/acme/events/${ids[15]}"`);
    expect(folded).toContain(`href="/orgs/acme/events/${ids[14]}"`);
  });

  test("are for those only who see where events came from, and of their own organization", async () => {
    const [id = "", other = ""] = await record(
      team(1, { requestId: "r-secret", correlationId: "act-secret" }),
      team(2, { requestId: "r-secret", correlationId: "act-secret" }),
    );
    expect(await page(id, "AUDITOR")).toContain(`/events/${other}`);
    for (const role of ["DESIGNER", "CONSUMER"]) {
      const text = await page(id, role);
      // the event of the same request, as everyone sees it, has another target
      expect(text).not.toContain(other);
      expect(text).not.toMatch(/r-secret|act-secret|[Ss]ame (request|act)/);
    }
    expect((await look(id, "other")).status).toBe(404);
  });
});

describe("where an event came from", () => {
  test("says the producer, its counter and its id there, and what the client adjusted, to who may see the context", async () => {
    const [id = ""] = await record(
      changed([], {
        context: { ip: "192.0.2.7", adjusted: ["/actor/name", "/data/<b>"] },
        producer: { id: "portal-1", n: 42, externalId: "evt_1NG8" },
      }),
    );
    const text = wordsOf(await page(id));
    expect(text).toContain(
      "IP address 192.0.2.7 Adjusted by the client /actor/name /data/&lt;b> What the client changed",
    );
    expect(text).toContain("Producer portal-1 Number from the producer 42 Id from the producer evt_1NG8");
    const visible = wordsOf(await page(id, "CONSUMER"));
    expect(visible).not.toContain("Adjusted by the client");
    expect(visible).toContain("Id from the producer evt_1NG8");
    const { body } = await server.call("GET", `/v1/organizations/acme/events/${id}`);
    expect(body).toMatchObject({
      context: { adjusted: ["/actor/name", "/data/<b>"] },
      producer: { externalId: "evt_1NG8" },
    });
  });

  test("says nothing of a counter that there is not, and nobody has no id", async () => {
    const actor = { type: "anonymous", onBehalfOf: { type: "anonymous" } };
    const [id = ""] = await record(changed([], { actor, producer: { id: "portal-2" } }));
    const text = wordsOf(await page(id));
    expect(text).toContain("Producer portal-2 ");
    expect(text).not.toContain("number");
    expect(text).toContain(
      "Name Someone Kind Someone who did not sign in On behalf of Someone (Someone who did not sign in)",
    );
    const list = await callAs(
      server,
      people.OWNER as SignedInPerson,
      "GET",
      "/orgs/acme/activity?actor=anonymous:",
      undefined,
      {
        accept: "text/html",
      },
    );
    expect(list.text).toContain(`/orgs/acme/events/${id}`);
    expect(await page(id)).toContain('href="/orgs/acme/activity?actor=anonymous:"');
  });
});

test("an event can be taken along as JSON, by who may see it and as they see it", async () => {
  const [id = ""] = await record(changed([], { context: { ip: "192.0.2.7" } }));
  for (const [who, sees] of [
    ["OWNER", true],
    ["CONSUMER", false],
  ] as const) {
    const text = await page(id, who);
    const [, href = "", name] = /<a href="([^"]+)" download="([^"]+)"/.exec(text) ?? [];
    expect(name).toBe(`event-${id}.json`);
    const { status, body } = await callAs(server, people[who] as SignedInPerson, "GET", href);
    expect(status).toBe(200);
    expect(body.id).toBe(id);
    expect(body.context?.ip === "192.0.2.7").toBe(sees);
  }
});
