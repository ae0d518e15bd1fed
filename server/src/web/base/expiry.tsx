/** Expiry dates of tokens: calendar days, the same in every zone. */
import type { VNode } from "preact";
import { Tag } from "../kit/components/tag/tag.tsx";
import { dayInWords } from "../kit/time/format.ts";

/** A calendar day, `YYYY-MM-DD`: the same in every zone. */
export const Day = ({ day }: { readonly day: string }): VNode => (
  <time dateTime={day}>{dayInWords(Date.parse(`${day}T00:00:00Z`), "UTC")}</time>
);

/** The expiry date, and whether it is near. */
export const Expiry = ({
  client: { expiresOn, expiresWithinDays },
}: {
  readonly client: { readonly expiresOn: string; readonly expiresWithinDays: number | null };
}): VNode => (
  <>
    <Day day={expiresOn} />
    {expiresWithinDays !== null && (
      <div>
        <Tag colour="yellow">Expires within {expiresWithinDays} days</Tag>
      </div>
    )}
  </>
);
