/** Calendar days in UTC: expiry dates of tokens, days of use. They are the same in every zone. */
import type { VNode } from "preact";
import { Tag } from "../kit/components/tag/tag.tsx";
import { ago, dayInWords } from "../kit/time/format.ts";

const dayMs = 86_400_000;
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** A calendar day, `YYYY-MM-DD`: the same in every zone. */
export const Day = ({ day }: { readonly day: string }): VNode => (
  <time dateTime={day}>{dayInWords(startOf(day), "UTC")}</time>
);

const near: Readonly<Record<number, string>> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

/** "tomorrow", "in 5 days", "3 months ago": a day beside today. `now` in milliseconds since 1970 UTC. */
export function fromToday(day: string, now: number = Date.now()): string {
  const today = Math.floor(now / dayMs) * dayMs;
  const at = startOf(day);
  return near[(at - today) / dayMs] ?? ago(at, today);
}

interface ExpiryProps {
  readonly client: {
    readonly expiresOn: string;
    readonly expiresWithinDays: number | null;
    /** Absent for one that doesn't exist yet. */
    readonly status?: "active" | "expired" | "revoked";
  };
}

/** The expiry date, and how far it is. */
export const Expiry = ({ client: { expiresOn, expiresWithinDays, status } }: ExpiryProps): VNode => (
  <>
    <Day day={expiresOn} />
    {expiresWithinDays !== null && (
      <div>
        <Tag colour="yellow">Expires {fromToday(expiresOn)}</Tag>
      </div>
    )}
    {expiresWithinDays === null && status !== undefined && status !== "revoked" && (
      <div class="db-quiet db-small">{fromToday(expiresOn)}</div>
    )}
  </>
);
