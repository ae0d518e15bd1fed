/** What proves that an event is unaltered: its place in the log and its leaf hash. */
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { CopyButton } from "../kit/components/copy-button/copy-button.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";

export const Proof = ({ event }: { readonly event: RecordedEvent }): VNode => (
  <>
    <h2>Proof</h2>
    <p class="db-quiet">
      Nobody can change, remove or re-date this event unnoticed: the log&rsquo;s signed checkpoints cover its
      leaf hash.
    </p>
    <SummaryList
      rows={[
        { key: "Number in the log", value: event.seq.toLocaleString("en-GB") },
        { key: "Leaf hash", value: <CopyButton text={event.leafHash} what="leaf hash" /> },
      ]}
    />
  </>
);
