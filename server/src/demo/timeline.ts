/**
 * Puts the events of an organization into a plausible order, and dates them over the 120 days before a time. The result is deterministic:
 * the same events and the same time give the same times and ids.
 */
import { createHash } from "node:crypto";
import { deriveId } from "daybook/importers";
import { type EventInput, formatTime, type JsonObject } from "daybook/internal";
import { dataOf, demoSecret, type ImportedEvent } from "./imported.ts";
import { attempts, clientRenamed, ownerJoins, withExpiry } from "./made-up.ts";
import type { DemoOrganization } from "./organizations.ts";

/** The range of the demo: more than the 90 days of a download. */
export const demoDays = 120;

const demoMicros = BigInt(demoDays) * 86_400_000_000n;

/** The plausible order of events in an organization. */
const order: readonly string[] = [
  "NEW_ORGANIZATION_MEMBER",
  "ACCEPT_ORG_MEMBER_INVITE",
  "SUBSCRIPTION_ASSIGNED",
  "PRODUCT_PLAN_CHANGE",
  "NEW_TEAM",
  "NEW_TEAM_MEMBER",
  "NEW_API",
  "API_SAVED",
  "NEW_COLLABORATION",
  "API_CLIENT_ADDED",
  "FORK_API",
  "NEW_API_VERSION",
  "API_LIFECYCLE",
  "API_TRANSFER",
  "API_RENAME",
  "API_CLIENT_UPDATED",
  "API_CLIENT_REVOKED",
  "API_CLIENT_DELETED",
  "REMOVE_API_VERSION",
  "REMOVE_COLLABORATION",
  "REMOVE_API",
  "REMOVE_TEAM_MEMBER",
  "REMOVE_TEAM",
  "SUBSCRIPTION_REMOVED",
  "REMOVE_ORGANIZATION_MEMBER",
];

/** Private before public, as in GitHub's own examples. */
const rank = (event: EventInput): number =>
  order.indexOf(event.type) + (event.type === "API_LIFECYCLE" && dataOf(event).published === true ? 0.5 : 0);

/** The first payload of each kind, then the second of each, and so on; each round is in the plausible order. */
const ordered = (imported: readonly ImportedEvent[]): EventInput[] =>
  imported
    .map(({ event, round }, i) => ({ event, round, i }))
    .sort((a, b) => a.round - b.round || rank(a.event) - rank(b.event) || a.i - b.i)
    .map(({ event }) => event);

/** Adds made-up events: a renaming after every new API client, and two attempts on the first one. */
function completed(events: readonly EventInput[]): EventInput[] {
  const renamed = new Set<unknown>();
  return events.flatMap((event) => {
    const { clientId } = dataOf(event);
    if (event.type !== "API_CLIENT_ADDED" || renamed.has(clientId)) return [event];
    renamed.add(clientId);
    return [event, clientRenamed(event), ...(renamed.size === 1 ? attempts(event) : [])];
  });
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The position of an event in its share of the time, from 0 to 1: scattered, but always the same. */
const scatter = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

/** Effective dates within `data` move with the event. */
function redated(event: EventInput, time: bigint): JsonObject | undefined {
  if (event.data?.effectiveAt === undefined) return event.data;
  return { ...event.data, effectiveAt: `${formatTime(time).slice(0, 19)}Z` };
}

/** Gives an event its time, and the id that follows from both. */
function dated(
  event: EventInput,
  { time, now, index }: { time: bigint; now: bigint; index: number },
): EventInput {
  const data = redated(event, time);
  const { id: _, ...content } = withExpiry(
    { ...event, ...(data ? { data } : {}), occurredAt: formatTime(time) },
    now,
  );
  const json = JSON.parse(JSON.stringify(content));
  return { ...content, id: deriveId({ secret: demoSecret, content: json, index, time }) };
}

/**
 * The events of one organization, oldest first, dated up to `now` (microseconds), with the ids that follow. The id of the first event (the
 * owner joins) depends only on the organization, and its reason on all others: if a demo of another version is already there, the event is
 * refused, and so are the others.
 */
export function timelineOf(
  organization: DemoOrganization,
  imported: readonly ImportedEvent[],
  now: bigint,
): EventInput[] {
  const { slug } = organization;
  const start = now - demoMicros;
  const events = completed(ordered(imported));
  const rest = events.map((event, index) => {
    const share = Math.floor(((index + scatter(`${slug} ${index}`)) / events.length) * 1e9);
    const time = start + (demoMicros * BigInt(share)) / 1_000_000_000n;
    return dated(event, { time, now, index });
  });
  const first: EventInput = {
    ...ownerJoins(organization, sha256(JSON.stringify(rest)).slice(0, 8)),
    occurredAt: formatTime(start),
    id: deriveId({ secret: demoSecret, content: slug, index: 0, time: start }),
  };
  return [first, ...rest];
}
