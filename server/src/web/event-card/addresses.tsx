/** Where events came from: the addresses of requests, with the times between which each occurs. Only for readers who see the context of events. */
import { cut, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { searchPath } from "../base/party-paths.ts";
import { A } from "../kit/address/address.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { occurredAtOf } from "./occurred-at.ts";
import { shownOf } from "./value.tsx";

/** One address. Times in microseconds. */
interface SeenAddress {
  readonly ip: string;
  readonly events: number;
  readonly first: bigint;
  readonly last: bigint;
  /** The browser or program of its newest event that names one. */
  readonly agent: string | undefined;
}

/** The addresses of these events, which are newest first: the one of the newest event first. */
function addressesOf(events: readonly RecordedEvent[]): SeenAddress[] {
  const found = new Map<string, SeenAddress>();
  for (const event of events) {
    const { ip, userAgent } = event.context ?? {};
    if (ip === undefined) continue;
    const at = occurredAtOf(event);
    const known = found.get(ip) ?? { ip, events: 0, first: at, last: at, agent: undefined };
    found.set(ip, { ...known, events: known.events + 1, first: at, agent: known.agent ?? userAgent });
  }
  return [...found.values()];
}

/** The maximum on a page. */
const most = 10;
/** Characters of a browser's or program's name. */
const longestAgent = 60;

interface FromWhereProps {
  readonly slug: string;
  readonly zone: string;
  /** Newest first. */
  readonly events: readonly RecordedEvent[];
  /** Whether there are older ones. */
  readonly hasOlder: boolean;
  /** Instead of the table, if there are no addresses. */
  readonly nothing: string;
}

export const FromWhere = ({ slug, zone, events, hasOlder, nothing }: FromWhereProps): VNode => {
  const addresses = addressesOf(events);
  return (
    <section class="db-apart" aria-labelledby="from-where">
      <h2 id="from-where">From where</h2>
      {addresses.length === 0 ? (
        <p class="db-quiet">{nothing}</p>
      ) : (
        <>
          {(hasOlder || addresses.length > most) && (
            <p class="db-quiet">{extentOf(addresses, events, hasOlder)}</p>
          )}
          <Table
            caption="Addresses, the last one first"
            captionHidden
            stacks
            columns={[
              { title: "Address" },
              { title: "Events", label: "Events" },
              { title: "First", label: "First" },
              { title: "Last", label: "Last" },
              { title: "Browser or program", label: "With" },
            ]}
            rows={addresses.slice(0, most).map(({ ip, events: count, first, last, agent }) => [
              isAddress.test(ip) ? (
                <A href={searchPath(slug, `ip:${ip}`)} title="Everything from this address">
                  {ip}
                </A>
              ) : (
                marked(ip)
              ),
              count.toLocaleString("en-GB"),
              <Time at={first} zone={zone} />,
              <Time at={last} zone={zone} />,
              agent === undefined
                ? null
                : shownOf({ reading: { text: agent, isJson: false }, part: cut(agent, 0, longestAgent) }),
            ])}
          />
        </>
      )}
    </section>
  );
};

/** Producers can send any text as an address. */
export const isAddress: RegExp = /^[\da-f]*[.:][\da-f.:]*$/i;

/** "Addresses of the newest 100 events, the last 10 of 23" */
function extentOf(
  { length }: readonly SeenAddress[],
  events: readonly RecordedEvent[],
  hasOlder: boolean,
): string {
  const of = hasOlder
    ? `Addresses of the newest ${events.length.toLocaleString("en-GB")} events`
    : "Addresses";
  return length > most ? `${of}, the last ${most} of ${length}.` : `${of}.`;
}
