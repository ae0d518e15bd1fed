/** Invitations over HTTP: made with a link and a mail, read by their token, accepted with and without an account. */
import { SMTPServer } from "smtp-server";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { afterwards } from "../../../../test/support/afterwards.ts";
import { openServer, type TestServer } from "../testing/open-server.ts";
import { callAs, signedIn } from "../testing/people.ts";

const letters: string[] = [];
let refusing = false;
let server: TestServer;
let call: TestServer["call"];
beforeAll(async () => {
  const smtp = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: ({ address }, _session, done) => done(refusing ? new Error(`no ${address}`) : undefined),
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        letters.push(text.replaceAll("=\r\n", "").replaceAll("=3D", "="));
        done();
      });
    },
  });
  const listener = smtp.listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  afterwards(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const { port } = listener.address() as { port: number };
  const mail = { smtpUrl: `smtp://127.0.0.1:${port}`, from: "Daybook <daybook@example.com>" };
  server = await openServer({ mail });
  call = server.call;
});

let made = 0;
let slug: string;
let org: string;
beforeEach(async () => {
  slug = `acme-${made++}`;
  await call("POST", "/v1/organizations", { slug, name: "Acme" });
  org = `/v1/organizations/${slug}`;
  letters.length = 0;
  refusing = false;
});

/** Without the operator's token. */
const anyone = { cookie: "" };
const newAddress = (): string => `someone-${made++}@example.org`;
const invite = (email: unknown, more: object = {}, headers: Record<string, string> = {}) =>
  call("POST", `${org}/invitations`, { email, role: "DESIGNER", ...more }, headers);
async function tokenFor(email: string, more: object = {}): Promise<string> {
  return (await invite(email, more)).body.link.split("#")[1];
}
const accept = (body: unknown) => call("POST", "/v1/invitations/accept", body, anyone);
const typesOf = async (): Promise<string[]> =>
  (await call("GET", `${org}/events`)).body.events.map(({ type }: { type: string }) => type);

test("an invitation is answered with its link, which also goes out by mail", async () => {
  const email = newAddress();
  const invited = await invite(email);
  expect([invited.status, invited.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^invitation_/),
      email,
      role: "DESIGNER",
      invitedBy: { type: "user", id: "operator" },
      createdAt: expect.stringMatching(/Z$/),
      expiresAt: expect.stringMatching(/Z$/),
      expired: false,
      inviterMay: true,
      link: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/invitation#dbk_invitation_\w{49}$/),
      emailed: true,
    },
  ]);
  expect(invited.body.link).toContain(server.url);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toContain(invited.body.link);
  const { link: _, emailed: __, ...open } = invited.body;
  expect((await call("GET", `${org}/invitations`)).body).toEqual({ invitations: [open], next: null });
});

test("a letter that can't go out undoes nothing, and the log line names no address", async () => {
  refusing = true;
  const email = newAddress();
  const invited = await invite(email);
  expect([invited.status, invited.body.emailed]).toEqual([201, false]);
  expect(server.lines()).toContain("EENVELOPE");
  expect(server.lines()).not.toContain(email);
  expect(server.lines()).not.toContain("dbk_invitation_");
});

test("the same request with the same Idempotency-Key gives the invitation again, without its link", async () => {
  const email = newAddress();
  const key = { "idempotency-key": "invite-1" };
  const { link, emailed, ...first } = (await invite(email, {}, key)).body;
  expect([typeof link, emailed]).toEqual(["string", true]);
  const second = await invite(email, {}, key);
  expect([second.status, second.body]).toEqual([201, first]);
  expect(letters).toHaveLength(1);
});

describe("an invitation is refused", () => {
  test.each<[string, unknown, string]>([
    ["without an @", "someone", "/email"],
    ["with spaces", "some one@example.org", "/email"],
    ["with a line of mail in it", "a@example.org\r\nBcc: b@example.org", "/email"],
    ["over 320 bytes", `${"x".repeat(320)}@example.org`, "/email"],
    ["of nothing", "", "/email"],
    ["of a number", 7, "/email"],
  ])("to an address %s", async (_, email, pointer) => {
    const refused = await invite(email);
    expect([refused.status, refused.body.code, refused.body.errors[0].pointer], refused.text).toEqual([
      422,
      "request-invalid",
      pointer,
    ]);
    expect(letters).toEqual([]);
  });

  test("in a role that there is none", async () => {
    const refused = await invite(newAddress(), { role: "ADMIN" });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: "/role" }] });
  });

  test("to who is invited or a member already, whatever the case", async () => {
    const email = newAddress();
    await invite(email);
    expect((await invite(email.toUpperCase())).body).toMatchObject({ status: 409, code: "invited-already" });
    const { user } = await signedIn(server, { email: newAddress(), organization: slug, role: "AUDITOR" });
    expect((await invite(user.email.toUpperCase())).body).toMatchObject({
      status: 409,
      code: "member-already",
    });
  });
});

test("an invitation is withdrawn once, and can't be used then", async () => {
  const { id, link } = (await invite(newAddress())).body;
  for (let i = 0; i < 2; i++) expect((await call("DELETE", `${org}/invitations/${id}`)).status).toBe(204);
  expect(await typesOf()).toEqual(["INVITATION_WITHDRAWN", "NEW_ORGANIZATION_MEMBER", "LOG_OPENED"]);
  const token = link.split("#")[1];
  const read = await call("POST", "/v1/invitations/read", { token }, anyone);
  expect(read.body).toMatchObject({ status: 409, code: "invitation-used" });
  for (const other of ["invitation_x", "%00", "a'b"])
    expect((await call("DELETE", `${org}/invitations/${other}`)).body.code).toBe("invitation-not-found");
});

test("whoever has the token reads the invitation, without signing in", async () => {
  const email = newAddress();
  const token = await tokenFor(email);
  const read = await call("POST", "/v1/invitations/read", { token }, anyone);
  expect([read.status, read.body]).toEqual([
    200,
    {
      organization: { id: expect.stringMatching(/^org_/), slug, name: "Acme" },
      email,
      role: "DESIGNER",
      expiresAt: expect.stringMatching(/Z$/),
      hasAccount: false,
    },
  ]);
  for (const wrong of ["", "x", `${token}x`, token.replace(/.$/, "_")]) {
    const refused = await call("POST", "/v1/invitations/read", { token: wrong }, anyone);
    expect(refused.body).toMatchObject({ status: 404, code: "invitation-not-found" });
  }
});

describe("accepting", () => {
  const newcomer = { name: "Bob Marsh", password: "correct horse battery staple" };

  test("without an account makes one, and signs in by the answer's cookie", async () => {
    const email = newAddress();
    const token = await tokenFor(email);
    const accepted = await accept({ token, ...newcomer });
    expect([accepted.status, accepted.body], accepted.text).toEqual([
      200,
      {
        organization: { id: expect.any(String), slug, name: "Acme" },
        role: "DESIGNER",
        user: { id: expect.stringMatching(/^user_/), name: "Bob Marsh", email },
      },
    ]);
    expect(accepted.text).not.toContain("dbk_session_");
    const cookie = accepted.headers.get("set-cookie")!;
    expect(cookie).toMatch(/^daybook=dbk_session_\w+; .*HttpOnly/i);
    const person = { cookie: cookie.split(";")[0]! };
    expect((await callAs(server, person, "GET", org)).status).toBe(200);
    expect(await typesOf()).toEqual(
      expect.arrayContaining(["ACCEPT_ORG_MEMBER_INVITE", "SIGN_IN", "PASSWORD_CHANGED"]),
    );
    const again = await accept({ token, ...newcomer });
    expect(again.body).toMatchObject({ status: 409, code: "invitation-used" });
    expect(again.headers.get("set-cookie")).toBeNull();
  });

  const path = "/v1/invitations/accept";

  test("signed in needs the token alone, and the address that is invited", async () => {
    const bob = await signedIn(server, { email: newAddress() });
    const token = await tokenFor(bob.user.email.toUpperCase(), { role: "AUDITOR" });
    const other = await signedIn(server, { email: newAddress() });
    expect((await callAs(server, other, "POST", path, { token })).body).toMatchObject({
      status: 403,
      code: "not-allowed",
      detail: "This invitation is for a different email address than your account's.",
    });
    const withPassword = await callAs(server, bob, "POST", path, { token, ...newcomer });
    expect(withPassword.body).toMatchObject({ status: 422, code: "request-invalid" });
    const accepted = await callAs(server, bob, "POST", path, { token });
    expect([accepted.status, accepted.body.role, accepted.body.user.id]).toEqual([
      200,
      "AUDITOR",
      bob.user.id,
    ]);
    expect(accepted.headers.get("set-cookie")).toBeNull();
    expect((await callAs(server, bob, "GET", `${org}/members`)).status).toBe(200);
    expect((await callAs(server, bob, "POST", path, { token })).body.code).toBe("invitation-used");
    const [event] = (await call("GET", `${org}/events`)).body.events;
    expect(event).toMatchObject({
      type: "ACCEPT_ORG_MEMBER_INVITE",
      actor: { type: "user", id: bob.user.id, name: bob.user.name },
    });
  });

  test("with an account but not signed in asks to sign in first, and sets no cookie", async () => {
    const { user } = await signedIn(server, { email: newAddress() });
    const token = await tokenFor(user.email);
    const read = await call("POST", "/v1/invitations/read", { token }, anyone);
    expect(read.body.hasAccount).toBe(true);
    const refused = await accept({ token, ...newcomer });
    expect(refused.body).toMatchObject({ status: 401, code: "sign-in-first" });
    expect(refused.headers.get("set-cookie")).toBeNull();
  });

  test.each<[string, object, string]>([
    ["without a name", { password: newcomer.password }, "/name"],
    ["without a password", { name: "Bob" }, "/password"],
    ["with a short password", { name: "Bob", password: "short" }, "/password"],
  ])("%s is refused, and the invitation stays open", async (_, account, pointer) => {
    const token = await tokenFor(newAddress());
    const refused = await accept({ token, ...account });
    expect([refused.status, refused.body.errors?.[0].pointer], refused.text).toEqual([422, pointer]);
    expect((await accept({ token, ...newcomer })).status).toBe(200);
  });

  test("from another site is refused, and by a token too", async () => {
    const token = await tokenFor(newAddress());
    const site = { ...anyone, "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    const refused = await call("POST", path, { token, ...newcomer }, site);
    expect(refused.body).toMatchObject({ status: 403, code: "cross-site" });
    expect((await call("POST", path, { token, ...newcomer })).body).toMatchObject({
      status: 403,
      code: "not-allowed",
    });
  });

  test("never shows a token or a password in the log of the server", async () => {
    const token = await tokenFor(newAddress());
    await accept({ token, ...newcomer });
    await accept({ token: `${token}x`, ...newcomer });
    expect(server.lines()).not.toMatch(/dbk_invitation_|correct horse/);
  });
});
