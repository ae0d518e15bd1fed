/** A database with rows of every kind in every table, made by a real server, which is closed again. */
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { finishCheck, theStart } from "../../server/src/integrity/index.ts";
import { addUser } from "../../server/src/sign-in/base/add-user.ts";
import { newId } from "../../server/src/sign-in/base/ids.ts";
import { asThemselves } from "../../server/src/sign-in/base/people.ts";
import { anywhere } from "../../server/src/store/testing/anywhere.ts";
import {
  ask,
  client,
  inDays,
  newName,
  type OperationsFixture,
  organization,
  type PreparedOrganization,
  type PreparedPerson,
  person,
  personWithPassword,
  team,
} from "../operations/fixture.ts";
import { totp } from "../support/totp.ts";

const none = { authorization: "" };

/** The connection string of the seeded database. */
export async function seed(): Promise<string> {
  const server = await openServer();
  const fixture: OperationsFixture = {
    server,
    plant: () => Promise.reject(new Error("A seed plants nothing.")),
  };
  const acme = await organization(fixture);
  const owner = await person(fixture, { organization: acme.slug });
  await people(fixture, acme);
  await views(fixture, acme, owner);
  await clients(fixture, acme, owner);
  await types(fixture, acme);
  await accounts(fixture, acme);
  await events(fixture, acme);
  await closed(fixture);
  await attempts(server, acme);
  await checked(server);
  await server.services.followers.now();
  await server.close();
  return server.databaseUrl;
}

async function people(fixture: OperationsFixture, { at, slug }: PreparedOrganization): Promise<void> {
  const details = { description: "Makes everything", email: "hello@acme.example" };
  await ask(fixture, "PATCH", `${at}/settings`, {
    ...details,
    location: "Delft",
    website: "https://acme.example/",
  });
  const member = await person(fixture, { organization: slug, role: "DESIGNER" });
  const one = await team(fixture, { at, slug, id: "", name: "" }, "AUDITOR");
  await ask(fixture, "PATCH", one.at, { name: newName("Renamed") });
  await ask(fixture, "PUT", `${one.at}/members/${member.user.id}`);
  const invite = async (): Promise<string> => {
    const body = { email: `${newName("invited")}@people.example`, role: "CONSUMER" };
    return (await ask(fixture, "POST", `${at}/invitations`, body)).body.id;
  };
  await invite();
  await ask(fixture, "DELETE", `${at}/invitations/${await invite()}`);
}

/** First a view of a person's own, whose words no event has; then a shared one. */
async function views(
  fixture: OperationsFixture,
  { at }: PreparedOrganization,
  { cookie }: PreparedPerson,
): Promise<void> {
  const search = { q: "-outcome:success", period: "24h" };
  await ask(fixture, "POST", `${at}/views`, { name: "Refused", search }, cookie);
  await ask(fixture, "POST", `${at}/views`, { name: "Refused here", forEveryone: true, search });
}

async function clients(
  fixture: OperationsFixture,
  org: PreparedOrganization,
  { cookie }: PreparedPerson,
): Promise<void> {
  const body = { name: newName("By its owner"), expiresOn: inDays(20), scopes: ["events:write"] };
  await ask(fixture, "POST", `${org.at}/api-clients`, body, cookie);
  const rotated = await client(fixture, org);
  await ask(
    fixture,
    "POST",
    `${rotated.at}/rotate`,
    { overlapMinutes: 60 },
    { "idempotency-key": "rotate-1" },
  );
  const revoked = await client(fixture, org);
  await ask(fixture, "POST", `${revoked.at}/revoke`);
  await ask(fixture, "DELETE", (await client(fixture, org)).at);
  const machine = await client(fixture, org, ["events:read"]);
  const session = { organization: org.slug, role: "CONSUMER", viewer: { id: "customer-7", name: "Bob" } };
  const onlyTarget = { type: "api_client", id: machine.id };
  await ask(fixture, "POST", "/v1/viewer-sessions", { ...session, onlyTarget }, machine.bearer);
  await ask(fixture, "POST", "/v1/viewer-sessions", session);
  await ask(
    fixture,
    "POST",
    "/v1/viewer-sessions",
    session,
    (await person(fixture, { operator: true })).cookie,
  );
}

async function types(fixture: OperationsFixture, { at }: PreparedOrganization): Promise<void> {
  const type = { name: "invoice.paid", title: "Invoice paid", sentence: "{actor} paid", data: null };
  await ask(fixture, "POST", `${at}/event-types`, type);
  await ask(fixture, "POST", `${at}/event-types`, { ...type, title: "An invoice was paid" });
  const ofService = { ...type, name: "service.restarted" };
  await ask(fixture, "POST", "/v1/organizations/daybook/event-types", ofService);
}

async function accounts(fixture: OperationsFixture, { slug }: PreparedOrganization): Promise<void> {
  const one = await personWithPassword(fixture, { organization: slug });
  const token = { name: "Nightly export", expiresOn: inDays(90) };
  const { body } = await ask(fixture, "POST", "/v1/account/tokens", token, one.cookie);
  await ask(fixture, "GET", "/v1/account", undefined, { authorization: `Bearer ${body.token}` });
  const offer = (await ask(fixture, "GET", "/v1/account/second-factor/offer", undefined, one.cookie)).body;
  const taken = { offer: offer.offer, code: totp(offer.secret) };
  await ask(fixture, "POST", "/v1/account/second-factor", taken, one.cookie);
  // half a sign-in, which waits for its code
  await ask(fixture, "POST", "/v1/sign-in", { email: one.user.email, password: one.password }, none);
  const another = await personWithPassword(fixture);
  const agent = { "user-agent": "Seed/1.0", ...none };
  await ask(fixture, "POST", "/v1/sign-in", { email: another.user.email, password: another.password }, agent);
  const { services } = fixture.server;
  const known = { email: (await person(fixture)).user.email };
  await services.signIn.resetUser({ email: known.email, initiator: byOperator });
  await byProvider(fixture);
}

const byOperator = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
} as const;

async function byProvider({ server }: OperationsFixture): Promise<void> {
  const [issuer, subject, email] = ["https://id.example", newName("subject"), "linked@people.example"];
  const account = { id: newId("user_"), email, name: "Linked", password: null, issuer, subject };
  await server.services.log.change(
    (tx) =>
      addUser(tx, {
        account: { ...account, isOperator: false },
        how: "OPENID",
        logs: [{ organizationId: 0 }],
        initiator: (user) => asThemselves(user, undefined),
      }),
    anywhere,
  );
}

/** One event with every slot, and as many as a tile has. */
async function events(fixture: OperationsFixture, org: PreparedOrganization): Promise<void> {
  const machine = await client(fixture, org, ["events:write", "events:read"]);
  const whole = {
    type: "NEW_ORGANIZATION_MEMBER",
    actor: { type: "user", id: "u_17", name: "Anne Wilson", email: "anne@acme.example" },
    targets: [{ type: "user", id: "u_18", name: "Bob Marsh" }],
    changes: [{ path: "/name", from: "Old", to: "New" }],
    outcome: "failed",
    reason: "Ticket 871",
    context: { ip: "192.0.2.7", requestId: "request-7", interface: "api" },
    producer: { id: "portal-1", n: 7 },
    data: { email: "bob@acme.example", role: "OWNER" },
  };
  const paid = { type: "invoice.paid", actor: { type: "user", id: "u_17" } };
  const changed = {
    type: "ORGANIZATION_CHANGE",
    actor: paid.actor,
    targets: [{ type: "organization", id: "org_1", name: "Acme" }],
    changes: [{ path: "/email", from: "a@b.example" }],
  };
  const small = Array.from({ length: 256 }, (_, n) => ({ ...paid, reason: `Invoice ${n}` }));
  await ask(
    fixture,
    "POST",
    `${org.at}/events`,
    { events: [whole, paid, changed, ...small] },
    machine.bearer,
  );
}

async function closed(fixture: OperationsFixture): Promise<void> {
  const { at } = await organization(fixture);
  await ask(fixture, "POST", `${at}/close`);
}

/** Denied attempts: the first has an event, the next is counted. */
async function attempts(server: TestServer, { slug }: PreparedOrganization): Promise<void> {
  const { services } = server;
  const { organizationId } = (await services.store.organization(slug))!;
  for (let n = 0; n < 2; n++) {
    const event = {
      type: "API_CLIENT_REFUSED",
      actor: { type: "anonymous" as const },
      targets: [{ type: "api_client", id: "client_7", name: "Portal" }],
      data: { clientId: "client_7", name: "Portal", why: "Revoked" },
    };
    services.denials.note({ subject: "revoked client_7", organizationId, event });
    await services.denials.flush();
  }
}

/** A complete check, and one that was begun. */
async function checked({ services: { store, log } }: TestServer): Promise<void> {
  const times = { every: 0n, claim: 60_000_000n };
  const claimed = await store.claimCheck(times);
  await finishCheck(log, claimed!, { organizations: 3, events: 4711, findings: 0 });
  const next = await store.claimCheck(times);
  await store.keepCheck(next!, JSON.stringify(theStart), times.claim);
}
