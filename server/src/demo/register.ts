/**
 * The demo's register of companies: an organization with real API clients of this server, which the demo adds, renames and revokes. The
 * other organizations only have events about clients elsewhere. Nobody gets these clients' tokens.
 */
import type { Actor } from "daybook/internal";
import type { ApiClients } from "../api-clients/index.ts";
import { byServer } from "../log/index.ts";
import type { People } from "../people/index.ts";
import { madeUpMark } from "./made-up.ts";

type RegisteredOrganization = Awaited<ReturnType<People["organization"]>>;
type Doing = Pick<ApiClients, "list" | "add" | "rename" | "revoke">;
interface Register {
  readonly apiClients: Doing;
  readonly organization: RegisteredOrganization;
}

export const register: { readonly slug: string; readonly name: string } = {
  slug: "demo-register",
  name: "Register of Companies",
};

const anne: Actor = { type: "user", id: "demo_anne", name: "Anne Wilson" };
const bob: Actor = { type: "user", id: "demo_bob", name: "Bob Marsh" };

/** A client with the changes to make; `days`: from now to its expiry date. */
interface Life {
  readonly name: string;
  readonly addedAs?: string;
  readonly days: number;
  readonly scopes: readonly string[];
  readonly revoked?: string;
}

const lives: readonly Life[] = [
  { name: "Search portal", days: 300, scopes: ["events:read"] },
  { name: "Nightly export", days: 20, scopes: ["events:read", "audit-log:download"] },
  { name: "Filing service", addedAs: "Filing", days: 180, scopes: ["events:write"] },
  {
    name: "Register sandbox",
    days: 240,
    scopes: ["events:write", "events:read"],
    revoked: `${madeUpMark}its token was found in a public repository`,
  },
];

const dayMs = 86_400_000;

/** Makes the remaining changes of each client. Throws what the changes throw. */
export async function loadRegister({ apiClients, organization }: Register, nowMs: number): Promise<void> {
  const visible = { ...organization, view: { rowScope: organization.organizationId } };
  const there = await apiClients.list(visible, { after: undefined, limit: 100 });
  const initiator = (actor: Actor): { initiator: { actor: Actor; recordedBy: typeof byServer } } => ({
    initiator: { actor, recordedBy: byServer },
  });
  for (const { name, addedAs = name, days, scopes, revoked } of lives) {
    const expiresOn = new Date(nowMs + days * dayMs).toISOString().slice(0, 10);
    const wanted = { name: addedAs, expiresOn, scopes, organization, creatorId: null, ...initiator(anne) };
    const found = there.find(({ client }) => client.name === name || client.name === addedAs);
    const { client } = found ?? (await apiClients.add(wanted));
    const change = { organization: visible, id: client.id };
    if (client.name !== name) await apiClients.rename({ ...change, name, ...initiator(anne) });
    if (revoked !== undefined && client.status === "active")
      await apiClients.revoke({ ...change, reason: revoked, ...initiator(bob) });
  }
}
