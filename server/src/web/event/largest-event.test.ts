/** The largest accepted event, with hostile text in every field: its pages show all of it as text, and stay small enough. */
import { type EventInput, limits } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../api/testing/people.ts";

const at = "/v1/organizations/acme";
const filling = "é 🧾 رائد الفضاء \u202Eabc 👩‍👩‍👧‍👦 ";
const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Every value of the event with that name, `bytes` bytes long: a script, an attempt to leave an attribute, and emoji. */
function hostile(name: string, bytes: number): string {
  let text = `"'><script>alert("${name}")</script><img src=x onerror=alert(1)>&lt;&amp;`;
  const end = `</bdi></code></textarea>${name}!`;
  while (bytesOf(text + filling + end) <= bytes) text += filling;
  return text + ".".repeat(bytes - bytesOf(text + end)) + end;
}

const party = (name: string): { id: string; name: string } => ({
  id: hostile(`${name} id`, limits.idBytes),
  name: hostile(`${name} name`, limits.nameBytes),
});

/** With a long text of that many bytes that changed into another. */
const hostileEvent = (long: number): EventInput => ({
  type: "all.hostile",
  actor: {
    type: "user",
    ...party("actor"),
    email: hostile("email", limits.emailBytes),
    onBehalfOf: { type: "user", ...party("principal") },
  },
  targets: Array.from({ length: limits.targets }, (_, n) => ({ type: "thing", ...party(`target ${n}`) })),
  reason: hostile("reason", limits.reasonBytes),
  changes: [
    {
      path: "/text",
      label: hostile("label", limits.nameBytes),
      from: hostile("was", 4_000),
      to: hostile("now", long),
    },
    {
      path: `/${hostile("path", 300)}`,
      from: hostile("short was", 200),
      to: { [hostile("member", 200)]: [1] },
    },
  ],
  context: {
    userAgent: hostile("agent", limits.contextBytes),
    requestId: hostile("request", limits.contextBytes),
    correlationId: hostile("act", limits.contextBytes),
  },
  data: {
    [hostile("key", 300)]: hostile("data", 3_000),
    lines: Array.from({ length: 200 }, (_, n) => `Line ${n} <b>`).join("\n"),
  },
});

const sizeOf = (event: EventInput): number => bytesOf(JSON.stringify(event));
const longest = 4_000 + limits.eventBytes - sizeOf(hostileEvent(4_000));
const largest = hostileEvent(longest);

/** Every text in it, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** The text that a browser would show and copy, without marks. */
const shownIn = (html: string): string =>
  html
    .replaceAll(/<span class="db-unseen__word".*?<\/span><bdi/gs, "<bdi")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

let server: TestServer;
let owner: SignedInPerson;
let id: string;
beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = await signedIn(server, { email: "olga@acme.example", organization: "acme" });
  await server.call("POST", `${at}/event-types`, {
    name: "all.hostile",
    title: "All hostile",
    sentence: "{actor} did it to {target}",
    refusedSentence: "{actor} tried to do it to {target}",
    description: "Everything that is meant to break a page.",
    operation: "update",
    firstTarget: ["thing"],
    data: { type: "object", additionalProperties: { type: "string" } },
  });
  const { status, body, text } = await server.call("POST", `${at}/events`, JSON.stringify(largest), {
    "content-type": "application/json",
  });
  expect(status, text).toBe(201);
  id = body.receipts[0].id;
});

const page = async (path: string): Promise<string> => {
  const { status, text } = await callAs(server, owner, "GET", path, undefined, { accept: "text/html" });
  expect(status, path).toBe(200);
  return text;
};

test("one byte more is refused", async () => {
  expect(sizeOf(largest)).toBe(limits.eventBytes);
  const more = JSON.stringify(hostileEvent(longest + 1));
  const { status } = await server.call("POST", `${at}/events`, more, { "content-type": "application/json" });
  expect(status).toBe(422);
});

describe.each([
  ["the list", () => "/orgs/acme/activity?type=all.hostile", 96],
  ["the table", () => "/orgs/acme/activity?view=table&type=all.hostile", 96],
  ["the event", () => `/orgs/acme/events/${id}`, 512],
  [
    "what was done to its target",
    () => `/orgs/acme/targets/thing/${encodeURIComponent(party("target 0").id)}`,
    96,
  ],
])("%s", (_name, path, kibibytes) => {
  test("has its texts as text, and stays small enough", async () => {
    const html = await page(path());
    expect(html).toContain("&lt;script>alert(");
    expect(html).not.toMatch(/<script(?![^>]* src=)|<img|<b>|<[^>]* onerror=/);
    // a mark closed by a value would make these unequal
    const count = (found: RegExp): number => html.match(found)?.length ?? 0;
    for (const mark of ["bdi", "code", "main", "dl", "dd"])
      expect(count(new RegExp(`<${mark}[ >]`, "g")), mark).toBe(count(new RegExp(`</${mark}>`, "g")));
    expect(shownIn(html)).toContain(largest.actor.name);
    expect(bytesOf(html)).toBeLessThan(kibibytes * 1024);
  });
});

test("the page of the event has every value of it, whole, and says every name", async () => {
  const shown = shownIn(await page(`/orgs/acme/events/${id}`));
  const isName = (text: string): boolean => text.startsWith("/");
  const values = textsOf(largest).filter((text) => text.includes("<script>") && !isName(text));
  expect(values.length).toBeGreaterThan(50);
  expect(values.filter((text) => !shown.includes(text))).toEqual([]);
  for (const name of ["key", "path", "member"])
    expect(shown).toMatch(new RegExp(`alert\\(\\\\?"${name}`, "i"));
});
