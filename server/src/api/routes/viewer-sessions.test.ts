/** Operators and viewer sessions over HTTP. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../testing/people.ts";

let server: TestServer;
let anne: SignedInPerson;
let owner: SignedInPerson;

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "globex"]) {
    const answer = await server.call("POST", "/v1/organizations", { slug, name: slug });
    expect(answer.status, answer.text).toBe(201);
  }
  anne = await signedIn(server, { email: "anne@acme.example", operator: true });
  owner = await signedIn(server, { email: "bob@acme.example", organization: "acme" });
});

describe("operators", () => {
  test("are added with a link, listed by page, and removed", async () => {
    const added = await callAs(server, anne, "POST", "/v1/operators", { email: "carol@acme.example" });
    expect(added.status, added.text).toBe(200);
    expect(added.body).toEqual({
      operator: { id: expect.stringMatching(/^user_/), name: "carol", email: "carol@acme.example" },
      link: {
        url: `${server.url}/password#${added.body.link?.code}`,
        code: expect.stringMatching(/^dbk_code_\w{49}$/),
        expiresAt: expect.stringMatching(/Z$/),
      },
    });
    const password = "correct horse battery";
    const entered = await server.call(
      "POST",
      "/v1/password",
      { code: added.body.link.code, password },
      { cookie: "" },
    );
    expect(entered.status).toBe(200);
    const again = await server.call("POST", "/v1/operators", { email: "carol@acme.example" });
    expect(again.body.link).toBeNull();

    const page = await server.call("GET", "/v1/operators?limit=1");
    expect(page.body.operators).toHaveLength(1);
    const next = await server.call("GET", `/v1/operators?limit=1&cursor=${page.body.next}`);
    const ids = [...page.body.operators, ...next.body.operators].map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual([anne.user.id, added.body.operator.id].sort());
    expect(next.body.next).toBeNull();
    expect(page.text).not.toContain("scrypt");

    const path = `/v1/operators/${added.body.operator.id}`;
    expect((await callAs(server, anne, "DELETE", path)).status).toBe(204);
    expect((await callAs(server, anne, "DELETE", path)).body.code).toBe("user-not-found");
    const last = await callAs(server, anne, "DELETE", `/v1/operators/${anne.user.id}`);
    expect(last.body).toMatchObject({
      code: "not-allowed",
      detail: expect.stringContaining("last operator"),
    });
  });

  test("are nobody else's to see or to make", async () => {
    const body = { email: "eve@acme.example" };
    expect((await callAs(server, owner, "GET", "/v1/operators")).body.code).toBe("not-allowed");
    expect((await callAs(server, owner, "POST", "/v1/operators", body)).body.code).toBe("not-allowed");
    expect((await server.call("GET", "/v1/operators", undefined, { cookie: "" })).status).toBe(401);
    const odd = await server.call("POST", "/v1/operators", { email: "eve@acme.example", isOperator: true });
    expect(odd.body.errors[0].pointer).toBe("/isOperator");
  });
});

describe("viewer sessions", () => {
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "customer-7", name: "Carol" } };
  let client: { authorization: string };
  const open = (body: object, headers = client): ReturnType<TestServer["call"]> =>
    server.call("POST", "/v1/viewer-sessions", body, headers);

  beforeAll(async () => {
    const body = { name: "Portal", expiresOn: inAMonth(), scopes: ["events:read"] };
    const added = await server.call("POST", "/v1/organizations/acme/api-clients", body);
    expect(added.status, added.text).toBe(201);
    client = { authorization: `Bearer ${added.body.token}` };
  });

  test("are opened by an API client of the organization, and read what their role may", async () => {
    const opened = await open({ ...wanted, minutes: 5 });
    expect(opened.status, opened.text).toBe(201);
    const { token } = opened.body;
    expect(opened.body).toEqual({
      id: expect.stringMatching(/^viewer_/),
      token: expect.stringMatching(/^dbk_viewer_\w{49}$/),
      expiresAt: expect.stringMatching(/Z$/),
      url: `${server.url}/view#${token}`,
    });
    const headers = { authorization: `Bearer ${token}` };
    const events = await server.call("GET", "/v1/organizations/acme/events", undefined, headers);
    expect(events.status, events.text).toBe(200);
    expect(events.body.events[0].type).toBe("VIEWER_SESSION_OPENED");
    for (const [method, path, body] of [
      ["GET", "/v1/organizations/globex/events", undefined],
      ["GET", "/v1/events", undefined],
      ["GET", "/v1/account", undefined],
      ["GET", "/v1/organizations/acme/audit-log.csv", undefined],
      ["POST", "/v1/viewer-sessions", wanted],
    ] as const) {
      const answer = await server.call(method, path, body, { ...headers, accept: "*/*" });
      expect([403, 404], `${method} ${path}: ${answer.text}`).toContain(answer.status);
    }
    expect(server.lines()).not.toContain("dbk_viewer_");
  });

  test("see one target's events only, where they are opened for one", async () => {
    const onlyTarget = { type: "api_client", id: "none" };
    const { token } = (await open({ ...wanted, onlyTarget })).body;
    const headers = { authorization: `Bearer ${token}` };
    const events = await server.call("GET", "/v1/organizations/acme/events", undefined, headers);
    expect(events.body.events).toEqual([]);
  });

  test.each([
    [{ minutes: 0 }, "/minutes"],
    [{ minutes: 10_000 }, "/minutes"],
    [{ minutes: "5" }, "/minutes"],
    [{ role: "ADMIN" }, "/role"],
    [{ viewer: {} }, "/viewer/id"],
    [{ viewer: { id: "" } }, "/viewer/id"],
    [{ onlyTarget: { type: "api client", id: "1" } }, "/onlyTarget/type"],
    [{ scope: "events:write" }, "/scope"],
  ])("with %j are refused", async (wrong, pointer) => {
    const answer = await open({ ...wanted, ...wrong });
    expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
  });

  test("are not opened for another organization, nor as more than the client is", async () => {
    for (const organization of ["globex", "no-such", "daybook", "a/b"])
      expect((await open({ ...wanted, organization })).body.code, organization).toBe(
        "organization-not-found",
      );
    for (const role of ["OWNER", "AUDITOR"])
      expect((await open({ ...wanted, role })).body).toMatchObject({
        code: "not-allowed",
        detail: expect.stringContaining("audit-log:download"),
      });
    const asOwner = await callAs(server, owner, "POST", "/v1/viewer-sessions", wanted);
    expect(asOwner.body.code).toBe("not-allowed");
    const asOperator = await callAs(server, anne, "POST", "/v1/viewer-sessions", {
      ...wanted,
      role: "AUDITOR",
    });
    expect(asOperator.status, asOperator.text).toBe(201);
  });
});

function inAMonth(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
}

test("a viewer never stands for a member: no session is opened for a member's id, and deeds are its opener's", async () => {
  const member = await signedIn(server, {
    email: "dave@acme.example",
    organization: "acme",
    role: "CONSUMER",
  });
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: member.user.id } };
  const posed = await server.call("POST", "/v1/viewer-sessions", wanted);
  expect([posed.status, posed.body.errors?.[0].pointer]).toEqual([422, "/viewer/id"]);
  const body = { ...wanted, viewer: { id: "dave", name: "Dave" } };
  const { token } = (await server.call("POST", "/v1/viewer-sessions", body)).body;
  const csv = "/v1/organizations/acme/audit-log.csv";
  const refused = await server.call("GET", csv, undefined, { authorization: `Bearer ${token}` });
  expect(refused.status).toBe(403);
  await server.services.denials.flush();
  const { events } = (
    await server.call("GET", "/v1/organizations/acme/events?type=AUDIT_LOG_DOWNLOAD_REFUSED")
  ).body;
  expect(events[0]).toMatchObject({
    actor: { type: "user", id: "operator", onBehalfOf: { type: "user", id: "dave", name: "Dave" } },
    data: { why: "This view is not one to download from" },
  });
});

describe("open viewer sessions", () => {
  const all = "/v1/organizations/acme/viewer-sessions";
  const viewer = { id: "customer-7", name: "Carol" };
  let portal: { id: string; token: string };
  let other: { id: string; token: string };
  const as = ({ token }: { token: string }): { authorization: string } => ({
    authorization: `Bearer ${token}`,
  });
  const open = async (by: { token: string }, more: object = {}): Promise<{ id: string; token: string }> => {
    const answer = await server.call(
      "POST",
      "/v1/viewer-sessions",
      { organization: "acme", role: "CONSUMER", viewer, ...more },
      as(by),
    );
    expect(answer.status, answer.text).toBe(201);
    return answer.body;
  };
  const works = async (session: { token: string }): Promise<number> =>
    (await server.call("GET", "/v1/organizations/acme/events", undefined, as(session))).status;

  beforeAll(async () => {
    const add = async (name: string): Promise<{ id: string; token: string }> =>
      (
        await server.call("POST", "/v1/organizations/acme/api-clients", {
          name,
          expiresOn: inAMonth(),
          scopes: ["events:read", "audit-log:download"],
        })
      ).body;
    [portal, other] = [await add("Host portal"), await add("Other host")];
  });

  test("are listed by page without their tokens, and a host sees its own", async () => {
    const opened = [];
    const onlyTarget = { type: "api", id: "a:b" };
    for (const more of [{}, { role: "AUDITOR", onlyTarget }, { viewer: { id: "8" } }])
      opened.push(await open(portal, more));
    await open(other);
    const first = await server.call("GET", `${all}?limit=2`, undefined, as(portal));
    expect(first.body.viewerSessions.map(({ id }: { id: string }) => id)).toEqual([
      opened[2]?.id,
      opened[1]?.id,
    ]);
    expect(first.body.viewerSessions[1]).toEqual({
      id: opened[1]?.id,
      role: "AUDITOR",
      viewer,
      onlyTarget,
      openedBy: { type: "api_client", id: portal.id, name: "Host portal" },
      createdAt: expect.stringMatching(/\.\d{6}Z$/),
      expiresAt: expect.stringMatching(/\.\d{6}Z$/),
    });
    const rest = await server.call("GET", `${all}?limit=2&cursor=${first.body.next}`, undefined, as(portal));
    expect([rest.body.viewerSessions.map(({ id }: { id: string }) => id), rest.body.next]).toEqual([
      [opened[0]?.id],
      null,
    ]);
    expect((await server.call("GET", `${all}?cursor=x`)).body.code).toBe("cursor-invalid");
    const owners = await callAs(server, owner, "GET", all);
    expect(owners.body.viewerSessions.length).toBeGreaterThanOrEqual(4);
    expect(owners.text).not.toContain("dbk_viewer_");
    expect(
      (await server.call("GET", "/v1/organizations/globex/viewer-sessions", undefined, as(portal))).status,
    ).toBe(404);
  });

  test("are ended by owners, operators and the host that opened them, at once", async () => {
    for (const end of [
      (id: string) => callAs(server, owner, "DELETE", `${all}/${id}`),
      (id: string) => callAs(server, anne, "DELETE", `${all}/${id}`),
      (id: string) => server.call("DELETE", `${all}/${id}`, undefined, as(portal)),
    ]) {
      const session = await open(portal);
      expect(await works(session)).toBe(200);
      expect((await server.call("DELETE", `${all}/${session.id}`, undefined, as(other))).body.code).toBe(
        "viewer-session-not-found",
      );
      expect((await server.call("DELETE", `${all}/${session.id}`, undefined, as(session))).status).toBe(403);
      expect((await end(session.id)).status).toBe(204);
      expect(await works(session)).toBe(401);
      expect((await end(session.id)).body.code).toBe("viewer-session-not-found");
    }
  });

  test("let nobody else look or end", async () => {
    const consumer = await signedIn(server, {
      email: "c@acme.example",
      organization: "acme",
      role: "CONSUMER",
    });
    const session = await open(portal);
    for (const answer of [
      await callAs(server, consumer, "GET", all),
      await callAs(server, consumer, "DELETE", `${all}/${session.id}`),
      await server.call("GET", all, undefined, as(session)),
    ])
      expect(answer.status).toBe(403);
  });

  test("are downloaded from in the name of who opened them", async () => {
    const session = await open(portal, { role: "AUDITOR" });
    const csv = await server.call("GET", "/v1/organizations/acme/audit-log.csv", undefined, as(session));
    expect(csv.status).toBe(200);
    const { events } = (
      await server.call("GET", "/v1/organizations/acme/events?type=AUDIT_LOG_DOWNLOADED&limit=1")
    ).body;
    expect(events[0]).toMatchObject({
      actor: {
        type: "api_client",
        id: portal.id,
        name: "Host portal",
        onBehalfOf: { type: "user", ...viewer },
      },
      recordedBy: { type: "server", id: "daybook" },
    });
  });
});
