/** A machine that records in another's name: every page that shows its events also shows who reported them. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { wordsOf } from "../testing/browse-clients.ts";

let server: TestServer;
let owner: SignedInPerson;
let consumer: SignedInPerson;
let operator: SignedInPerson;
let machine: { id: string; token: string };
let forged: { id: string }[];

const org = "/v1/organizations/acme";

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = await signedIn(server, { email: "chief@acme.example", name: "Chief", organization: "acme" });
  consumer = await signedIn(server, { email: "reader@acme.example", organization: "acme", role: "CONSUMER" });
  operator = await signedIn(server, { email: "op@example.org", operator: true });
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: "Billing sync", expiresOn, scopes: ["events:write"] };
  machine = (await server.call("POST", `${org}/api-clients`, wanted)).body;
  const { id, name } = owner.user;
  const chief = { type: "user", id, name };
  const client = { type: "api_client", id: machine.id, name: "Posed name" };
  const events = [
    {
      type: "API_CLIENT_REVOKED",
      actor: chief,
      targets: [client],
      data: { clientId: machine.id, name: "Posed name" },
    },
    {
      type: "UPDATE_ORGANIZATION_MEMBER",
      actor: chief,
      targets: [{ type: "user", id: consumer.user.id, name: "Reader" }],
      data: { userId: consumer.user.id, role: "OWNER", oldRole: "CONSUMER" },
    },
  ];
  const authorization = { authorization: `Bearer ${machine.token}` };
  forged = (await server.call("POST", `${org}/events`, { events }, authorization)).body.receipts;
  await server.call("PATCH", `${org}/api-clients/${machine.id}`, { name: "Billing" });
});

const html = { accept: "text/html" };
const look = async (path: string, person = owner): Promise<{ text: string; words: string }> => {
  const { status, text } = await callAs(server, person, "GET", path, undefined, html);
  expect(status, path).toBe(200);
  // a filter names all types
  return { text, words: wordsOf(text.replaceAll(/<select[\s\S]*?<\/select>/g, "")) };
};
const recorded = "Recorded by API client Billing";
const heading = "Reported by others";

describe("whose word it is stands", () => {
  test("on each card, with the client's page for who may see it", async () => {
    const { text, words } = await look("/orgs/acme/activity");
    expect(words.split(recorded)).toHaveLength(3);
    expect(text).toContain(`href="/orgs/acme/api-clients/${machine.id}"`);
    const theirs = await look("/orgs/acme/activity", consumer);
    expect(theirs.words.split(recorded)).toHaveLength(3);
    expect(theirs.text).not.toContain(`/orgs/acme/api-clients/${machine.id}"`);
  });

  test("of an operator who is a person by their name", async () => {
    const team = {
      type: "NEW_TEAM",
      targets: [{ type: "team", id: "t_1" }],
      data: { teamId: "t_1", team: "t" },
    };
    const event = { ...team, actor: { type: "user", id: "x" } };
    const by = await callAs(server, operator, "POST", `${org}/events`, { events: [event] });
    expect(by.status, by.text).toBeLessThan(300);
    const { words } = await look(`/orgs/acme/events/${by.body.receipts[0].id}`);
    expect(words).toContain(`Recorded by operator ${operator.user.name}`);
  });

  test("in each row of the table", async () => {
    expect((await look("/orgs/acme/activity?view=table")).words.split(recorded)).toHaveLength(3);
  });

  test("in the list of all organizations", async () => {
    expect((await look("/activity?view=table", operator)).words.split(recorded)).toHaveLength(3);
  });

  test("on the event's page, and there what it means", async () => {
    const { words } = await look(`/orgs/acme/events/${forged[0]?.id}`);
    expect(words).toContain(recorded);
    expect(words).toContain("The recorder reported this. Daybook did not see it happen.");
    const { body } = await callAs(server, owner, "GET", `${org}/api-clients/${machine.id}/history`);
    const own = await look(`/orgs/acme/events/${body.events[0].id}`);
    expect(own.words).not.toContain("Recorded by API client");
    expect(own.words).toContain("Daybook made this change and recorded it.");
  });
});

describe("a history is what Daybook did:", () => {
  const isApart = (words: string, report: string): void => {
    const [history = "", reported = ""] = words.split(heading);
    expect(history).not.toContain(report);
    expect(reported).toContain(report);
    expect(reported).toContain(recorded);
  };

  test("that of an API client, with what others report under a heading of its own", async () => {
    const { words } = await look(`/orgs/acme/api-clients/${machine.id}`);
    const at = words.indexOf("What it did itself");
    const [recordings, rest] = [words.slice(0, at), words.slice(at)];
    expect(recordings).toMatch(/What it recorded .* Daybook did not see .* API client revoked/);
    isApart(rest, "API client revoked");
    expect(words).toMatch(/Last changed by The operator token/);
  });

  test("a download among it, which Daybook saw and nobody reported", async () => {
    const csv = await callAs(server, owner, "GET", `${org}/audit-log.csv`);
    expect(csv.status).toBe(200);
    const { words } = await look(`/orgs/acme/actors/user/${owner.user.id}`);
    const [history = "", reported = ""] = words.split(heading);
    expect(history).toContain("Audit log downloaded");
    expect(reported).not.toContain("Audit log downloaded");
    const ofType = `${org}/events?type=AUDIT_LOG_DOWNLOADED&actor=user:${owner.user.id}&recordedBy=`;
    expect((await server.call("GET", `${ofType}daybook`)).body.events).toHaveLength(1);
    expect((await server.call("GET", `${ofType}others`)).body.events).toHaveLength(0);
  });

  test("that of a target and of an actor, on pages of activity", async () => {
    isApart((await look(`/orgs/acme/targets/api_client/${machine.id}`)).words, "API client revoked");
    isApart((await look(`/orgs/acme/targets/user/${consumer.user.id}`)).words, "Member made an owner");
    isApart((await look(`/orgs/acme/actors/user/${owner.user.id}`)).words, "API client revoked");
  });

  test("and a party is called as Daybook calls it", async () => {
    const { text } = await look(`/orgs/acme/targets/api_client/${machine.id}`);
    expect(/<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1]).toContain("Billing");
  });

  test("what others report has a list, which says so; a host's own records are one list as ever", async () => {
    const { words } = await look(`/orgs/acme/targets/api_client/${machine.id}?recordedBy=others`);
    expect(words).toContain("What others reported about it");
    expect(words).not.toContain(heading);
    expect((await look("/orgs/acme/targets/api_client/client_9")).words).not.toContain(heading);
  });

  test("a filter asks whose word it is, and keeps what was asked", async () => {
    const { text } = await look("/orgs/acme/activity?recordedBy=others");
    expect(text).toMatch(/<select[^>]*name="recordedBy"[\s\S]*?<option value="others" selected/);
    expect((await look("/orgs/acme/activity?recordedBy=daybook")).words).not.toContain(recorded);
  });

  test("what is suggested for a party of Daybook's is not the name that others gave it", async () => {
    const { text } = await look("/orgs/acme/activity?recordedBy=others");
    expect(text).toContain(`value="api_client:${machine.id}"`);
    expect(text).not.toMatch(/<option[^>]*(?:label="Posed name"|>\s*Posed name)/);
  });

  test("more than five reports lead to all of them", async () => {
    const { id, name } = consumer.user;
    const report = {
      type: "REMOVE_ORGANIZATION_MEMBER",
      actor: { type: "user", id: "x" },
      targets: [{ type: "user", id, name }],
      data: { userId: id, role: "CONSUMER", how: "REMOVED" },
    };
    await server.call("POST", `${org}/events`, { events: Array.from({ length: 6 }, () => report) });
    const { text, words } = await look(`/orgs/acme/targets/user/${id}`);
    expect(words.split("Recorded by the operator token")).toHaveLength(6);
    expect(text).toContain(`href="/orgs/acme/targets/user/${id}?recordedBy=others"`);
  });
});
