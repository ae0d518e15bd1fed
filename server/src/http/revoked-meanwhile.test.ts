/** Requests whose right ends before they do: a slow body, an open follow, a waiting response. */
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../api/testing/people.ts";
import { anywhere } from "../store/testing/anywhere.ts";

const acme = "/v1/organizations/acme";
let server: TestServer;
let owner: SignedInPerson;
let made = 0;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = await signedIn(server, { email: "owner@acme.example", organization: "acme" });
});

const another = (role: "OWNER" | "AUDITOR"): Promise<SignedInPerson> =>
  signedIn(server, { email: `p${++made}@acme.example`, organization: "acme", role });
const remove = ({ user }: SignedInPerson): Promise<unknown> =>
  callAs(server, owner, "DELETE", `${acme}/members/${user.id}`);
const demote = ({ user }: SignedInPerson): Promise<unknown> =>
  callAs(server, owner, "PATCH", `${acme}/members/${user.id}`, { role: "CONSUMER" });
const add = (name: string): Promise<unknown> => server.call("POST", `${acme}/teams`, { name });

async function newClient(): Promise<{ id: string; token: string }> {
  const expiresOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: `Client ${++made}`, expiresOn, scopes: ["events:read"] };
  return (await server.call("POST", `${acme}/api-clients`, wanted)).body;
}

/** Sends a request except for the end of its body; `finish` sends that, and returns the status of the response. */
function slowly(path: string, cookie: string, body: object): { finish(): Promise<string> } {
  const { hostname, port } = new URL(server.url);
  const text = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  const headers = `Host: ${hostname}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}`;
  socket.write(`POST ${path} HTTP/1.1\r\n${headers}\r\n\r\n${text.slice(0, 5)}`);
  return {
    finish: async () => {
      socket.write(text.slice(5));
      const [answer] = await new Promise<Buffer[]>((resolve) =>
        socket.once("data", (data) => resolve([data])),
      );
      socket.destroy();
      return String(answer).split(" ")[1] ?? "";
    },
  };
}

/** Follows as server-sent events, until the server ends it. */
async function follow(headers: Record<string, string>): Promise<{ text(): string; ended: Promise<unknown> }> {
  const answer = await fetch(`${server.url}${acme}/events/follow?after=latest`, {
    headers: { accept: "text/event-stream", ...headers },
  });
  let text = "";
  const read = async (): Promise<void> => {
    for await (const piece of answer.body!) text += Buffer.from(piece).toString();
  };
  return { text: () => text, ended: read() };
}

// each waits for a second with clients and people of its own: most do so at the same time
test.concurrent("an owner who is removed while the body is under way changes nothing any more", async () => {
  const person = await another("OWNER");
  const slow = slowly(`${acme}/teams`, person.cookie, { name: "Back door" });
  await wait(100);
  await remove(person);
  await wait(1_000);
  expect(await slow.finish()).toBe("401");
});

test.concurrent("nor does one who is demoted meanwhile", async () => {
  const person = await another("OWNER");
  const slow = slowly(`${acme}/teams`, person.cookie, { name: "Back door" });
  await wait(100);
  await demote(person);
  await wait(1_000);
  expect(await slow.finish()).toBe("403");
});

test.concurrent("a follow ends when its API client is revoked, with nothing of what comes after", async () => {
  const client = await newClient();
  const { text, ended } = await follow({ authorization: `Bearer ${client.token}` });
  await server.call("POST", `${acme}/api-clients/${client.id}/revoke`);
  await wait(1_100);
  await add("After the client");
  await ended;
  expect(text()).not.toContain("After the client");
});

test.concurrent("a viewer's follow ends with the API client that opened it", async () => {
  const client = await newClient();
  const bearer = { authorization: `Bearer ${client.token}` };
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "v" } };
  const { token } = (await server.call("POST", "/v1/viewer-sessions", wanted, bearer)).body;
  const { text, ended } = await follow({ authorization: `Bearer ${token}` });
  await server.call("POST", `${acme}/api-clients/${client.id}/revoke`);
  await wait(1_100);
  await add("After the viewer");
  await ended;
  expect(text()).not.toContain("After the viewer");
});

test.concurrent("a viewer's follow ends when the session is ended, and with the sessions of the operator who opened it", async () => {
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "v" } };
  const operator = await signedIn(server, { email: "op@example.org", operator: true });
  const endings: [string, (id: string) => Promise<unknown>][] = [
    ["ending", (id) => callAs(server, owner, "DELETE", `${acme}/viewer-sessions/${id}`)],
    ["sign-out", () => callAs(server, operator, "POST", "/v1/sign-out", {})],
  ];
  for (const [what, end] of endings) {
    const opened = await callAs(server, operator, "POST", "/v1/viewer-sessions", wanted);
    expect(opened.status, opened.text).toBe(201);
    const { text, ended } = await follow({ authorization: `Bearer ${opened.body.token}` });
    await end(opened.body.id);
    await wait(1_100);
    await add(`After the ${what}`);
    await ended;
    expect(text()).not.toContain(`After the ${what}`);
  }
});

test.concurrent("a member's follow ends when they are removed, and when they may see less", async () => {
  for (const [what, end] of [
    ["removal", remove],
    ["demotion", demote],
  ] as const) {
    const person = await another("AUDITOR");
    const { text, ended } = await follow({ cookie: person.cookie });
    await end(person);
    await wait(1_100);
    await add(`After the ${what}`);
    await ended;
    expect(text()).not.toContain(`After the ${what}`);
  }
});

test.concurrent("the end of one session of a viewer ends its follow, and not that of another", async ({
  expect,
}) => {
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "v" } };
  const operator = await signedIn(server, { email: "op-2@example.org", operator: true });
  const follows = [];
  for (const _ of [1, 2]) {
    const { id, token } = (await callAs(server, operator, "POST", "/v1/viewer-sessions", wanted)).body;
    follows.push({ id, ...(await follow({ authorization: `Bearer ${token}` })) });
  }
  const [ending, other] = follows;
  await callAs(server, owner, "DELETE", `${acme}/viewer-sessions/${ending!.id}`);
  await wait(1_100);
  await add("After one of two");
  await ending!.ended;
  await expect.poll(other!.text, { timeout: 3_000 }).toContain("After one of two");
  expect(ending!.text()).not.toContain("After one of two");
});

test("an answer that waits for events is refused when the client was revoked meanwhile", async () => {
  const client = await newClient();
  const bearer = { authorization: `Bearer ${client.token}` };
  const after = (await server.call("GET", `${acme}/events/follow?after=latest&wait=0`, undefined, bearer))
    .body.position;
  const answer = server.call(
    "GET",
    `${acme}/events/follow?after=${encodeURIComponent(after)}&wait=20`,
    undefined,
    bearer,
  );
  await wait(200);
  const { organizationId } = (await server.services.store.organization("acme"))!;
  // without an event, which would otherwise be the response
  await server.services.store.write((tx) => tx.revokeApiClient(organizationId, client.id), anywhere);
  await wait(1_000);
  await add("After the wait");
  expect((await answer).status).toBe(401);
});

test.concurrent("a follow of one who may see it still goes on", async () => {
  const client = await newClient();
  const { text } = await follow({ authorization: `Bearer ${client.token}` });
  await wait(1_100);
  await add("Still seen");
  await expect.poll(text, { timeout: 3_000 }).toContain("Still seen");
});
