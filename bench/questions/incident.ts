/** An incident in the log that the questions are asked of: an API client whose token leaked, and the person who made it. */
import type { EventInput } from "daybook";
import { addMember, ask } from "../people.ts";

/** What the answers have, and what people would type. */
export interface Incident {
  /** The id and the name of the API client that recorded, and was revoked. */
  readonly client: string;
  readonly name: string;
  /** The id of the person who was made an owner, and removed. */
  readonly person: string;
  readonly address: string;
  readonly request: string;
  /** The minute of an event, as a time and the next one. */
  readonly minute: readonly [string, string];
}

const address = "203.0.113.66";
const request = "req_leak_7";
const minuteMs = 60_000;

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The minute of 03:12 (UTC) that was last, as milliseconds since 1970. */
function lastNight(): number {
  const at = new Date();
  at.setUTCHours(3, 12, 0, 0);
  return at.getTime() > Date.now() - minuteMs ? at.getTime() - 86_400_000 : at.getTime();
}

/** What the application recorded with the client's token, before and after the person was removed. */
function recorded(person: string): EventInput[] {
  const actor = { type: "user" as const, id: person, name: "Mallory Quist" };
  const common = { actor, context: { ip: address, userAgent: "curl/8.14", requestId: request } };
  const targets = [{ type: "api", id: "api_ledger", name: "Ledger API" }];
  const api = { objectPath: "/apis/acme/ledger/1.0.0", owner: "acme", name: "ledger", version: "1.0.0" };
  const data = { ...api, oldDigest: "a".repeat(64), digest: "b".repeat(64), source: "EDITOR" };
  const saved = { ...common, type: "API_SAVED", targets, data };
  const billing = { clientId: "client_billing", name: "Billing job", expiresOn: "2027-05-31" };
  return [
    saved,
    {
      ...{ ...common, type: "API_CLIENT_UPDATED", data: billing },
      targets: [{ type: "api_client", id: "client_billing", name: "Billing job" }],
      changes: [{ path: "/expiresOn", from: "2026-12-31", to: "2027-05-31" }],
    },
    { ...saved, outcome: "denied" },
    { ...saved, occurredAt: new Date(lastNight() + 20_000).toISOString() },
  ];
}

interface MadeClient {
  readonly id: string;
  readonly token: string;
}

/** Makes it happen, by the API. */
export async function incidentIn(url: string, organization: string): Promise<Incident> {
  const place = `${url}/v1/organizations/${organization}`;
  const name = `Deploy bot ${Date.now()}`;
  const wanted = { name, expiresOn: inDays(20), scopes: ["events:write"] };
  const { id: client, token } = await ask<MadeClient>(`${place}/api-clients`, "POST", wanted);
  const [owner, email] = ["ada", "mallory"].map((name) => `${name}.${Date.now()}@example.org`);
  await addMember(place, { email: owner as string, name: "Ada Novak", role: "OWNER" });
  const person = await addMember(place, { email: email as string, name: "Mallory Quist", role: "DESIGNER" });
  await ask(`${place}/members/${person}`, "PATCH", { role: "OWNER" });
  await ask(`${place}/members/${person}`, "DELETE");
  const answer = await fetch(`${place}/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ events: recorded(person) }),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const reason = { reason: "Its token was in a public log" };
  await ask(`${place}/api-clients/${client}/revoke`, "POST", reason);
  const [from, to] = [lastNight(), lastNight() + minuteMs].map((at) => new Date(at).toISOString());
  return { name, person, address, request, client, minute: [from as string, to as string] };
}
