/** What the log tells about an API client: what it recorded, what it did itself and from where, and its history. */
import type { VNode } from "preact";
import { actorPath, partySearch, searchPath } from "../base/party-paths.ts";
import { FromWhere } from "../event-card/addresses.tsx";
import { ReportedByOthers } from "../event-card/reported.tsx";
import { type EventsForm, ShortList, ShortTable } from "../event-card/short-list.tsx";
import { A } from "../kit/address/address.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import type { ClientEvents } from "./client-events.ts";

export interface ToldOf extends EventsForm {
  /** What the paths of the client need. */
  readonly at: { readonly org: string; readonly client: string };
  readonly found: ClientEvents;
  /** The addresses of other pages of its history. */
  readonly newest: string | undefined;
  readonly older: string | undefined;
}

/** The number of what it did itself. */
const atOnce = 5;

export const Told = ({ at, found, newest, older, ...form }: ToldOf): VNode => {
  const { org, client } = at;
  const party = { type: "api_client", id: client };
  const { reported } = found;
  return (
    <>
      <ShortList
        {...form}
        // it is the recorder of each
        recorderOf={() => undefined}
        id="recorded"
        title="What it recorded"
        events={found.recorded}
        parties={["actor", "target"]}
        all={{ href: searchPath(org, `recorded-by:api_client:${client}`), text: "Everything it recorded" }}
        nothing="It has recorded no events."
      >
        {found.recorded.length > 0 && <p class="db-quiet">On its word: Daybook did not see these happen.</p>}
      </ShortList>
      <ShortList
        {...form}
        id="did"
        title="What it did itself"
        events={found.did.slice(0, atOnce)}
        parties={["target"]}
        all={{ href: partySearch(org, "actor", party), text: "Everything it did" }}
        nothing="It has done nothing that Daybook records, such as a download."
      />
      <ShortList
        {...form}
        id="history"
        title="History"
        events={found.history}
        parties={["actor"]}
        all={{ href: partySearch(org, "target", party), text: "Everything about it" }}
        nothing={<NoHistory newest={newest} own={actorPath(org, party)} />}
      />
      <Pagination newer={newest} older={older} words={{ newer: "Newest", older: "Older" }} />
      <FromWhere
        slug={org}
        zone={form.zone}
        events={found.did}
        hasOlder={found.didMore}
        nothing="Daybook has no address of it. Events have the addresses that applications send, and what the client does itself has its own."
      />
      {reported !== undefined && (
        <ReportedByOthers all={reported.all}>
          <ShortTable {...form} title="Reports" events={reported.events} parties={["actor"]} />
        </ReportedByOthers>
      )}
    </>
  );
};

interface NoHistoryProps {
  readonly newest: string | undefined;
  /** The page of what the client itself did. */
  readonly own: string;
}

/** No older ones are stored, or the address is of an earlier page. */
const NoHistory = ({ newest, own }: NoHistoryProps): VNode => (
  <>
    There are no events about this client here.{" "}
    {newest === undefined ? (
      <>
        They may be older than the log&rsquo;s retention period: see{" "}
        <A href={own}>what the client did itself</A>.
      </>
    ) : (
      <A href={newest}>See the newest events.</A>
    )}
  </>
);
