/** Events that the demo makes up because no payload has them. The `reason` of each says so. */
import { createHash } from "node:crypto";
import { type EventInput, formatTime } from "daybook/internal";
import { dataOf } from "./imported.ts";
import type { DemoOrganization } from "./organizations.ts";

/** The start of every reason of a made-up event. */
export const madeUpMark = "Made up for the demo: ";

/** In words, for the printed text. */
export const madeUpWords: readonly string[] = [
  "who owns each organization (ACCEPT_ORG_MEMBER_INVITE)",
  "renamed API clients (API_CLIENT_UPDATED)",
  "the expiry date of every API client",
  "one refused and one failed attempt in each organization with API clients",
];

const day = 86_400_000_000n;

/** Between a month and a year after the reference time, the same for all events of a client. */
function expiresOn(clientId: string, now: bigint): string {
  const days = 30 + (createHash("sha256").update(clientId).digest().readUInt16BE(0) % 335);
  return formatTime(now + BigInt(days) * day).slice(0, 10);
}

const isClientEvent = (event: EventInput): boolean => event.type.startsWith("API_CLIENT_");

/** An API client's event with an expiry date, which GitHub's keys and apps don't have. */
export function withExpiry(event: EventInput, now: bigint): EventInput {
  if (!isClientEvent(event)) return event;
  const { clientId } = dataOf(event);
  const reason =
    event.reason === undefined ? `${madeUpMark}the expiry date` : `${event.reason}; and the expiry date`;
  return { ...event, data: { ...dataOf(event), expiresOn: expiresOn(String(clientId), now) }, reason };
}

/** The owner joins. `edition` identifies all other events, so that a demo of another version is recognized. */
export const ownerJoins = ({ owner }: DemoOrganization, edition: string): EventInput => ({
  type: "ACCEPT_ORG_MEMBER_INVITE",
  actor: owner,
  targets: [{ type: "user", id: owner.id, name: owner.name }],
  data: { userId: owner.id, role: "OWNER" },
  reason: `${madeUpMark}the payloads don't say who owns the organization (edition ${edition})`,
});

/** A new API client gets another name. */
export function clientRenamed(added: EventInput): EventInput {
  const { name } = dataOf(added);
  const newName = `${String(name)} (production)`;
  return {
    type: "API_CLIENT_UPDATED",
    actor: added.actor,
    targets: (added.targets ?? []).map((target, i) => (i === 0 ? { ...target, name: newName } : target)),
    changes: [{ path: "/name", from: name ?? null, to: newName }],
    data: { ...dataOf(added), name: newName },
    reason: `${madeUpMark}the new name`,
  };
}

/** Someone without permission tries to delete an API client, and someone with permission fails to. */
export function attempts(added: EventInput): EventInput[] {
  const event = { type: "API_CLIENT_DELETED", targets: added.targets ?? [], data: dataOf(added) };
  const stranger = { type: "user", id: "39652351", name: "hacktocat" } as const;
  return [
    { ...event, actor: stranger, outcome: "denied", reason: `${madeUpMark}an attempt that was refused` },
    { ...event, actor: added.actor, outcome: "failed", reason: `${madeUpMark}an attempt that failed` },
  ];
}
