/** What others reported about a party of Daybook's: separate from its history, so that nobody mistakes it for acts of Daybook. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { A } from "../kit/address/address.tsx";

/** The maximum on this page; the others have a page of their own. */
export const reportedAtOnce = 5;

/** The newest of them. */
export interface Reported {
  readonly events: readonly RecordedEvent[];
  /** The list of all; undefined if these are all. */
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
        <A href={all}>All reported events</A>
      </p>
    )}
  </section>
);
