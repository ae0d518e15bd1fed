/** The history of an API client: the events about it, in words. It refuses to read them by itself. */
import { cardRows, eventType } from "daybook/catalogue";
import { type Change, type Json, parseTime, type RecordedEvent } from "daybook/event";
import type { HistoryEntry, ShownChange } from "../../components/history/history.tsx";
import { dayAndTime, dayInWords } from "../../time/format.ts";

/** What is about a client and changes it, and so tells who changed it last. */
export const changing: readonly string[] = [
  "API_CLIENT_ADDED",
  "API_CLIENT_UPDATED",
  "API_CLIENT_TOKEN_ROTATED",
  "API_CLIENT_REVOKED",
  "API_CLIENT_DELETED",
];

/** The rows of cards that the page itself has. */
const known: readonly string[] = ["/data/name", "/data/expiresOn"];

/** Who did it, by name. */
export function actorName({ actor, erased }: Pick<RecordedEvent, "erased"> & Partial<RecordedEvent>): string {
  if (actor === undefined) return erased?.includes("actor") ? "[erased]" : "Someone";
  if (actor.type === "system") return "Daybook";
  return actor.name || (actor.type === "anonymous" ? "Somebody unknown" : actor.id);
}

/** Microseconds since 1970 UTC. */
export const timeOf = ({ occurredAt }: Pick<RecordedEvent, "occurredAt">): bigint =>
  parseTime(occurredAt) ?? 0n;

/** An event as an entry; `zone` is the reader's. */
export function entryOf(event: RecordedEvent, zone: string): HistoryEntry {
  const type = eventType(event.type);
  const rows = type === undefined ? [] : cardRows(event, type);
  const facts = rows
    .filter(({ path, value }) => !known.includes(path) && value !== undefined)
    .map(({ label, value, format }) => ({ key: label, value: inWords(value as Json, format, zone) }));
  const { outcome, reason } = event;
  return {
    title: type?.title ?? event.type,
    by: actorName(event),
    at: timeOf(event),
    ...(outcome === "success" ? {} : { outcome }),
    changes: (event.changes ?? []).map(shownChange),
    facts: reason === undefined ? facts : [...facts, { key: "Reason", value: reason }],
  };
}

const shownChange = ({ path, label, from, to, hidden }: Change): ShownChange => ({
  label: label ?? path.slice(1),
  from: textOf(from),
  to: textOf(to),
  hidden: hidden ?? false,
});

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null
    ? undefined
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

function inWords(value: Json, format: string | undefined, zone: string): string {
  const text = textOf(value) ?? "";
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return text;
  if (format === "time") return dayAndTime(ms, zone);
  return format === "date" ? dayInWords(ms, "UTC") : text;
}
