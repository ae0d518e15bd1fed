/** Saved views over HTTP: one's own and shared ones, who sees and changes them, their limits, and what the log has of them. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../testing/people.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});

let made = 0;
let slug: string;
let views: string;
const people: Record<string, SignedInPerson> = {};
beforeEach(async () => {
  slug = `acme-${made++}`;
  views = `/v1/organizations/${slug}/views`;
  await server.call("POST", "/v1/organizations", { slug, name: "Acme" });
  for (const role of ["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"] as const)
    people[role] = await signedIn(server, {
      email: `${role}-${slug}@acme.example`,
      organization: slug,
      role,
    });
});

type Answer = Awaited<ReturnType<TestServer["call"]>>;
const by = (who: string, ...call: Parameters<TestServer["call"]>): Promise<Answer> =>
  callAs(server, people[who] as SignedInPerson, ...call);
const search = { q: "-outcome:success", period: "24h" };
const save = (who: string, name: string, more: object = {}): Promise<Answer> =>
  by(who, "POST", views, { name, search, ...more });
const namesOf = async (who: string): Promise<string[]> =>
  (await by(who, "GET", views)).body.views.map(({ name }: { name: string }) => name);
const recorded = async (type: string): Promise<Record<string, unknown>[]> =>
  (await server.call("GET", `/v1/organizations/${slug}/events?type=${type}`)).body.events;

test("the same Idempotency-Key of another person is another request", async () => {
  const once = { "idempotency-key": "mine" };
  const mine = (who: string): Promise<Answer> => by(who, "POST", views, { name: "Mine", search }, once);
  const [first, again, other] = [await mine("OWNER"), await mine("OWNER"), await mine("CONSUMER")];
  expect([first.status, again.status, other.status]).toEqual([201, 201, 201]);
  expect(again.body.id).toBe(first.body.id);
  expect(other.body.id).not.toBe(first.body.id);
  expect(await namesOf("CONSUMER")).toEqual(["Mine"]);
  const reused = await by("CONSUMER", "POST", views, { name: "Other", search }, once);
  expect(reused.body.code).toBe("idempotency-key-reused");
});

test("a view is saved, read with its ETag, changed and deleted", async () => {
  const saved = await save("OWNER", " Refused today ", { forEveryone: true });
  expect([saved.status, saved.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^view_[a-z2-7]{26}$/),
      name: "Refused today",
      forEveryone: true,
      search,
      createdAt: expect.stringMatching(/Z$/),
    },
  ]);
  const at = saved.headers.get("location")!;
  expect(at).toBe(`${views}/${saved.body.id}`);
  const read = await by("CONSUMER", "GET", at);
  expect([read.body, read.headers.get("etag")]).toEqual([saved.body, '"1"']);
  const wanted = { search: { q: "actor:grace", type: ["NEW_TEAM", "API_SAVED", "NEW_TEAM"] } };
  const changed = await by("OWNER", "PATCH", at, wanted, { "if-match": '"1"' });
  expect(changed.body).toEqual({
    ...saved.body,
    search: { q: "actor:grace", type: ["API_SAVED", "NEW_TEAM"] },
  });
  expect((await by("OWNER", "PATCH", at, { name: "X" }, { "if-match": '"1"' })).body.code).toBe(
    "changed-meanwhile",
  );
  expect((await by("OWNER", "PATCH", at, wanted)).headers.get("etag")).toBe('"2"');
  expect((await by("OWNER", "DELETE", at)).status).toBe(204);
  expect((await by("OWNER", "GET", at)).body.code).toBe("view-not-found");
  expect((await recorded("VIEW_SAVED")).map(({ data, changes }) => [data, changes])).toEqual([
    [
      expect.objectContaining({ how: "CHANGED", view: "Refused today", search: changed.body.search }),
      [
        { path: "/search/period", label: "Period", from: "24h" },
        { path: "/search/q", label: "Search", from: "-outcome:success", to: "actor:grace" },
        { path: "/search/type", label: "Types", to: ["API_SAVED", "NEW_TEAM"] },
      ],
    ],
    [expect.objectContaining({ how: "ADDED", view: "Refused today", search }), undefined],
  ]);
  expect(await recorded("VIEW_REMOVED")).toHaveLength(1);
});

test("the same POST with the same Idempotency-Key saves one view", async () => {
  const again = (): Promise<Answer> =>
    by("CONSUMER", "POST", views, { name: "Once", search }, { "idempotency-key": "once" });
  const [first, second] = [await again(), await again()];
  expect(second.body).toEqual(first.body);
  expect(await namesOf("CONSUMER")).toEqual(["Once"]);
});

describe("a view of one's own", () => {
  test("is its person's only: others neither see, change nor delete it, nor learn that it exists", async () => {
    const { body } = await save("CONSUMER", "Mine");
    await save("DESIGNER", "mine");
    await save("OWNER", "Ours", { forEveryone: true });
    expect(await namesOf("CONSUMER")).toEqual(["Mine", "Ours"]);
    expect(await namesOf("OWNER")).toEqual(["Ours"]);
    expect((await server.call("GET", views)).body.views).toHaveLength(1);
    const at = `${views}/${body.id}`;
    for (const who of ["OWNER", "DESIGNER"])
      for (const method of ["GET", "PATCH", "DELETE"])
        expect(
          (await by(who, method, at, method === "PATCH" ? { name: "Taken" } : undefined)).body.code,
        ).toBe("view-not-found");
    for (const method of ["GET", "DELETE"])
      expect((await server.call(method, at)).body.code).toBe("view-not-found");
  });

  test("leaves neither its name nor its search in the log", async () => {
    const { body } = await save("AUDITOR", "What Bob did", { search: { q: "actor:user:bob-the-suspect" } });
    await by("AUDITOR", "PATCH", `${views}/${body.id}`, { name: "What Bob did then" });
    await by("AUDITOR", "DELETE", `${views}/${body.id}`);
    const events = [...(await recorded("VIEW_SAVED")), ...(await recorded("VIEW_REMOVED"))];
    expect(events.map(({ data }) => data)).toEqual([
      { viewId: body.id, forEveryone: false, userId: people.AUDITOR!.user.id, how: "CHANGED" },
      { viewId: body.id, forEveryone: false, userId: people.AUDITOR!.user.id, how: "ADDED" },
      { viewId: body.id, forEveryone: false, userId: people.AUDITOR!.user.id },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/bob/i);
  });

  test("is for people: the operator token has none", async () => {
    const answer = await server.call("POST", views, { name: "Mine", search });
    expect([answer.status, answer.body.code]).toEqual([403, "not-allowed"]);
  });

  test("ends with the membership, and 100 is the maximum", async () => {
    for (let n = 0; n < 100; n++) await save("CONSUMER", `View ${n}`);
    const { status, body } = await save("CONSUMER", "One more");
    expect([status, body.detail]).toEqual([403, "You have 100 views of your own here, the maximum."]);
    const { id, email } = people.CONSUMER!.user;
    await by("CONSUMER", "DELETE", `/v1/organizations/${slug}/members/${id}`);
    expect((await by("CONSUMER", "GET", views)).status).toBe(404);
    people.CONSUMER = await signedIn(server, { email, organization: slug, role: "CONSUMER" });
    expect(await namesOf("CONSUMER")).toEqual([]);
  });
});

describe("a shared view", () => {
  test("is seen by all who read the whole log, and changed by owners and operators", async () => {
    const { body } = await save("OWNER", "Ours", { forEveryone: true });
    const at = `${views}/${body.id}`;
    for (const who of ["AUDITOR", "DESIGNER", "CONSUMER"]) {
      expect(await namesOf(who)).toEqual(["Ours"]);
      expect((await save(who, "Theirs", { forEveryone: true })).body.code).toBe("not-allowed");
      expect((await by(who, "PATCH", at, { name: "Theirs" })).body.code).toBe("not-allowed");
      expect((await by(who, "DELETE", at)).body.code).toBe("not-allowed");
    }
    expect((await server.call("PATCH", at, { name: "Operators'" })).status).toBe(200);
  });

  test("has a name that no other shared one has, however it is written", async () => {
    await save("OWNER", "Strasse", { forEveryone: true });
    const { status, body } = await save("OWNER", "STRASSE", { forEveryone: true });
    expect([status, body.code, body.errors[0].pointer]).toEqual([409, "name-taken", "/name"]);
    expect((await save("OWNER", "Strasse")).status).toBe(201);
  });

  test("is of one organization: no other one's address leads to it", async () => {
    const { body } = await save("OWNER", "Ours", { forEveryone: true });
    const other = `other-${made}`;
    await server.call("POST", "/v1/organizations", { slug: other, name: "Other" });
    const elsewhere = await server.call("GET", `/v1/organizations/${other}/views/${body.id}`);
    expect(elsewhere.body.code).toBe("view-not-found");
    expect((await by("OWNER", "GET", `/v1/organizations/${other}/views`)).body.code).toBe(
      "organization-not-found",
    );
  });

  test("is refused in a closed organization, and in the reserved one", async () => {
    await server.call("POST", `/v1/organizations/${slug}/close`);
    expect((await save("OWNER", "Late", { forEveryone: true })).body.code).toBe("organization-closed");
    const reserved = await server.call("POST", "/v1/organizations/daybook/views", {
      name: "All",
      forEveryone: true,
      search,
    });
    expect(reserved.body.code).toBe("not-allowed");
  });
});

test("a search that its saver may not make is refused, with its place", async () => {
  const asked = { search: { q: "team ip:192.0.2.1" } };
  const { status, body } = await save("DESIGNER", "By address", asked);
  expect([status, body.code]).toEqual([403, "not-allowed"]);
  expect(body.errors[0]).toMatchObject({ pointer: "/search/q", place: { start: 5, end: 17 } });
  expect((await save("AUDITOR", "By address", asked)).status).toBe(201);
});

test.each([
  ["no search", { name: "A" }],
  ["an unknown parameter", { name: "A", search: { query: "x" } }],
  ["words that are a list", { name: "A", search: { q: ["x"] } }],
  ["a name of spaces", { name: " \u200b ", search: {} }],
  ["sharing as a word", { name: "A", forEveryone: "yes", search: {} }],
])("%s is refused", async (_, body) => {
  const answer = await by("OWNER", "POST", views, body);
  expect([answer.status, answer.body.code]).toEqual([422, "request-invalid"]);
});
