/** The log within a host application's page, over HTTP: which credentials give access, what viewers see, and which pages can show it. */
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { hostile, longest, recordSamples, rightToLeft } from "../testing/sample-activity.ts";

const host = "https://portal.example.com";
let server: TestServer;
let ids: string[];
beforeAll(async () => {
  server = await openServer({ frameOrigins: [host, "http://localhost:3000"] });
  for (const slug of ["acme", "empty", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  ids = await recordSamples(server, "acme");
  await recordSamples(server, "other");
});

interface OpenedView {
  readonly path: string;
  readonly cookie: string;
  readonly setCookies: readonly string[];
}
const form = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
const html = { accept: "text/html", cookie: "" };

async function newToken(wanted: object = {}, on: TestServer = server): Promise<string> {
  const body = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" }, ...wanted };
  return (await on.call("POST", "/v1/viewer-sessions", body)).body.token;
}
const send = (token: string, query = "", zone = ""): ReturnType<TestServer["call"]> =>
  server.call("POST", `/view${query}`, `token=${token}&zone=${zone}`, { ...html, ...form });

async function open(wanted: object = {}, query = "", zone = ""): Promise<OpenedView> {
  const { status, headers } = await send(await newToken(wanted), query, zone);
  expect(status).toBe(303);
  const setCookies = headers.getSetCookie();
  const cookie = setCookies.map((each) => each.split(";")[0]).join("; ");
  return { path: headers.get("location") ?? "", cookie, setCookies };
}
const look = (path: string, cookie: string): ReturnType<TestServer["call"]> =>
  server.call("GET", path, undefined, { ...html, cookie });
const frameOf = (path: string): string => path.slice(0, path.indexOf("/orgs/"));

describe("opening", () => {
  test("the page holds no token, and asks for nothing but its own files", async () => {
    const { status, text, headers } = await look("/view?accent=a80048", "");
    expect(status).toBe(200);
    expect(text).toContain('<form method="post" action="/view?accent=a80048" data-island="code">');
    expect(text).toContain("If the log does not open, reload the page that contains it.");
    expect(text).toMatch(/<noscript><p>Scripts are turned off in this browser/);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("the token becomes a cookie for the session's own pages, kept apart for each host, and is in no address", async () => {
    const token = await newToken({ minutes: 5 });
    const { status, headers, text } = await send(token);
    expect(status).toBe(303);
    expect(headers.get("location")).toMatch(/^\/view\/viewer_\w+\/orgs\/acme\/activity$/);
    expect(headers.get("location")! + text).not.toContain(token);
    expect(headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual(
      expect.arrayContaining(["daybook-viewer", "daybook-look"]),
    );
    for (const cookie of headers.getSetCookie()) {
      const frame = frameOf(headers.get("location")!);
      expect(cookie).toMatch(
        new RegExp(`; Path=${frame}; Expires=.*; HttpOnly; Secure; Partitioned; SameSite=None$`),
      );
    }
  });

  test.each(["", "nonsense", "dbk_viewer_x", "operator-token-of-the-tests-0123456789"])(
    "%j opens nothing, and is told what to do",
    async (token) => {
      const { status, text, headers } = await send(token);
      expect([status, headers.getSetCookie()]).toEqual([401, []]);
      expect(text).toContain("This log is no longer open");
      expect(text).toContain("To open it again, reload the page that contains it.");
      expect(text).toContain("data-ended");
    },
  );

  test("another site's form opens nothing", async () => {
    const token = await newToken();
    const headers = { ...html, ...form, "sec-fetch-site": "cross-site" };
    expect((await server.call("POST", "/view", `token=${token}&zone=`, headers)).status).toBe(403);
  });
});

describe("the frame", () => {
  test("shows the log without our header, with links that stay within it", async () => {
    const { path, cookie } = await open();
    const { status, text } = await look(path, cookie);
    expect(status).toBe(200);
    expect(text).toContain("API client added");
    expect(text).not.toMatch(/db-header|As curl|data-island="live"|audit-log\.|href="\/(?!assets\/|view\/)/);
    const leads = [...text.matchAll(/<(?:a|form) [^>]*?(?:href|action)="([^"]*)"/g)];
    expect(leads.length).toBeGreaterThan(20);
    for (const [, to] of leads) expect(to).toMatch(/^(#|\/view\/viewer_)/);
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script>alert");
    for (const words of [rightToLeft, longest, "🧾"]) expect(text).toContain(words);
    expect(text).not.toContain(`<title>${hostile}`);
  });

  test("has filters, further pages and events as the pages have", async () => {
    const { path, cookie } = await open();
    const one = await look(`${path}?type=API_CLIENT_REVOKED`, cookie);
    expect(one.text.match(/<article/g)).toHaveLength(1);
    const event = await look(`${frameOf(path)}/orgs/acme/events/${ids[0]}`, cookie);
    expect(event.status).toBe(200);
    expect(event.text).toContain(`href="${frameOf(path)}/orgs/acme/activity"`);
    expect(event.text).not.toMatch(/For programs|As curl|(href|action)="\/(?!assets\/|view\/)/);
    // a consumer sees no context
    expect(event.text).not.toContain("192.0.2.7");
    const actor = await look(`${frameOf(path)}/orgs/acme/actors/user/u_17`, cookie);
    expect(actor.text).toContain("Everything that this actor did");
  });

  test("a log in which nothing happened yet has that it was opened, and asks nobody for a terminal", async () => {
    const { path, cookie } = await open({ organization: "empty" });
    const { status, text } = await look(path, cookie);
    expect(status).toBe(200);
    expect(text).toMatch(/<article.*Viewer session opened/s);
    expect(text).not.toMatch(/curl|Record your first event/);
  });

  test("of a target that nothing happened to says so", async () => {
    const { path, cookie } = await open({ onlyTarget: { type: "api_client", id: "nobody_1" } });
    const { status, text } = await look(path, cookie);
    expect(status).toBe(200);
    expect(text).toContain("No events to show.");
    expect(text).not.toMatch(/<article|curl/);
  });

  test("of one target begins there and shows nothing else", async () => {
    const { path, cookie } = await open({ onlyTarget: { type: "api_client", id: "client_9" } });
    expect(path).toMatch(/\/orgs\/acme\/targets\/api_client\/client_9$/);
    const { text } = await look(path, cookie);
    expect(text.match(/<article/g)).toHaveLength(3);
    const all = await look(`${frameOf(path)}/orgs/acme/activity`, cookie);
    expect(all.text.match(/<article/g)).toHaveLength(3);
    expect(all.text).not.toContain("Portal");
    expect((await look(`${frameOf(path)}/orgs/acme/events/${ids[0]}`, cookie)).status).toBe(404);
    expect((await look(`${frameOf(path)}/orgs/acme/events/${ids[0]}?part=glance`, cookie)).status).toBe(404);
  });

  test("of one target has nothing else in the parts that come later", async () => {
    const { path, cookie } = await open({ onlyTarget: { type: "api_client", id: "client_9" } });
    const partOf = async (part: string): Promise<string> => {
      const { status, text } = await look(`${frameOf(path)}/orgs/acme/activity?part=${part}`, cookie);
      expect(status).toBe(200);
      return text;
    };
    expect(await partOf("count&shown=3")).toContain("of 3<");
    const breakdown = await partOf("breakdown");
    expect(breakdown).toContain("Of all 3 events");
    expect(breakdown).not.toMatch(/Portal|addresses|192\.0\.2\.7/);
    expect(breakdown.match(/ href="(?!\/view\/viewer_)/)).toBeNull();
    expect(await partOf("suggestions&typed=target:po")).not.toContain("Portal");
    expect(await partOf("suggestions&typed=ip")).not.toContain("data-insert");
  });

  test("another organization's address is answered as one that doesn't exist", async () => {
    const { path, cookie } = await open();
    const [other, nowhere] = await Promise.all(
      ["other", "nowhere"].map((slug) => look(`${frameOf(path)}/orgs/${slug}/activity`, cookie)),
    );
    // except for the request's id, and the remaining time
    const plain = (text = ""): string => text.replaceAll(/<code>.*?<\/code>| data-ends-in="\d+"/g, "");
    expect([other?.status, nowhere?.status]).toEqual([404, 404]);
    expect(plain(other?.text)).toBe(plain(nowhere?.text));
    expect(other?.text).toContain(`href="${frameOf(path)}/orgs/acme/activity"`);
  });

  test.each([
    ["GET", "/account", 404],
    ["GET", "/orgs/acme/%zz", 400],
    ["POST", "/orgs/acme/activity", 405],
  ])("%s of %s, which is no page of the log, leads back to the log", async (method, address, status) => {
    const { path, cookie } = await open();
    const sent = { ...html, cookie, ...(method === "POST" && form) };
    const answer = await server.call(
      method,
      frameOf(path) + address,
      method === "POST" ? "" : undefined,
      sent,
    );
    expect(answer.status).toBe(status);
    const links = [...answer.text.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href);
    expect(links).toEqual([`${frameOf(path)}/orgs/acme/activity`]);
    expect(answer.headers.get("content-security-policy")).toContain(`frame-ancestors ${host}`);
    const ended = await server.call("GET", frameOf(path) + address, undefined, html);
    expect(ended.text).not.toMatch(/<a [^>]*href="(?!#)/);
  });

  test("lets nobody in by a person's session, nor a viewer's cookie anywhere else", async () => {
    const { path, cookie } = await open();
    const olga = await signedIn(server, { email: "olga@acme.example", organization: "acme" });
    expect((await look(path, olga.cookie)).status).toBe(401);
    const headers = { cookie };
    expect((await server.call("GET", "/v1/organizations/acme/events", undefined, headers)).status).toBe(401);
    expect((await look("/orgs/acme/activity", cookie)).status).toBe(303);
    const asSession = cookie.replace("daybook-viewer", "daybook");
    expect((await look("/orgs/acme/activity", asSession)).status).toBe(303);
    const operator = "daybook-viewer=operator-token-of-the-tests-0123456789";
    expect((await look(path, operator)).status).toBe(401);
  });

  test("a session that has ended says what to do", async () => {
    const { body: client } = await server.call("POST", "/v1/organizations/acme/api-clients", {
      name: "Portal of Acme",
      expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
      scopes: ["events:read"],
    });
    const as = { authorization: `Bearer ${client.token}` };
    const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" } };
    const { body } = await server.call("POST", "/v1/viewer-sessions", wanted, as);
    const { headers } = await send(body.token);
    const cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const path = headers.get("location") ?? "";
    expect((await look(path, cookie)).status).toBe(200);
    await server.call("POST", `/v1/organizations/acme/api-clients/${client.id}/revoke`);
    const closed = await look(path, cookie);
    expect(closed.status).toBe(401);
    expect(closed.text).toContain("To open it again, reload the page that contains it.");
    expect(closed.headers.get("content-security-policy")).toContain(`frame-ancestors ${host}`);
  });

  test("an address that was made up can't write into the page", async () => {
    const { cookie } = await open();
    const { status, text } = await look("/view/a%22%3E%3Cscript%3E$1/orgs/acme/activity", cookie);
    expect(status).toBe(401);
    expect(text).toContain("This log is no longer open");
    expect(text).not.toMatch(/<script(?! [^>]*src=)/);
  });
});

describe("where it may stand", () => {
  test("only within pages of the configured origins, and nothing else within any", async () => {
    const { path, cookie } = await open();
    for (const at of ["/view", path, `${frameOf(path)}/orgs/other/activity`]) {
      const { headers } = await look(at, cookie);
      expect(headers.get("content-security-policy"), at).toMatch(
        new RegExp(`; frame-ancestors ${host} http://localhost:3000$`),
      );
    }
    for (const at of ["/sign-in", "/nowhere", "/event-types", "/view/x"])
      expect((await look(at, "")).headers.get("content-security-policy"), at).toContain(
        "frame-ancestors 'none'",
      );
  });

  test("where none is configured, in none", async () => {
    const alone = await openServer();
    const { headers } = await alone.call("GET", "/view", undefined, html);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

describe("the look", () => {
  test("stays from page to page, in a style sheet of values that were worked out", async () => {
    const { path, cookie } = await open({}, "?theme=dark&accent=%23a80048&background=101418&size=18");
    for (const at of [path, `${path}?view=table`]) {
      const { text, headers } = await look(at, cookie);
      expect(text).toContain('data-theme="dark"');
      expect(text).not.toMatch(/<style| style=/);
      expect(headers.get("content-security-policy")).toContain("style-src 'self';");
      const [, sheet = ""] = /href="(\/view\/look\.css\?[^"]*)"/.exec(text) ?? [];
      const css = await look(sheet.replaceAll("&amp;", "&"), "");
      expect(css.headers.get("content-type")).toBe("text/css; charset=utf-8");
      expect(css.text).toMatch(/^html\{font-size:18px\}:root\[data-frame\]\{--paper:#101418;/);
    }
  });

  test("has the zone that the host says, else the browser's", async () => {
    const opened = await open({}, "?zone=Asia/Tokyo", "Europe/London");
    expect((await look(opened.path, opened.cookie)).text).toContain("Times are in Asia/Tokyo");
    const guessed = await open({}, "", "Europe/London");
    expect((await look(guessed.path, guessed.cookie)).text).toContain("Times are in Europe/London");
    const nonsense = await open({}, "", "x".repeat(9_000));
    expect((await look(nonsense.path, nonsense.cookie)).text).toContain("Times are in UTC");
  });
});
