/** People for tests over HTTP: accounts, memberships and sessions directly in the store of a server, without the time that scrypt takes. */

import { hash, randomBytes } from "node:crypto";
import type { MemberRole } from "daybook/internal";
import { newToken } from "../../secrets/index.ts";
import type { User } from "../../store/contract/users.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import type { TestServer } from "./open-server.ts";

/** The person to create. An existing person with that address only gets a session and the given memberships. */
export interface PersonToAdd {
  readonly email: string;
  readonly name?: string;
  readonly operator?: boolean;
  /** Slug or id of an existing organization. */
  readonly organization?: string;
  /** Their role in it; default OWNER. */
  readonly role?: MemberRole;
}

/** A person with a session. */
export interface SignedInPerson {
  /** The whole Cookie header. */
  readonly cookie: string;
  readonly user: User;
}

const day = 24n * 3_600_000_000n;

/** Signs a person in: a real account and session, without events about them. */
export async function signedIn(
  server: { readonly services: Pick<TestServer["services"], "store"> },
  wanted: PersonToAdd,
): Promise<SignedInPerson> {
  const { email, name = email.split("@")[0] ?? "", operator = false, organization, role = "OWNER" } = wanted;
  const { store } = server.services;
  const place = organization === undefined ? undefined : await store.organization(organization);
  if (organization !== undefined && place === undefined)
    throw new Error(`There is no organization ${organization}.`);
  const token = newToken("dbk_session_");
  const user = await store.write(async (tx) => {
    const found = await tx.userForUpdate({ email });
    const account = { id: idOf("user"), email, name, password: null, issuer: null, subject: null };
    const one = found ?? (await tx.insertUser({ ...account, isOperator: operator }));
    if (operator && !one.isOperator) await tx.updateUser(one.userId, { isOperator: true });
    const { userId } = one;
    if (place !== undefined) {
      const { organizationId } = place;
      const member = await tx.memberForUpdate(organizationId, one.id);
      if (member === undefined) await tx.insertMember({ organizationId, userId, role });
      else if (member.role !== role) await tx.setMemberRole(organizationId, userId, role);
    }
    const session = { id: idOf("session"), userId, method: "PASSWORD", userAgent: null } as const;
    const expiresAt = BigInt(Date.now()) * 1000n + day;
    await tx.insertSession({ ...session, expiresAt, tokenHash: hash("sha256", token, "buffer") });
    return { ...one, isOperator: one.isOperator || operator };
  }, anywhere);
  return { cookie: `daybook=${token}`, user };
}

const idOf = (of: string): string => `${of}_${randomBytes(16).toString("hex").slice(0, 26)}`;

/** One request as that person, with their cookie and without a token. */
export const callAs = (
  server: TestServer,
  { cookie }: Pick<SignedInPerson, "cookie">,
  ...[method, path, body, headers]: Parameters<TestServer["call"]>
): ReturnType<TestServer["call"]> => server.call(method, path, body, { cookie, ...headers });
