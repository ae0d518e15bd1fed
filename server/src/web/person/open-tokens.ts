/** The personal tokens of a person that still work, from the events of a log. All functions are pure. */
import type { RecordedEvent } from "daybook/internal";

/** A token that works. */
export interface OpenToken {
  readonly prefix: string;
  /** `YYYY-MM-DD`: it works until the end of that day, UTC. */
  readonly expiresOn: string;
}

/** From the events of added and removed tokens. `now` in milliseconds since 1970 UTC. */
export function openTokensOf(events: readonly RecordedEvent[], now: number): OpenToken[] {
  const today = new Date(now).toISOString().slice(0, 10);
  const textOf = ({ data = {} }: RecordedEvent, name: string): string => String(data[name] ?? "");
  const removed = new Set(
    events.filter(({ type }) => type === "PERSONAL_TOKEN_REMOVED").map((event) => textOf(event, "tokenId")),
  );
  return events
    .filter((event) => event.type === "PERSONAL_TOKEN_ADDED" && !removed.has(textOf(event, "tokenId")))
    .map((event) => ({ prefix: textOf(event, "tokenPrefix"), expiresOn: textOf(event, "expiresOn") }))
    .filter(({ prefix, expiresOn }) => prefix !== "" && expiresOn >= today);
}
