/** The pages of API clients in a browser without scripts: each state, each refusal, each role. */
import { describe, expect, test } from "vitest";
import { signedIn } from "../../api/testing/people.ts";
import { annesClients } from "../testing/annes-clients.ts";
import {
  answers,
  browsing,
  dayFrom,
  hiddenOf,
  type Pairs,
  titleOf,
  tokenOf,
  wordsOf,
} from "../testing/browse-clients.ts";

const here = annesClients();
const { place, client } = here;

describe("adding", () => {
  test("goes from details over check answers to the token, and keeps what was typed without keeping it here", async () => {
    const { at } = await place();
    const details = await here.anne.look(`${at}/add`);
    expect(details.status).toBe(200);
    expect(details.text.match(/type="checkbox"/g)).toHaveLength(5);
    const check = await here.anne.send(`${at}/add`, [...answers("  Register sandbox "), ["step", "check"]]);
    expect([check.status, titleOf(check.text)]).toEqual([200, "Check your answers - Daybook"]);
    expect(wordsOf(check.text)).toContain("Client name Register sandbox Change client name");
    const hidden = hiddenOf(check.text);
    const changed = await here.anne.send(`${at}/add`, [...hidden, ["step", "change"]]);
    expect(changed.text).toContain('value="  Register sandbox "');
    expect(changed.text.match(/ checked/g)).toHaveLength(2);
    const added = await here.anne.send(`${at}/add`, [...hidden, ["step", "add"]]);
    expect([added.status, titleOf(added.text)]).toEqual([200, "API client added - Daybook"]);
    expect(wordsOf(added.text)).toContain("It is not shown again.");
    expect(added.headers.get("cache-control")).toBe("no-store");
    expect(added.headers.get("content-encoding")).toBeNull();
    const token = tokenOf(added.text);
    const authorization = { authorization: `Bearer ${token}` };
    expect((await here.server.call("GET", "/v1/organizations", undefined, authorization)).status).toBe(200);
  });

  test("sent twice makes one client, and shows the token once", async () => {
    const { at } = await place();
    const check = await here.anne.send(`${at}/add`, [...answers("Twice"), ["step", "check"]]);
    const form: Pairs = [...hiddenOf(check.text), ["step", "add"]];
    expect(tokenOf((await here.anne.send(`${at}/add`, form)).text)).toBeDefined();
    const again = await here.anne.send(`${at}/add`, form);
    expect(again.status).toBe(200);
    expect(tokenOf(again.text)).toBeUndefined();
    expect(wordsOf(again.text)).toContain("This API client has already been added");
    expect((await here.anne.look(at)).text.match(/>Twice</g)).toHaveLength(1);
  });

  test("says what is wrong at the fields and at the top, and keeps what was typed", async () => {
    const { at } = await place();
    const empty = await here.anne.send(`${at}/add`, [["step", "check"]]);
    expect([empty.status, titleOf(empty.text)]).toEqual([422, "Error: Add API client - Daybook"]);
    expect(empty.text).toContain('<a href="#name">Enter a client name</a>');
    expect(empty.text).toContain('<a href="#expiresOn-day">Enter an expiry date</a>');
    expect(empty.text).toContain('<a href="#scopes">Select what the client may do</a>');
    const far = await here.anne.send(`${at}/add`, [...answers("Kept", dayFrom(500)), ["step", "check"]]);
    expect(wordsOf(far.text)).toMatch(/Expiry date must be between \d+ \w+ \d{4} and \d+ \w+ \d{4}/);
    expect(far.text).toContain('value="Kept"');
    expect(far.text).toContain(`value="${dayFrom(500).slice(0, 4)}"`);
  });

  test("points to the part of the date that is missing", async () => {
    const { at } = await place();
    const sent = await here.anne.send(`${at}/add`, [
      ["name", "A"],
      ["expiresOn-day", "31"],
      ["expiresOn-month", "5"],
    ]);
    expect(sent.text).toContain('<a href="#expiresOn-year">Expiry date must be a real date</a>');
  });

  test("refuses a name that is taken, at its field", async () => {
    const { at, slug } = await place();
    await client(slug, "Taken");
    const sent = await here.anne.send(`${at}/add`, [...answers("TAKEN"), ["key", "k2"], ["step", "add"]]);
    expect(sent.status).toBe(409);
    expect(sent.text).toContain('<a href="#name">Another API client of this organization has this name.</a>');
  });

  test("refuses scopes that there are none of, and twice the same", async () => {
    const { at } = await place();
    for (const scope of ["everything", "events:write"]) {
      const sent = await here.anne.send(`${at}/add`, [...answers("A"), ["scopes", scope], ["step", "check"]]);
      expect([sent.status, sent.text.includes('href="#scopes"')]).toEqual([422, true]);
    }
  });
});

describe("a client's own page", () => {
  test("shows its details, who changed it last, and its history with what changed", async () => {
    const { slug } = await place();
    const at = await client(slug, "Sandbox");
    const sent = await here.anne.send(`${at}/name`, [["name", "Register sandbox"]]);
    expect([sent.status, sent.headers.get("location")]).toEqual([303, at]);
    const { text } = await here.anne.look(at);
    const words = wordsOf(text);
    expect(words).toMatch(/Last changed by Anne Wilson/);
    expect(words).toMatch(
      /API client updated Anne Wilson Client name ?: .*Sandbox changed to → Register sandbox/,
    );
    expect(text).toMatch(/<del[^>]*>Sandbox<\/del>/);
    expect(text).toMatch(/<ins[^>]*>Register sandbox<\/ins>/);
    expect(words).toMatch(/API client added The operator token/);
    expect(titleOf(text)).toBe("API client - Daybook");
  });

  test("pages through a long history", async () => {
    const { slug } = await place();
    const at = await client(slug, "Name 0");
    for (let i = 1; i <= 26; i++) await here.anne.send(`${at}/name`, [["name", `Name ${i}`]]);
    const first = (await here.anne.look(at)).text;
    const older = /href="([^"]*\?cursor=[^"]*)"/.exec(first)?.[1] ?? "";
    expect(wordsOf((await here.anne.look(older)).text)).toContain("API client added");
    expect(wordsOf(first)).not.toContain("API client added");
    expect((await here.anne.look(`${at}?cursor=nonsense`)).status).toBe(400);
  });

  test("of one that never was is not found", async () => {
    const { at } = await place();
    expect((await here.anne.look(`${at}/client_nonsense`)).status).toBe(404);
    expect((await here.anne.look("/orgs/nowhere/api-clients")).status).toBe(404);
  });
});

describe("changing", () => {
  test("the name: says what is wrong, and keeps what was typed", async () => {
    const { slug } = await place();
    const at = await client(slug, "Name");
    const wrong = await here.anne.send(`${at}/name`, [["name", "x".repeat(101)]]);
    expect([wrong.status, titleOf(wrong.text)]).toEqual([422, "Error: Change client name - Daybook"]);
    expect(wrong.text).toContain('<a href="#name">Client name must be 100 characters or fewer</a>');
    expect(wrong.text).toContain(`value="${"x".repeat(101)}"`);
  });

  test("rotates the token once for each form, and shows the new one once", async () => {
    const { slug } = await place();
    const at = await client(slug, "Rotated");
    const page = await here.anne.look(`${at}/rotate`);
    expect(page.text.match(/type="radio"/g)).toHaveLength(4);
    const none = await here.anne.send(`${at}/rotate`, hiddenOf(page.text));
    expect(none.text).toContain('<a href="#overlap">Select when the old token stops working</a>');
    const form: Pairs = [...hiddenOf(none.text), ["overlap", "1440"]];
    const rotated = await here.anne.send(`${at}/rotate`, form);
    expect(titleOf(rotated.text)).toBe("Token rotated - Daybook");
    expect(tokenOf(rotated.text)).toBeDefined();
    const again = await here.anne.send(`${at}/rotate`, form);
    expect(tokenOf(again.text)).toBeUndefined();
    expect(wordsOf(again.text)).toContain("This token has already been rotated");
    const words = wordsOf((await here.anne.look(at)).text);
    expect(words.match(/API client token rotated Anne Wilson/g)).toHaveLength(1);
  });

  test("revokes after a warning, with a reason, and says so", async () => {
    const { slug } = await place();
    const at = await client(slug, "Leaked");
    expect(wordsOf((await here.anne.look(`${at}/revoke`)).text)).toContain(
      "This is permanent. You cannot undo it.",
    );
    const long = await here.anne.send(`${at}/revoke`, [["reason", "x".repeat(4097)]]);
    expect(long.text).toContain('<a href="#reason">Reason must be 4,096 bytes or fewer</a>');
    for (let i = 0; i < 2; i++) {
      const { status } = await here.anne.send(`${at}/revoke`, [["reason", "It was in a public repository"]]);
      expect(status).toBe(303);
    }
    const { text } = await here.anne.look(at);
    expect(wordsOf(text).match(/It was in a public repository/g)).toHaveLength(1);
    for (const path of ["name", "rotate", "revoke"]) {
      expect(text).not.toContain(`href="${at}/${path}"`);
      expect((await here.anne.look(`${at}/${path}`)).headers.get("location")).toBe(at);
    }
  });

  test("deletes after a warning: it is listed no more, and keeps its history", async () => {
    const { at: list, slug } = await place();
    const at = await client(slug, "Gone");
    expect(wordsOf((await here.anne.look(`${at}/delete`)).text)).toContain(
      "This is permanent. You cannot undo it.",
    );
    const sent = await here.anne.send(`${at}/delete`, [["reason", "Ticket 43"]]);
    expect([sent.status, sent.headers.get("location")]).toEqual([303, list]);
    const { body } = await here.server.call(
      "GET",
      `/v1/organizations/${slug}/events?type=API_CLIENT_DELETED`,
    );
    expect(body.events[0].reason).toBe("Ticket 43");
    expect((await here.anne.look(list)).text).not.toContain(">Gone<");
    const { status, text } = await here.anne.look(at);
    expect(status).toBe(200);
    expect(wordsOf(text)).toMatch(
      /Gone This API client is deleted.* API client deleted Anne Wilson .* API client added/,
    );
    expect((await here.anne.look(`${at}/name`)).status).toBe(404);
  });

  test("nothing in a closed organization, which says so", async () => {
    const { at, slug } = await place();
    const one = await client(slug, "Still here");
    await here.server.call("POST", `/v1/organizations/${slug}/close`);
    expect((await here.anne.look(at)).text).not.toContain(`${at}/add`);
    expect((await here.anne.look(`${at}/add`)).headers.get("location")).toBe(at);
    expect((await here.anne.look(one)).text).not.toContain(`${one}/revoke`);
    const sent = await here.anne.send(`${one}/revoke`, [["reason", ""]]);
    expect(sent.status).toBe(409);
    expect(wordsOf(sent.text)).toContain("The organization is closed");
  });
});

describe("who may", () => {
  test("only read sees no actions, and is refused them", async () => {
    const { at, slug } = await place();
    const one = await client(slug, "Seen");
    const auditor = browsing(
      here.server,
      await signedIn(here.server, { email: "auditor@acme.example", organization: slug, role: "AUDITOR" }),
    );
    const list = (await auditor.look(at)).text;
    expect(list).toContain(">Seen<");
    expect(list).not.toContain(`${at}/add`);
    const page = (await auditor.look(one)).text;
    for (const path of ["name", "rotate", "revoke", "delete"]) {
      expect(page).not.toContain(`${one}/${path}`);
      expect((await auditor.look(`${one}/${path}`)).status).toBe(403);
      expect((await auditor.send(`${one}/${path}`)).status).toBe(403);
    }
    expect((await auditor.send(`${at}/add`, answers("No"))).status).toBe(403);
  });

  test.each(["DESIGNER", "CONSUMER"] as const)(
    "not read, as a %s, is told so in plain words",
    async (role) => {
      const { at, slug } = await place();
      const one = await client(slug, "Unseen");
      const person = await signedIn(here.server, {
        email: `${role}@acme.example`.toLowerCase(),
        organization: slug,
        role,
      });
      for (const path of [at, `${at}/add`, one, `${one}/rotate`]) {
        const { status, text } = await browsing(here.server, person).look(path);
        expect(status).toBe(403);
        expect(wordsOf(text)).toContain("You are not allowed to see this page");
        expect(text).not.toContain("Unseen");
      }
    },
  );

  test("not even know of the organization finds nothing; nobody is sent to sign in", async () => {
    const { at } = await place();
    const stranger = await signedIn(here.server, { email: "stranger@elsewhere.example" });
    expect((await browsing(here.server, stranger).look(at)).status).toBe(404);
    const nobody = await browsing(here.server, { cookie: "nothing=1" }).look(at);
    expect([nobody.status, nobody.headers.get("location")]).toEqual([
      303,
      `/sign-in?next=${encodeURIComponent(at)}`,
    ]);
  });
});

describe("hostile texts", () => {
  const script = '<script>alert("1")</script>';
  test.each([
    ["a script", script],
    ["right to left", "שלום \u202eevil"],
    ["an emoji", "🧾 👩‍👩‍👧"],
    ["as long as can be", "é".repeat(100)],
    ["an entity", "&lt;b&gt; & \"quoted\" 'once'"],
  ])("%s is shown as it is in every page", async (_what, name) => {
    const { at } = await place();
    const check = await here.anne.send(`${at}/add`, [...answers(name), ["step", "check"]]);
    const added = await here.anne.send(`${at}/add`, [...hiddenOf(check.text), ["step", "add"]]);
    const one = /href="([^"]*\/client_[^"]*)"/.exec(added.text)?.[1] ?? "";
    await here.anne.send(`${one}/revoke`, [["reason", `${name} ${script}`]]);
    for (const text of [
      check.text,
      added.text,
      (await here.anne.look(at)).text,
      (await here.anne.look(one)).text,
    ]) {
      expect(text).not.toContain("<script>");
      expect(wordsOf(text)).toContain(name);
      expect(titleOf(text)).not.toContain(name);
    }
  });

  test.each(["name", "expiresOn-day", "expiresOn-month", "expiresOn-year", "scopes", "key", "step"])(
    "512 bytes and a script in %s break nothing",
    async (field) => {
      const { at } = await place();
      for (const value of [script, "a".repeat(512), "\u202e".repeat(50), "\0"]) {
        const kept = answers("A").filter(([name]) => name !== field);
        const { status, text } = await here.anne.send(`${at}/add`, [...kept, [field, value]]);
        expect([200, 422]).toContain(status);
        expect(text).not.toContain("<script>");
      }
    },
  );

  test("fields that the form hasn't are no form of ours", async () => {
    const { at } = await place();
    expect((await here.anne.send(`${at}/add`, [...answers("A"), ["admin", "1"]])).status).toBe(400);
  });
});
