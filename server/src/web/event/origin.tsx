/** The origin of an event, on its page: the context, for readers who may see it, and the producer. */
import type { Context, Producer, RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { searchPath } from "../base/party-paths.ts";
import { isAddress } from "../event-card/addresses.tsx";
import { A } from "../kit/address/address.tsx";
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

export const Origin = ({ event }: { readonly event: RecordedEvent }): VNode | null => {
  const { context = {}, producer, organization } = event;
  const rows = [
    ...contextRows(context, organization.slug),
    ...(producer === undefined ? [] : producerRows(producer)),
  ];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>Where it came from</h2>
      <SummaryList rows={rows} />
    </section>
  );
};

const row = (key: string, value: string): SummaryRow => ({
  key,
  value: <code dir="auto">{marked(value)}</code>,
});

/** The qualifiers by which a search finds all events with the same value, and what the link is for. */
const searches: Partial<Record<keyof Context, readonly [string, string]>> = {
  ip: ["ip", "Everything from this address"],
  requestId: ["request", "Everything of this request"],
  correlationId: ["correlation", "Everything of this act"],
};
/** Other values would need quotes, or not be an address. */
const isPlain = /^[\w.:@/+-]+$/;

function contextRows(context: Context, slug: string): SummaryRow[] {
  const rows = names.flatMap(([name, key]): SummaryRow[] => {
    const value = context[name];
    if (value === undefined) return [];
    const search = searches[name];
    if (search === undefined || !isPlain.test(value) || (name === "ip" && !isAddress.test(value)))
      return [row(key, value)];
    const [qualifier, title] = search;
    const link = (
      <A href={searchPath(slug, `${qualifier}:${value}`)} title={title}>
        <code>{value}</code>
      </A>
    );
    return [{ key, value: link }];
  });
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
