/** People of a served log, made as people are made, so that the log has their events: fsck finds an account that has none. */
import { randomBytes } from "node:crypto";
import { call } from "../test/support/server-process.ts";

const password = `bench ${randomBytes(18).toString("base64url")}`;

/** The session in an answer, as a Cookie header. */
function sessionIn(headers: Headers): string {
  const cookie = headers.getSetCookie().find((one) => one.startsWith("daybook="));
  if (cookie === undefined) throw new Error("No session came with the answer.");
  return cookie.slice(0, cookie.indexOf(";"));
}

async function asked<T>(...request: Parameters<typeof call>): Promise<{ body: T; headers: Headers }> {
  const { status, body, headers } = await call(...request);
  if (status >= 300) throw new Error(`${request[1]} ${request[2]}: ${status} ${JSON.stringify(body)}`);
  return { body: body as T, headers };
}

/** Makes an operator with a password, and signs in: the Cookie header. */
export async function operatorCookie(url: string): Promise<string> {
  const account = { email: `bench-${Date.now()}@daybook.example`, name: "Ines Okafor" };
  const { body } = await asked<{ link: { code: string } }>(url, "POST", "/v1/operators", account);
  const choice = { code: body.link.code, password };
  return sessionIn((await asked(url, "POST", "/v1/password", choice)).headers);
}

export interface NewMember {
  readonly organization: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** Invites a person, who accepts: their id. */
export async function addMember(url: string, { organization, name, ...invited }: NewMember): Promise<string> {
  const invitations = `/v1/organizations/${organization}/invitations`;
  const { body } = await asked<{ token: string }>(url, "POST", invitations, invited);
  const accepting = { token: body.token, name, password };
  const accepted = await asked<{ user: { id: string } }>(url, "POST", "/v1/invitations/accept", accepting);
  return accepted.body.user.id;
}

/** Calls as the operator, and returns the body of an answer that isn't an error. */
export const ask = async <T>(...request: Parameters<typeof call>): Promise<T> =>
  (await asked<T>(...request)).body;
