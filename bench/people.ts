/** People of a served log, made as people are made, so that the log has their events: fsck finds an account that has none. */
import { randomBytes } from "node:crypto";
import { operatorToken } from "../test/support/server-process.ts";

const password = `bench ${randomBytes(18).toString("base64url")}`;

interface PostedRequest {
  readonly body: unknown;
  /** As the operator; absent: as nobody. */
  readonly token?: string;
  readonly method?: "POST" | "PATCH" | "DELETE";
}

/** An answer that isn't an error. */
async function answerTo(url: string, { body, token, method = "POST" }: PostedRequest): Promise<Response> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Asks as the operator; the body of the answer. */
export async function ask<T>(url: string, method: "POST" | "PATCH" | "DELETE", body?: unknown): Promise<T> {
  const answer = await answerTo(url, { method, body, token: operatorToken });
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** Makes an operator with a password, and signs in: the Cookie header. */
export async function operatorCookie(url: string): Promise<string> {
  const account = { email: `bench-${Date.now()}@daybook.example`, name: "Ines Okafor" };
  const { link } = await ask<{ link: { code: string } }>(`${url}/v1/operators`, "POST", account);
  const answer = await answerTo(`${url}/v1/password`, { body: { code: link.code, password } });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("daybook="));
  if (cookie === undefined) throw new Error("No session came with the answer.");
  return cookie.slice(0, cookie.indexOf(";"));
}

export interface NewMember {
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** Invites a person to the organization at this address of the API, who accepts: their id. */
export async function addMember(place: string, { name, ...invited }: NewMember): Promise<string> {
  const { link } = await ask<{ link: string }>(`${place}/invitations`, "POST", invited);
  const accepting = { token: link.split("#")[1], name, password };
  const answer = await answerTo(`${new URL(place).origin}/v1/invitations/accept`, { body: accepting });
  return ((await answer.json()) as { user: { id: string } }).user.id;
}
