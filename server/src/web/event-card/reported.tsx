/** What others reported about a party of Daybook's: apart from its history, so that nobody takes their word for what Daybook did. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";

/** So many are shown; the others have a page. */
export const reportedAtOnce = 5;

/** The newest of them. */
export interface Reported {
  readonly events: readonly RecordedEvent[];
  /** The list of all of them; undefined where these are all. */
  readonly all: string | undefined;
}

interface ReportedProps extends Pick<Reported, "all"> {
  /** The events. */
  readonly children: ComponentChildren;
}

export const ReportedByOthers = ({ all, children }: ReportedProps): VNode => (
  <section class="db-reported" aria-labelledby="reported">
    <h2 id="reported">Reported by others</h2>
    <p class="db-quiet">
      API clients and operators recorded these events, and chose the names in them. They are not part of the
      history above, because Daybook did not see them happen.
    </p>
    {children}
    {all !== undefined && (
      <p>
        <a href={all}>All reported events</a>
      </p>
    )}
  </section>
);
