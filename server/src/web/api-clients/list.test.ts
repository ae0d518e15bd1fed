/** The list of API clients, what their pages tell of the log, and what a new token is shown with, in a browser without scripts. */
import { describe, expect, test } from "vitest";
import { signedIn } from "../../api/testing/people.ts";
import { annesClients } from "../testing/annes-clients.ts";
import {
  answers,
  browsing,
  dateFields,
  dayFrom,
  type Pairs,
  titleOf,
  tokenOf,
  wordsOf,
} from "../testing/browse-clients.ts";

const here = annesClients();
const { place, client } = here;

describe("the list", () => {
  test("says what to do where there is none", async () => {
    const { at } = await place();
    const { status, text } = await here.anne.look(at);
    expect(status).toBe(200);
    expect(wordsOf(text)).toContain("There are no API clients.");
    expect(text).toContain(`href="${at}/add"`);
    expect(titleOf(text)).toBe("API clients - Daybook");
  });

  test("shows status, expiry, last use, scopes, token and creator in words, and how soon it ends", async () => {
    const { at, slug } = await place();
    await client(slug, "Far");
    await client(slug, "Within a month", dayFrom(20));
    await client(slug, "Within a week", dayFrom(3));
    const revoked = await client(slug, "Stopped");
    await here.anne.send(`${revoked}/revoke`, [["reason", ""]]);
    const words = wordsOf((await here.anne.look(at)).text);
    expect(words).toMatch(
      /Stopped Revoked \d+ \w+ \d{4} Never events:write dbk_live_\w{6}… The operator token Within a week/,
    );
    expect(words).toMatch(/Within a week Active \S+ \w+ \d{4} Expires in [23] days .*Within a month Active/);
    expect(words).toMatch(/Expires in (19|20) days .*Far Active \d+ \w+ \d{4} in 3 months/);
  });

  test("can begin with what ends next or was used last, page after page", async () => {
    const { at, slug } = await place();
    const names = (text: string): string[] =>
      [...text.matchAll(/db-client-name"[^>]*><bdi>([^<]*)</g)].map(([, name]) => name ?? "");
    for (let i = 1; i <= 16; i++) await client(slug, `Client ${i}`, dayFrom(100 - i));
    const revoked = await client(slug, "Revoked", dayFrom(2));
    await here.anne.send(`${revoked}/revoke`, [["reason", ""]]);
    const first = (await here.anne.look(`${at}?sort=expiry`)).text;
    expect(names(first)).toEqual(Array.from({ length: 15 }, (_, n) => `Client ${16 - n}`));
    expect(first).toMatch(/aria-current="true"[^>]*>What ends next</);
    const [, next = ""] = /href="([^"]*)" rel="next"/.exec(first) ?? [];
    const second = (await here.anne.look(next.replaceAll("&amp;", "&"))).text;
    expect(names(second)).toEqual(["Client 1", "Revoked"]);
    expect(second).toContain(`href="${at}?sort=expiry" rel="prev"`);
    expect(names((await here.anne.look(`${at}?sort=used`)).text)[0]).toBe("Revoked");
    expect(names((await here.anne.look(`${at}?sort=nonsense`)).text)[0]).toBe("Revoked");
  });

  test("has 15 a page, the newest first, and leads on and back", async () => {
    const { at, slug } = await place();
    for (let i = 1; i <= 17; i++) await client(slug, `Client ${String(i).padStart(2, "0")}`);
    const first = (await here.anne.look(at)).text;
    expect(first).toContain("Client 17");
    expect(first).toContain("Client 03");
    expect(first).not.toContain("Client 02");
    const older = /href="([^"]*\?after=[^"]*)"/.exec(first)?.[1] ?? "";
    const second = (await here.anne.look(older)).text;
    expect(second).toContain("Client 02");
    expect(second).not.toContain("Client 03");
    expect(second).toContain(`href="${at}" rel="prev"`);
    const { status, headers } = await here.anne.look(`${at}?after=client_nonsense`);
    expect([status, headers.get("location")]).toEqual([303, at]);
  });

  test("says that who added one has left", async () => {
    const { at, slug } = await place();
    const bob = await signedIn(here.server, {
      email: "bob@acme.example",
      name: "Bob Reed",
      organization: slug,
    });
    const sent = await browsing(here.server, bob).send(`${at}/add`, [
      ...answers("Of Bob"),
      ["key", "k1"],
      ["step", "add"],
    ]);
    expect(sent.status).toBe(200);
    await here.server.call("DELETE", `/v1/organizations/${slug}/members/${bob.user.id}`);
    expect(wordsOf((await here.anne.look(at)).text)).toMatch(/Of Bob .* Bob Reed Creator has left/);
  });
});

describe("a client's own page", () => {
  test("tells what it recorded, what it did itself and from where, and its history, each with a link to all of it", async () => {
    const { slug } = await place();
    const scopes = ["events:write", "audit-log:download"];
    const wanted = { name: "Nightly", expiresOn: dayFrom(100), scopes };
    const { body } = await here.server.call("POST", `/v1/organizations/${slug}/api-clients`, wanted);
    const authorization = { authorization: `Bearer ${body.token}` };
    const event = {
      type: "NEW_TEAM",
      actor: { type: "user", id: "u_17", name: "Ada King" },
      targets: [{ type: "team", id: "t_1", name: "Writers" }],
      data: { teamId: "t_1", team: "Writers" },
    };
    await here.server.call("POST", `/v1/organizations/${slug}/events`, event, authorization);
    await here.server.call("GET", `/v1/organizations/${slug}/audit-log.csv`, undefined, authorization);
    const { text } = await here.anne.look(`/orgs/${slug}/api-clients/${body.id}`);
    const words = wordsOf(text);
    expect(words).toMatch(/What it recorded .*Team created Ada King Writers .*What it did itself/);
    expect(words).toMatch(/What it did itself .*Audit log downloaded .*History .*API client added/);
    expect(words).toMatch(/From where .* 127\.0\.0\.1 1 /);
    for (const q of [
      `recorded-by:api_client:${body.id}`,
      `actor:api_client:${body.id}`,
      `target:api_client:${body.id}`,
    ])
      expect(text).toContain(`href="/orgs/${slug}/activity?q=${q}"`);
    expect(text).toContain(`href="/orgs/${slug}/people/u_17"`);
  });
});

describe("a new token", () => {
  test.each([
    ["events:read", "GET", 200],
    ["audit-log:download", "GET", 200],
    ["events:write", "POST", 201],
  ])("shows a command below the token that works, of a client that may %s", async (scope, method, status) => {
    const { at } = await place();
    const form: Pairs = [["name", scope], ...dateFields(dayFrom(100)), ["scopes", scope], ["step", "add"]];
    const { text } = await here.anne.send(`${at}/add`, [...form, ["key", scope]]);
    const [, command = ""] = /aria-label="command"><code>([^<]*)</.exec(text) ?? [];
    const plain = command.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    const [, address = ""] = /^curl -fsS "([^"]*)"/.exec(plain) ?? [];
    const [, body] = /-d '(.*)'/.exec(plain) ?? [];
    const [, authorization = ""] = /-H "Authorization: ([^"]*)"/.exec(plain) ?? [];
    expect(authorization).toBe(`Bearer ${tokenOf(text)}`);
    expect(address).not.toContain("dbk_live_");
    const headers = { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const answer = await fetch(address, { method, headers, body: body ?? null });
    expect([answer.status, await answer.text()]).toEqual([status, expect.anything()]);
  });
});
