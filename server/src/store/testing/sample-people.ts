/** People, API clients and hostile texts for the tests of a store. */

import { randomBytes } from "node:crypto";
import type { MemberRole, TeamRole } from "daybook/internal";
import type { ApiClient } from "../contract/api-clients.ts";
import type { Session } from "../contract/sessions.ts";
import type { Team } from "../contract/teams.ts";
import type { User, UserName } from "../contract/users.ts";
import type { Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";

/** Texts that some layer might misread. */
export const hostileWords: readonly string[] = [
  "'; DROP TABLE team; --",
  '"quoted" \\" $1 $$',
  "100 %_\\%",
  "\u202eright to left\u202c שלום",
  "🎉 👩‍👩‍👧",
  "line\r\nbreak\ttab",
  '{a,"b",NULL}',
  '[{"json":null}]',
  "NULL",
  "__proto__",
  "é".repeat(256),
  "a".repeat(512),
];

/** Pairs that are one word in different case or composition; one pair is an address. */
export const sameWords: readonly (readonly [string, string])[] = [
  ["Auditors", "auDITORS"],
  ["Zo\u00eb", "zoe\u0308"],
  ["\u0130stanbul", "i\u0307STANBUL"],
  ["ΟΔΟΣ", "οδος"],
  ["\u212b", "a\u030a"],
];

/** Pairs of texts that are one name. */
export const sameNames: readonly (readonly [string, string])[] = [
  ...sameWords,
  ["STRASSE", "stra\u00dfe"],
  ["stra\u1e9ee", "Strasse"],
];

export const newHash = (): Uint8Array => new Uint8Array(randomBytes(32));
const suffix = (): string => randomBytes(6).toString("hex");
export const sampleId = (kind: string): string => `${kind}_${suffix()}`;

export const by = { type: "user", id: "user_1", name: 'Zoë "the" \\ owner' };
export const password = "$scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA";

/** The values of a new user. */
export function userRow(
  options: Partial<Omit<User, "userId" | "createdAt">> = {},
): Omit<User, "userId" | "createdAt"> {
  const id = options.id ?? sampleId("user");
  return {
    id,
    email: `${suffix()}@example.com`,
    name: "Zoë",
    password: null,
    issuer: null,
    subject: null,
    isOperator: false,
    ...options,
  };
}

/** A user as others see them. */
export const nameOf = ({ userId, id, name, email }: UserName): UserName => ({ userId, id, name, email });

/** The row of the deployment, with an operator token that nobody has. */
export const newDeployment = (store: Store): Promise<boolean> =>
  store.write(
    (tx) =>
      tx.insertDeployment({ logName: "log.example", publicKey: newHash(), operatorTokenHash: newHash() }),
    anywhere,
  );

export const newUser = (store: Store, options: Parameters<typeof userRow>[0] = {}): Promise<User> =>
  store.write((tx) => tx.insertUser(userRow(options)), anywhere);

/** A user who is a member of an organization. */
export async function newMember(
  store: Store,
  organizationId: number,
  role: MemberRole = "CONSUMER",
): Promise<User> {
  return store.write(async (tx) => {
    const user = await tx.insertUser(userRow());
    await tx.insertMember({ organizationId, userId: user.userId, role });
    return user;
  }, anywhere);
}

export const newTeam = (store: Store, organizationId: number, role: TeamRole | null = null): Promise<Team> =>
  store.write(
    (tx) => tx.insertTeam({ organizationId, id: sampleId("team"), name: sampleId("Team"), role }),
    anywhere,
  );

/** A session of that user that ends at that time; returns the hash of its token. */
export async function newSession(
  store: Store,
  userId: number,
  options: Partial<Pick<Session, "id" | "expiresAt" | "method" | "authenticatedAt" | "lastSeenAt">> = {},
): Promise<Uint8Array> {
  const tokenHash = newHash();
  const usual = { id: sampleId("session"), expiresAt: 2_000_000_000_000_001n, method: "PASSWORD" as const };
  const row = { tokenHash, userId, userAgent: "Mozilla/5.0 (É)", ...usual, ...options };
  await store.write((tx) => tx.insertSession(row), anywhere);
  return tokenHash;
}

type NewClient = Partial<Pick<ApiClient, "id" | "name" | "expiresOn" | "scopes">> & { creatorId?: number };

/** The values of a new API client. */
export const clientRow = (
  organizationId: number,
  options: NewClient = {},
): Pick<ApiClient, "organizationId" | "id" | "name" | "expiresOn" | "scopes" | "createdBy"> & {
  creatorId: number | null;
} => ({
  organizationId,
  id: sampleId("client"),
  name: sampleId("Client"),
  expiresOn: "2099-12-31",
  scopes: ["events:write", "events:read"],
  createdBy: by,
  creatorId: null,
  ...options,
});

/** An API client with a token; returns it and the hash of the token. */
export async function newClient(
  store: Store,
  organizationId: number,
  options: NewClient = {},
): Promise<{ client: ApiClient; tokenHash: Uint8Array }> {
  const tokenHash = newHash();
  return store.write(async (tx) => {
    const client = await tx.insertApiClient(clientRow(organizationId, options));
    await tx.insertToken({ organizationId, clientId: client.id, tokenHash, prefix: "dbk_live_abc123" });
    return { client, tokenHash };
  }, anywhere);
}

/** All pages of a list, as one; each page except the last is full. */
export async function allPages<T>(
  read: (page: { after: string | undefined; limit: number }) => Promise<T[]>,
  idOf: (item: T) => string,
  limit = 3,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await read({ after: last && idOf(last), limit });
    if (page.length > limit) throw new Error("A page is longer than its limit.");
    all.push(...page);
    if (page.length < limit) return all;
  }
}

/** Bytes as a plain list, so that different kinds of arrays compare. */
export const plainHash = <T extends { readonly tokenHash: Uint8Array }>(
  held: T,
): T & { tokenHash: number[] } =>
  ({ ...held, tokenHash: [...held.tokenHash] }) as T & { tokenHash: number[] };
