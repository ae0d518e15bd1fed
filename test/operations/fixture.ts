/** Fixtures for operations: organizations, people, clients, each with a unique name, made at a server that is never cut. */

import { randomBytes } from "node:crypto";
import type { Actor } from "daybook";
import type { MemberRole, Scope } from "daybook/internal";
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import { addUser } from "../../server/src/sign-in/base/add-user.ts";
import { newId } from "../../server/src/sign-in/base/ids.ts";
import { asThemselves } from "../../server/src/sign-in/base/people.ts";
import { beginSession, newSession } from "../../server/src/sign-in/sessions/sessions.ts";
import type { User } from "../../server/src/store/contract/users.ts";
import { anywhere } from "../../server/src/store/testing/anywhere.ts";
import type { Provider } from "../support/operations-provider.ts";
import type { ExpectedParties } from "./who.ts";

export interface OperationsFixture {
  /** Where things are prepared. */
  readonly server: TestServer;
  /** Runs SQL behind the server's back, to let time pass. */
  readonly plant: (sql: string, values: unknown[]) => Promise<void>;
  readonly provider?: Provider;
  /** Is told of each secret that goes neither through a server's `call` nor has the form of a token. */
  readonly note?: (secret: string) => void;
}

let made = 0;
/** A name that nothing else has. */
export const newName = (of: string): string => `${of}-${++made}`;

export interface PreparedOrganization {
  readonly slug: string;
  readonly id: string;
  readonly name: string;
  /** Its address. */
  readonly at: string;
}

/** Sends what prepares, as the operator unless the headers say otherwise; throws where it is refused. */
export async function ask(
  { server }: Pick<OperationsFixture, "server">,
  ...[method, path, body, headers]: Parameters<TestServer["call"]>
): Promise<Awaited<ReturnType<TestServer["call"]>>> {
  const answer = await server.call(method, path, body, headers);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer;
}

export async function organization(fixture: OperationsFixture): Promise<PreparedOrganization> {
  const slug = newName("org");
  const { body } = await ask(fixture, "POST", "/v1/organizations", { slug, name: `Acme ${slug}` });
  return { slug, id: body.id, name: body.name, at: `/v1/organizations/${slug}` };
}

export interface PreparedPerson extends ExpectedParties {
  readonly user: User;
  readonly cookie: { readonly cookie: string };
}

const whoIs = ({ id, name, email }: User, isOperator = false): ExpectedParties => ({
  actor: { type: "user", id, name, email },
  recordedBy: isOperator ? { type: "operator", id } : { type: "server", id: "daybook" },
});

/** Who is wanted. A person of that address who is there already only gets a session. */
interface Wanted {
  readonly email?: string;
  readonly operator?: boolean;
  /** The slug of an organization that is there. */
  readonly organization?: string;
  /** What they are in it; OWNER if absent. */
  readonly role?: MemberRole;
}

/** Somebody with a session and no password, whose log tells of them as of anybody: without the time that a password takes. */
export async function person(fixture: OperationsFixture, wanted: Wanted = {}): Promise<PreparedPerson> {
  const { server, note } = fixture;
  const name = newName("Person");
  const { email = `${name}@people.example`, operator = false, organization, role = "OWNER" } = wanted;
  const session = newSession(BigInt(Date.now()) * 1000n, "PASSWORD", {});
  const logs = [{ organizationId: 0 }];
  const user = await server.services.log.change(async (tx) => {
    const account = { id: newId("user_"), email, name, password: null, issuer: null, subject: null };
    const [how, added] = [
      operator ? "OPERATOR" : "INVITATION",
      { ...account, isOperator: operator },
    ] as const;
    const by = (of: User) => asThemselves(of, undefined);
    const one =
      (await tx.rows.userForUpdate({ email })) ??
      (await addUser(tx, { account: added, how, logs, initiator: by }));
    await beginSession(tx, { session, user: one, logs, initiator: by(one) });
    return one;
  }, anywhere);
  const cookie = { cookie: `daybook=${session.token}` };
  note?.(cookie.cookie);
  if (organization !== undefined) await join(fixture, { slug: organization, email, role, cookie });
  return { user, cookie, ...whoIs(user, operator) };
}

/** Links an account to the identity provider, as a first sign-in there does; gives the issuer. */
export async function linkToProvider({ server, provider }: OperationsFixture, user: User): Promise<string> {
  const { issuer } = provider!.openid;
  const subject = newName("subject");
  await server.services.log.change(async (tx) => {
    await tx.rows.updateUser(user.userId, { issuer, subject });
    const event = {
      type: "USER_CHANGED",
      actor: whoIs(user).actor as Actor,
      targets: [{ type: "user", id: user.id, name: user.name }],
      changes: [{ path: "/issuer", label: "Identity provider", from: null, to: issuer }],
      data: { userId: user.id, issuer, subject },
    };
    await tx.record({ organizationId: 0 }, event, { type: "server", id: "daybook" });
  }, anywhere);
  return issuer;
}

interface Joining {
  readonly slug: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly cookie: PreparedPerson["cookie"];
}

/** Makes somebody a member, by an invitation that they accept. */
async function join(fixture: OperationsFixture, { slug, email, role, cookie }: Joining): Promise<void> {
  const path = `/v1/organizations/${slug}/invitations`;
  const { body } = await ask(fixture, "POST", path, { email, role });
  await ask(fixture, "POST", "/v1/invitations/accept", { token: body.link.split("#")[1] }, cookie);
}

/**
 * A password like no other: not only letters, so that its forms in URLs, JSON and tables differ. Its random part is letters: digits that
 * stand for letters would make the check for guessable passwords try every reading.
 */
export const newPassword = (fixture: OperationsFixture): string => {
  const letters = randomBytes(16)
    .toString("hex")
    .replace(/\d/g, (digit) => "ghijklmnop"[Number(digit)]!);
  const password = `pass wörd/${letters}"\\+`;
  fixture.note?.(password);
  return password;
};

/** The cookie of a session, as an answer sets it. */
export function cookieIn(headers: Headers): { cookie: string } {
  const cookie = /daybook=[^;]+/.exec(headers.getSetCookie().join("\n"))?.[0];
  if (cookie === undefined) throw new Error("The answer set no session's cookie.");
  return { cookie };
}

/** Who resets accounts and adds operators by the command line. */
export const byCommand = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
  context: { interface: "cli" },
} as const;

/** Somebody with one session, who signs in with a password. */
export async function personWithPassword(
  fixture: OperationsFixture,
  wanted: Parameters<typeof person>[1] = {},
): Promise<PreparedPerson & { readonly password: string }> {
  const one = await person(fixture, wanted);
  const password = newPassword(fixture);
  const code = await codeFor(fixture, one);
  const { headers } = await ask(fixture, "POST", "/v1/password", { code, password }, { authorization: "" });
  return { ...one, cookie: cookieIn(headers), password };
}

/** A code by which somebody may choose a password; their sessions end. */
export async function codeFor(
  { server, note }: OperationsFixture,
  { user }: PreparedPerson,
): Promise<string> {
  const { link } = await server.services.signIn.resetUser({ email: user.email, initiator: byCommand });
  if (link === undefined) throw new Error("No code was issued.");
  note?.(link.code);
  return link.code;
}

export interface PreparedClient extends ExpectedParties {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly expiresOn: string;
  readonly at: string;
  readonly bearer: { readonly authorization: string };
}

export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export async function client(
  fixture: OperationsFixture,
  { at }: PreparedOrganization,
  scopes: readonly Scope[] = ["events:write"],
): Promise<PreparedClient> {
  const body = { name: newName("Client"), expiresOn: inDays(90), scopes };
  const { id, token } = (await ask(fixture, "POST", `${at}/api-clients`, body)).body;
  return {
    ...body,
    id,
    token,
    at: `${at}/api-clients/${id}`,
    bearer: { authorization: `Bearer ${token}` },
    actor: { type: "api_client", id, name: body.name },
    recordedBy: { type: "api_client", id },
  };
}

export interface PreparedTeam {
  readonly id: string;
  readonly name: string;
  readonly at: string;
}

export async function team(
  fixture: OperationsFixture,
  { at }: PreparedOrganization,
  role: string | null = null,
): Promise<PreparedTeam> {
  const name = newName("Team");
  const { id } = (await ask(fixture, "POST", `${at}/teams`, { name, role })).body;
  return { id, name, at: `${at}/teams/${id}` };
}
