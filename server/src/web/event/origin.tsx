/** The origin of an event, on its page: the context, for readers who may see it, and the producer. */
import type { Context, Producer, RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";

const names: readonly (readonly [Exclude<keyof Context, "adjusted">, string])[] = [
  ["ip", "IP address"],
  ["userAgent", "Browser or program"],
  ["requestId", "Request id"],
  ["correlationId", "Act"],
  ["traceparent", "Trace"],
  ["interface", "Interface"],
];

export const Origin = ({
  event: { context = {}, producer },
}: {
  readonly event: RecordedEvent;
}): VNode | null => {
  const rows = [...contextRows(context), ...(producer === undefined ? [] : producerRows(producer))];
  if (rows.length === 0) return null;
  return (
    <>
      <h2>Where it came from</h2>
      <SummaryList rows={rows} />
    </>
  );
};

const row = (key: string, value: string): SummaryRow => ({
  key,
  value: <code dir="auto">{marked(value)}</code>,
});

function contextRows(context: Context): SummaryRow[] {
  const rows = names.flatMap(([name, key]) => (context[name] === undefined ? [] : row(key, context[name])));
  const { adjusted } = context;
  return adjusted === undefined ? rows : [...rows, adjustedRow(adjusted)];
}

/** The pointers of the adjusted values. */
const adjustedRow = (adjusted: readonly string[]): SummaryRow => ({
  key: "Adjusted by the client",
  value: (
    <>
      <ul class="govuk-list">
        {adjusted.map((pointer) => (
          <li>
            <code dir="auto">{pointer === "" ? "the whole event" : marked(pointer)}</code>
          </li>
        ))}
      </ul>
      <div class="db-quiet db-small">What the client changed or cut so that the event could be recorded.</div>
    </>
  ),
});

const producerRows = ({ id, n, externalId }: Producer): SummaryRow[] => [
  row("Producer", id),
  ...(n === undefined ? [] : [row("Number from the producer", String(n))]),
  ...(externalId === undefined ? [] : [row("Id from the producer", externalId)]),
];
