/** The pages of real refusals and failures: in plain words, with a way to continue and the request's id. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLine } from "../../../../test/support/line.ts";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../../api/testing/people.ts";

const html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
let server: TestServer;
let anne: SignedInPerson;
beforeAll(async () => {
  server = await openServer();
  for (const slug of ["acme", "secret"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  anne = await signedIn(server, {
    email: "anne@acme.example",
    name: "Anne",
    organization: "acme",
    role: "DESIGNER",
  });
});

interface RefusalPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text of the page, without its marks. */
  readonly words: string;
}

async function browse(
  path: string,
  { at = server, form, headers = {} }: { at?: TestServer; form?: string; headers?: object } = {},
): Promise<RefusalPage> {
  const sent = { method: "POST", body: form ?? "" };
  const answer = await fetch(at.url + path, {
    redirect: "manual",
    ...(form === undefined ? {} : sent),
    headers: {
      accept: html,
      "x-request-id": "my-request",
      ...(form !== undefined && {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
      }),
      ...headers,
    },
  });
  const text = await answer.text();
  const main = text.slice(text.indexOf("<main"), text.indexOf("</main"));
  const words = main
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return { status: answer.status, headers: answer.headers, text, words };
}
const asAnne = (): { headers: object } => ({ headers: { cookie: anne.cookie } });

describe("a browser is told", () => {
  test("who may see a page that it may not, without the words of programs", async () => {
    const { status, words } = await browse("/activity", asAnne());
    expect([status, words]).toEqual([
      403,
      "You are not allowed to see this page Only operators can see this. If you need access, ask one of them. Go to the first page Request id: my-request",
    ]);
  });

  test("the same of another organization as of one that there isn't", async () => {
    const [secret, nowhere] = [
      await browse("/orgs/secret/activity", asAnne()),
      await browse("/orgs/nowhere/activity", asAnne()),
    ];
    expect([secret.status, secret.words]).toEqual([404, nowhere.words]);
    expect(secret.text).toBe(nowhere.text.replaceAll("nowhere", "secret"));
    expect(secret.words).toMatch(/^Page not found If you typed or pasted .* Go to the first page/);
  });

  test.each(["/%ff", `/orgs/${"a".repeat(600)}/activity`])(
    "that nothing is at an address that is none: %.20s",
    async (address) => {
      const { status, words, headers } = await browse(address, asAnne());
      expect([400, 404]).toContain(status);
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(words).toMatch(/Go to the first page/);
    },
  );

  test("that an address has a '%' that encodes nothing", async () => {
    const { status, words } = await browse("/orgs/%zz/activity", asAnne());
    expect([status, words]).toEqual([
      400,
      "Page not found The address contains a '%' that encodes nothing. If you typed or pasted the address, check that it is complete. Go to the first page Request id: my-request",
    ]);
  });

  test("that an address takes forms only", async () => {
    const { status, words, headers } = await browse("/sign-out", asAnne());
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
    expect(words).toMatch(/^Page not found This address only receives a form\. .* Go to the first page/);
  });

  test("that what a form sent was too long", async () => {
    const { status, words } = await browse("/sign-in", { form: `email=${"a".repeat(70_000)}` });
    expect(status).toBe(413);
    expect(words).toMatch(/^The text is too long Nothing was saved\. Go back, shorten /);
    expect(words).not.toMatch(/MiB|events/);
  });

  test("when to try again, after too many requests", async () => {
    const busy = await openServer({ limits: { perCaller: 5, perAddress: 2, on: true } });
    for (let i = 0; i < 2; i++) await browse("/sign-in", { at: busy });
    const { status, words, headers, text } = await browse("/sign-in?next=/account", { at: busy });
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(words).toMatch(
      /^Too many requests .* Try again in (a moment|a minute|\d+ seconds)\. Try again Go to/,
    );
    expect(text).toContain('href="/sign-in?next=/account"');
    // no link sends anything a second time
    const sent = await browse("/sign-in", { at: busy, form: "email=a&password=b" });
    expect([sent.status, sent.words.match(/Try again/g)?.length]).toEqual([429, 1]);
  });
});

describe("a failure of ours", () => {
  let broken: TestServer;
  let bob: SignedInPerson;
  beforeAll(async () => {
    broken = await openServer();
    await broken.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
    bob = await signedIn(broken, { email: "bob@acme.example", organization: "acme" });
    const failing = (): Promise<never> => Promise.reject(new Error("pool of postgres at store.ts"));
    Object.assign(broken.services.search, { event: failing });
  });

  test("says nothing of what failed, and shows who is signed in their way on", async () => {
    const { status, text, words } = await browse("/orgs/acme/events/x", {
      at: broken,
      headers: { cookie: bob.cookie },
    });
    expect(status).toBe(500);
    expect(words).toBe(
      "Sorry, there is a problem with Daybook Try again later. If the problem continues, contact your Daybook operator and include the request id below. Try again Go to the first page Request id: my-request",
    );
    expect(text).toContain("bob@acme.example");
    expect(text).not.toMatch(/pool|postgres|store\.ts/i);
    expect(broken.lines()).toContain('"requestId":"my-request"');
  });

  test("is told also where the header of the page is what fails", async () => {
    const failing = (): Promise<never> => Promise.reject(new Error("pool of postgres at store.ts"));
    Object.assign(broken.services.people, { organizations: failing });
    const { status, text, words } = await browse("/account", { at: broken, headers: { cookie: bob.cookie } });
    expect(status).toBe(500);
    expect(words).toMatch(/^Sorry, there is a problem with Daybook /);
    expect(text).not.toMatch(/pool|postgres|store\.ts/i);
  });
});

describe("while the database is away", () => {
  let away: TestServer;
  let carol: SignedInPerson;
  let mend = (): void => {};
  beforeAll(async () => {
    const far = await openServer();
    const { url, line } = await openLine(far.databaseUrl);
    away = await openServer({ databaseUrl: url });
    await away.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
    carol = await signedIn(away, { email: "carol@acme.example", organization: "acme" });
    line.cutAtCommit("before", { all: true });
    const cut = await away.call("POST", "/v1/organizations", { slug: "other", name: "Other" });
    expect(cut.status).toBe(503);
    mend = () => line.mend();
  });
  afterAll(() => mend());

  test("a page says so, leads to itself again, and works once it is back", async () => {
    const cookie = { cookie: carol.cookie };
    const { status, words, text, headers } = await browse("/orgs/acme/activity?type=NEW_TEAM", {
      at: away,
      headers: cookie,
    });
    expect(status).toBe(503);
    expect(words).toMatch(
      /^Sorry, Daybook is not available right now No data is lost\. Try again in a moment\./,
    );
    expect(text).toContain('href="/orgs/acme/activity?type=NEW_TEAM"');
    expect(headers.get("retry-after")).toMatch(/^\d+$/);
    const sent = await browse("/account/name", { at: away, headers: cookie, form: "name=Carol" });
    expect(sent.status).toBe(503);
    expect(sent.words).toContain("Your change was not made.");
    mend();
    expect((await browse("/orgs/acme/activity", { at: away, headers: cookie })).status).toBe(200);
  });
});
