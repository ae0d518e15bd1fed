/** The activity pages over HTTP, without scripts: what each reader sees, filters, pages, and that hostile events have no effect. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";
import { hostile, longest, recordSamples, rightToLeft } from "../testing/sample-activity.ts";

let server: TestServer;
let ids: string[];
const people: Record<string, SignedInPerson> = {};

beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "empty", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  ids = await recordSamples(server, "acme");
  people.operator = await signedIn(server, { email: "op@example.org", operator: true });
  for (const role of ["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"] as const)
    people[role] = await signedIn(server, { email: `${role}@acme.example`, organization: "acme", role });
  people.other = await signedIn(server, { email: "x@other.example", organization: "other" });
});

const html = { accept: "text/html" };
const look = (who: string, path: string): ReturnType<typeof callAs> =>
  callAs(server, people[who] as SignedInPerson, "GET", path, undefined, html);
const page = async (path: string, who = "OWNER"): Promise<string> => {
  const { status, text } = await look(who, path);
  expect(status, path).toBe(200);
  return text;
};
/** The text of a page, without its marks. */
const wordsOf = (text: string): string =>
  text
    .slice(text.indexOf("<main"), text.indexOf("</main"))
    .replaceAll(/<(script|style|select)[\s\S]*?<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
const hrefOf = (text: string, words: RegExp): string => {
  const link = [...text.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)].find(([, , inner]) =>
    words.test((inner ?? "").replaceAll(/<[^>]+>/g, " ")),
  );
  return (link?.[1] ?? `no link ${words}`).replaceAll("&amp;", "&");
};
const hrefsOf = (text: string): string[] =>
  [...text.matchAll(/ href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));

test("the log of an organization: newest first, by day, with cards, changes and folded drafts", async () => {
  const text = await page("/orgs/acme/activity");
  const words = wordsOf(text);
  expect(words).toMatch(/Today .*API client added .*Portal .*Yesterday .*14 drafts saved/s);
  expect(text).toMatch(/<span class="db-on">on <time [^>]*>[^<]+<\/time><\/span>/);
  expect(words).toMatch(/By Anne Wilson on \d+ \w+ \d{4} at \d+:\d\d[ap]m \d+ (second|minute)s? ago/);
  expect(words).toContain("Client name Portal Expiry date 31 May 2027");
  expect(words).toMatch(/Client name Was Sandbox Now Register sandbox/);
  expect(words).toContain("Token Was [hidden] Now [hidden] a different value");
  expect(words).toContain("Was Not entered Now Ours");
  expect(words).toContain("Denied");
  expect(words).toContain("tried to revoke API client Register sandbox");
  expect(words).toContain("Reason The token was found in a public repository");
  expect(words).toContain("Anne Wilson for Carol Price");
  expect(words).toContain("And 2 more of the same act: Team member added (2)");
});

describe("who may see what:", () => {
  test.each([
    ["operator", "/activity", 200],
    ["OWNER", "/activity", 403],
    ["AUDITOR", "/orgs/acme/activity", 200],
    ["DESIGNER", "/orgs/acme/activity", 200],
    ["CONSUMER", "/orgs/acme/targets/api_client/client_9", 200],
    ["other", "/orgs/acme/activity", 404],
    ["other", "/orgs/acme/actors/user/u_17", 404],
    ["OWNER", "/orgs/nowhere/activity", 404],
    ["OWNER", "/orgs/acme/targets/Not-A-Type/x", 404],
    ["OWNER", "/orgs/acme/actors/robot/x", 404],
    ["OWNER", "/orgs/acme/events/nonsense", 404],
    ["OWNER", "/orgs/acme/events/01937f3c-0000-7000-8000-000000000000", 404],
  ])("%s at %s: %i", async (who, path, status) => {
    expect((await look(who, path)).status).toBe(status);
  });

  test("nobody signs in first, and comes back", async () => {
    const { status, headers } = await server.call("GET", "/orgs/acme/activity", undefined, {
      ...html,
      cookie: "",
    });
    expect([status, headers.get("location")]).toEqual([303, "/sign-in?next=%2Forgs%2Facme%2Factivity"]);
  });

  test("where an event came from is for owners and auditors", async () => {
    const added = ids.at(-1);
    expect(await page(`/orgs/acme/events/${added}`, "AUDITOR")).toContain("192.0.2.7");
    for (const role of ["DESIGNER", "CONSUMER"]) {
      const text = await page(`/orgs/acme/events/${added}`, role);
      expect(text).not.toContain("192.0.2.7");
      expect(text).not.toContain("Where it came from");
    }
    // acts are identified by their correlation id, which belongs to the context
    expect(await page("/orgs/acme/activity", "DESIGNER")).not.toContain("of the same act");
  });

  test("the global log says whose event it is", async () => {
    const text = await page("/activity", "operator");
    expect(text).toContain('href="/orgs/acme/activity"');
    expect(wordsOf(text)).toContain("In The acme");
  });

  test("signing in leads to the organization's activity", async () => {
    const { headers } = await look("OWNER", "/");
    expect(headers.get("location")).toBe("/orgs/acme/activity");
  });

  test("an organization's own address leads to its activity, for people who may see it", async () => {
    const { status, headers } = await look("CONSUMER", "/orgs/acme");
    expect([status, headers.get("location")]).toEqual([303, "/orgs/acme/activity"]);
    expect((await look("other", "/orgs/acme")).status).toBe(404);
    expect((await look("OWNER", "/orgs/nowhere")).status).toBe(404);
  });
});

test("hostile names are text everywhere, and their addresses work", async () => {
  for (const view of ["", "?view=table"]) {
    const text = await page(`/orgs/acme/activity${view}`);
    expect(text).not.toContain(hostile);
    expect(text).toContain("&lt;script>alert(");
    for (const name of [rightToLeft, longest]) expect(text).toContain(`<bdi>${name}</bdi>`);
    for (const id of ["a%2Fb%3Fc%23d", ".."])
      expect(hrefsOf(text)).toContain(
        `/orgs/acme/activity${view || "?"}${view && "&"}target=api_client:${id}`,
      );
  }
  expect(wordsOf(await page("/orgs/acme/targets/api_client/a%2Fb%3Fc%23d"))).toContain("API client deleted");
  for (const id of ["a%2Fb%3Fc%23d", ".."])
    expect(wordsOf(await page(`/orgs/acme/activity?target=api_client:${id}`))).toContain(
      "API client deleted",
    );
  const byScript = await page(`/orgs/acme/actors/user/${encodeURIComponent(hostile)}`);
  expect(byScript).toContain("&lt;script>alert(");
  expect(byScript).not.toContain(hostile);
  const own = hrefOf(await page("/orgs/acme/activity?type=API_CLIENT_DELETED"), /^Details/);
  const ofOwn = await page(own);
  expect(ofOwn).toContain(`<bdi>${rightToLeft}</bdi>`);
  expect(ofOwn).not.toContain(hostile);
});

test("titles of documents name nobody", async () => {
  for (const path of [
    "/orgs/acme/targets/api_client/client_9",
    "/orgs/acme/actors/user/u_17",
    `/orgs/acme/events/${ids[0]}`,
  ])
    expect((await page(path)).match(/<title>(.*?)<\/title>/)?.[1]).toMatch(
      /^(Activity of one \w+|Event) - Daybook$/,
    );
});

describe("filters:", () => {
  test("a click on an actor, and on the chip, is there and back", async () => {
    const text = await page("/orgs/acme/activity?view=table&type=API_CLIENT_ADDED");
    const byAnne = hrefOf(text, /Anne Wilson/);
    expect(byAnne).toBe("/orgs/acme/activity?type=API_CLIENT_ADDED&view=table&actor=user:u_17");
    const narrow = await page(byAnne);
    expect(hrefOf(narrow, /Remove filter\s+Actor\s+Anne Wilson/)).toBe(
      "/orgs/acme/activity?type=API_CLIENT_ADDED&view=table",
    );
    expect(hrefOf(narrow, /Remove all/)).toBe("/orgs/acme/activity?view=table");
  });

  test("by outcome, with the empty fields of the form", async () => {
    const words = wordsOf(await page("/orgs/acme/activity?type=&outcome=denied&actor=&target=&from=&to="));
    expect(words).toContain("Tried to revoke an API client");
    expect(words).not.toContain("API client added");
  });

  test("a day in the reader's zone, up to its end", async () => {
    const at = Date.now() - 9 * 86_400_000;
    const day = new Date(at).toISOString().slice(0, 10);
    const words = wordsOf(await page(`/orgs/acme/activity?from=${day}&to=${day}`));
    expect(words).toContain("API client added");
    expect(words).not.toContain("API client updated");
  });

  test("the last 24 hours", async () => {
    const words = wordsOf(await page("/orgs/acme/activity?period=24h"));
    expect(words).toContain("Portal");
    expect(words).not.toContain("API client updated");
  });

  test("by words, which stay in the field and are a chip", async () => {
    const text = await page("/orgs/acme/activity?q=portal&view=table");
    expect(wordsOf(text)).toContain("API client added Anne Wilson Recorded by the operator token Portal");
    expect(wordsOf(text)).not.toContain("Organization changed");
    expect(text).toMatch(/<input[^>]* name="q" type="search"[^>]* value="portal"/);
    expect(text).not.toContain("There is a problem");
    expect(hrefOf(text, /Remove filter\s+Search\s+portal/)).toBe("/orgs/acme/activity?view=table");
    expect(await page(`/orgs/acme/activity?q=${encodeURIComponent(hostile)}`)).not.toContain(hostile);
  });

  test("drafts that are asked for are not folded", async () => {
    const text = await page("/orgs/acme/activity?type=NEW_DRAFT_API");
    expect(text).not.toContain("drafts saved");
    expect(text.match(/<article/g)).toHaveLength(14);
  });

  test.each([
    ["actor=Anne", "Enter an actor as type and id, like user:u_17"],
    ["target=x", "Enter a target as type and id"],
    ["type=No%20Type", "Select an event type"],
    ["outcome=maybe", "Select an outcome"],
    ["from=yesterday", "Enter a first day"],
    ["to=2026-02-30", "Enter a last day"],
    ["from=2026-11-20&to=2026-11-10", "Enter a last day that is the same as or after the first day"],
    ["cursor=nonsense", "no longer exists"],
    ["utm_source=x", "which this page does not recognize"],
  ])("%s is explained above the list", async (query, message) => {
    const text = await page(`/orgs/acme/activity?${query}`);
    expect(text).toContain("<title>Error: Activity");
    expect(wordsOf(text)).toMatch(new RegExp(`There is a problem.*${message}.*Portal`, "s"));
  });

  test.each([
    ["q=!", "The search contains no word. Enter a word"],
    ["q=Portal+type:", "The search has no value for 'type:'. Leave no space"],
    ["q=ip:localhost", "The search has an invalid value for 'ip:'. Write it like ip:192.0.2.17"],
    ["q=org:acme", "The search has 'org:', which is for the log of all organizations."],
  ])("%s is explained once, at its box, and nothing was searched", async (query, message) => {
    for (const path of ["/orgs/acme/activity", "/orgs/acme/targets/api_client/client_9"]) {
      const text = await page(`${path}?${query}&period=30d`);
      expect(text).toContain("<title>Error: Activity");
      const words = wordsOf(text);
      expect(words.split(message)).toHaveLength(2);
      expect(words).toContain("Nothing was searched.");
      expect(words).not.toMatch(/There is a problem|Portal /);
      expect(text).not.toMatch(/<article|db-histogram|data-part/);
    }
  });

  test("a name that is nearly that of a qualifier is searched as a word, with a hint", async () => {
    const text = await page("/orgs/acme/activity?q=types:API_CLIENT_ADDED&view=table");
    expect(wordsOf(text)).toContain("types: is a word to search for. Did you mean type: ?");
    expect(hrefOf(text, /^ *type: *$/)).toBe("/orgs/acme/activity?q=type:API_CLIENT_ADDED&view=table");
    expect(wordsOf(await page("/orgs/acme/activity?q=https://x.example"))).not.toContain("Did you mean");
  });

  test("a page about one target has no other target", async () => {
    const words = wordsOf(await page("/orgs/acme/targets/api_client/client_9?target=api:api_1"));
    expect(words).toContain("This page is about one target only");
    expect(words).not.toContain("drafts saved");
  });

  test("nothing matches, and the way back", async () => {
    const text = await page("/orgs/acme/activity?actor=user:nobody");
    expect(wordsOf(text)).toContain("No events match.");
    expect(hrefOf(text, /Remove all filters/)).toBe("/orgs/acme/activity");
  });
});

test("25 a page: older, and back to newer, also of a period", async () => {
  const events = Array.from({ length: 60 }, (_, n) => ({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_1" },
    targets: [{ type: "team", id: `t_${n}`, name: `Team number ${n}.` }],
    data: { teamId: `t_${n}`, team: `Team number ${n}.` },
    occurredAt: new Date(Date.now() - (60 - n) * 1000).toISOString(),
  }));
  await server.call("POST", "/v1/organizations/other/events", { events });
  const filtered = "/orgs/other/activity?type=NEW_TEAM&period=24h";
  const first = await page(filtered, "other");
  expect(first.match(/<article/g)).toHaveLength(25);
  expect(first).not.toContain("Newer");
  const two = hrefOf(first, /Older/);
  const secondPage = await page(two, "other");
  expect(wordsOf(secondPage)).toContain("Team number 34.");
  expect(hrefOf(secondPage, /Newer/)).toBe(filtered);
  const thirdPage = await page(hrefOf(secondPage, /Older/), "other");
  expect(thirdPage.match(/<article/g)).toHaveLength(10);
  expect(thirdPage).not.toContain("Older");
  expect(wordsOf(await page(hrefOf(thirdPage, /Newer/), "other"))).toContain("Team number 34.");
  const byAge = await page("/orgs/other/activity?type=NEW_TEAM&q=after:2h", "other");
  expect(wordsOf(await page(hrefOf(byAge, /Older/), "other"))).toContain("Team number 34.");
});

test("an event: its sentence, what changed, its place in the log, as JSON and as curl", async () => {
  const updated = hrefOf(await page("/orgs/acme/activity?type=API_CLIENT_UPDATED"), /^Details/);
  const text = await page(updated);
  const words = wordsOf(text);
  expect(words).toContain("Anne Wilson updated API client Register sandbox");
  expect(text).toMatch(/<del[^>]*>Sandbox<\/del>/);
  expect(text).toMatch(/<ins[^>]*>Register sandbox<\/ins>/);
  expect(words).toMatch(
    /It was recorded \d+ days later .* Number in the log \d+ Leaf hash [A-Za-z0-9+/=]{44}/,
  );
  expect(words).toContain("curl -fsS");
  expect(wordsOf(await page(hrefOf(text, /Event before it/)))).toContain("Anne Wilson added API client");
  expect(wordsOf(await page(hrefOf(text, /Event after it/)))).toMatch(
    /operator token Denied Anne Wilson tried to revoke/,
  );
  expect(words).toContain("&quot;leafHash&quot;");
});

test("own types: their title, and the members of data where there is no card", async () => {
  await server.call("POST", "/v1/organizations/acme/event-types", {
    name: "invoice.paid",
    title: "Invoice paid",
    sentence: "{actor} paid {target}",
    refusedSentence: "{actor} tried to pay {target}",
    description: "An invoice was paid.",
    operation: "update",
    firstTarget: ["invoice"],
    data: { type: "object", properties: { amountDue: { type: "number" } }, additionalProperties: false },
  });
  const event = {
    type: "invoice.paid",
    actor: { type: "user", id: "u_1" },
    targets: [{ type: "invoice", id: "i_1" }],
    data: { amountDue: 1200.5 },
  };
  const { status, text } = await server.call("POST", "/v1/organizations/acme/events", event);
  expect(status, text).toBe(201);
  const words = wordsOf(await page("/orgs/acme/activity?type=invoice.paid"));
  expect(words).toContain("Invoice paid By u_1");
  expect(words).toContain("Amount due 1,200.5");
  expect(wordsOf(await page("/activity?type=invoice.paid", "operator"))).toContain("Invoice paid By u_1");
});
