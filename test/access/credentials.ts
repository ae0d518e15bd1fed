/** Two full organizations, and callers of every kind, each with valid credentials and with ended ones. */
import type { MemberRole, Scope } from "daybook/internal";
import pg from "pg";
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import { signedIn } from "../../server/src/api/testing/people.ts";

/** The headers with the credentials. */
export type Headers = Readonly<Record<string, string>>;

/** The fault of the credentials; `valid` for none. */
export type CredentialState = "valid" | "expired" | "revoked" | "tampered";

/** The kind of caller: the column of docs/access.md for people, the scopes of an API client, the role of a viewer. */
export interface Credential {
  readonly name: string;
  readonly kind: "nobody" | "operator token" | "operator" | "person" | "api_client" | "viewer";
  readonly roles: readonly string[];
  readonly onlyTarget?: boolean;
  /** Whether a person sends a personal token, and not the cookie of a session. */
  readonly byToken?: boolean;
}

export interface CallerCase extends Credential {
  /** New credentials in that state, each time. Undefined if the state doesn't exist. */
  credentials(state: CredentialState): Promise<Headers | undefined>;
}

/** The text with one bit of its last character but ten changed, and still a text. */
const tampered = (text: string): string => {
  const at = text.length - 11;
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
};

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** Runs SQL directly, to let time pass or to plant rows. */
export type Plant = (sql: string, values: unknown[]) => Promise<void>;

export async function planting(url: string): Promise<{ plant: Plant; end: () => Promise<void> }> {
  const client = new pg.Client(url);
  // the database is dropped at the end, with any connections
  client.on("error", () => {});
  await client.connect();
  return { plant: async (sql, values) => void (await client.query(sql, values)), end: () => client.end() };
}

export interface AccessFixture {
  readonly server: TestServer;
  readonly plant: Plant;
  /** The slug of their organization. */
  readonly own: string;
  readonly operatorToken: string;
}

const allScopes: readonly Scope[] = [
  "events:write",
  "events:read",
  "events:import",
  "audit-log:download",
  "event-types:write",
];
const roles: readonly MemberRole[] = ["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"];

/** Every kind of caller. */
export function callerCases(fixture: AccessFixture): CallerCase[] {
  return [
    {
      name: "nobody",
      kind: "nobody",
      roles: [],
      credentials: async (state) => (state === "valid" ? {} : undefined),
    },
    operatorToken(fixture),
    person(fixture, { name: "an operator", kind: "operator", roles: [] }),
    person(fixture, { name: "a person who is no member", kind: "person", roles: [] }),
    ...roles.map((role) =>
      person(fixture, { name: `a member who is ${role}`, kind: "person", roles: [role] }),
    ),
    person(fixture, {
      name: "a consumer in a team of auditors",
      kind: "person",
      roles: ["CONSUMER", "AUDITOR"],
    }),
    ...personalTokens(fixture),
    ...allScopes.map((scope) => machine(fixture, [scope])),
    machine(fixture, allScopes),
    ...roles.flatMap((role) => [viewer(fixture, role, false), viewer(fixture, role, true)]),
  ];
}

function operatorToken({ operatorToken: token }: AccessFixture): CallerCase {
  return {
    name: "the operator token",
    kind: "operator token",
    roles: [],
    credentials: async (state) =>
      state === "valid" ? bearer(token) : state === "tampered" ? bearer(tampered(token)) : undefined,
  };
}

/** The stored form; the password is unknown. */
const nobodysPassword = `$scrypt$ln=4,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

function person({ server, plant, own }: AccessFixture, who: Credential): CallerCase {
  const [role] = who.roles as MemberRole[];
  const email = `${who.name.replaceAll(" ", "-")}@${own}.example`;
  let inTeam = false;
  return {
    ...who,
    credentials: async (state) => {
      const wanted = { email, operator: who.kind === "operator" };
      const one = await signedIn(
        server,
        role === undefined ? wanted : { ...wanted, organization: own, role },
      );
      if (who.roles.length > 1 && !inTeam) {
        inTeam = true;
        const at = `/v1/organizations/${own}/teams`;
        const team = await server.call("POST", at, { name: "Auditing", role: who.roles[1] });
        await server.call("PATCH", `${at}/${team.body.id}`, { role: who.roles[1] });
        await server.call("PUT", `${at}/${team.body.id}/members/${one.user.id}`);
      }
      const { userId } = one.user;
      // accounts without a password can't add a second factor, whatever the table says
      await plant("UPDATE user_account SET password = $2 WHERE user_id = $1", [userId, nobodysPassword]);
      if (state === "expired")
        await plant("UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
          userId,
        ]);
      if (state === "revoked") await plant("DELETE FROM session WHERE user_id = $1", [userId]);
      return { cookie: state === "tampered" ? tampered(one.cookie) : one.cookie };
    },
  };
}

/** The same people with a personal token. */
function personalTokens(fixture: AccessFixture): CallerCase[] {
  const people: Credential[] = [
    { name: "an operator", kind: "operator", roles: [] },
    { name: "a person who is no member", kind: "person", roles: [] },
    ...roles.map((role): Credential => ({ name: `a member who is ${role}`, kind: "person", roles: [role] })),
  ];
  return people.map((who) => byToken(fixture, who));
}

function byToken(fixture: AccessFixture, who: Credential): CallerCase {
  const { server, plant } = fixture;
  const one = person(fixture, { ...who, name: `${who.name} by token` });
  const expiresOn = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
  return {
    ...who,
    name: `${who.name}, by a personal token`,
    byToken: true,
    credentials: async (state) => {
      const cookie = await one.credentials("valid");
      // a person has at most twenty
      const { tokens } = (await server.call("GET", "/v1/account/tokens", undefined, cookie)).body;
      for (const before of tokens)
        await server.call("DELETE", `/v1/account/tokens/${before.id}`, undefined, cookie);
      const body = { name: "Export", expiresOn };
      const { id, token } = (await server.call("POST", "/v1/account/tokens", body, cookie)).body;
      if (state === "expired")
        await plant("UPDATE personal_token SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);
      if (state === "revoked") await server.call("DELETE", `/v1/account/tokens/${id}`, undefined, cookie);
      return bearer(state === "tampered" ? tampered(token) : token);
    },
  };
}

let made = 0;

async function newClient(
  { server, own }: AccessFixture,
  scopes: readonly Scope[],
): Promise<{ id: string; token: string }> {
  const expiresOn = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
  const at = `/v1/organizations/${own}/api-clients`;
  return (await server.call("POST", at, { name: `Client ${made++}`, expiresOn, scopes })).body;
}

/** Ends a client: by its expiry date, or by revoking it. */
async function endClient(
  { server, plant, own }: AccessFixture,
  id: string,
  state: CredentialState,
): Promise<void> {
  if (state === "expired")
    await plant("UPDATE api_client SET expires_on = (now() AT TIME ZONE 'UTC')::date - 1 WHERE id = $1", [
      id,
    ]);
  if (state === "revoked") await server.call("POST", `/v1/organizations/${own}/api-clients/${id}/revoke`);
}

function machine(fixture: AccessFixture, scopes: readonly Scope[]): CallerCase {
  return {
    name: `an API client with ${scopes.length > 1 ? "every scope" : scopes[0]}`,
    kind: "api_client",
    roles: scopes,
    credentials: async (state) => {
      const { id, token } = await newClient(fixture, scopes);
      await endClient(fixture, id, state);
      return bearer(state === "tampered" ? tampered(token) : token);
    },
  };
}

/** The session of each viewer, by their credentials: its pages are at its address. */
export const viewerSessions = new Map<string | undefined, string>();

function viewer(fixture: AccessFixture, role: MemberRole, onlyTarget: boolean): CallerCase {
  return {
    name: `a viewer ${onlyTarget ? "of one target " : ""}who is ${role}`,
    kind: "viewer",
    roles: [role],
    onlyTarget,
    credentials: async (state) => {
      const client = await newClient(fixture, ["events:read", "audit-log:download"]);
      const wanted = { organization: fixture.own, role, minutes: 60, viewer: { id: "u_9" } };
      const body = onlyTarget ? { ...wanted, onlyTarget: { type: "team", id: "t_1" } } : wanted;
      const opened = await fixture.server.call("POST", "/v1/viewer-sessions", body, bearer(client.token));
      const { id, token } = opened.body;
      if (state === "expired")
        await fixture.plant(
          "UPDATE viewer_session SET expires_at = now() - interval '1 second' WHERE id = $1",
          [id],
        );
      if (state === "revoked") await endClient(fixture, client.id, "revoked");
      const shown = bearer(state === "tampered" ? tampered(token) : token);
      viewerSessions.set(shown.authorization, id);
      return shown;
    },
  };
}
