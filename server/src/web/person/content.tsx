/** The content of the page of a person. */
import { partyKey, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { partySearch, searchPath } from "../base/party-paths.ts";
import { FromWhere } from "../event-card/addresses.tsx";
import { ShortList } from "../event-card/short-list.tsx";
import { nameOf } from "../event-card/words.ts";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import type { PersonKnown } from "./known.ts";
import type { PersonPageProps } from "./person-props.ts";
import { mayRows, whoRows } from "./rows.tsx";
import { standingOf } from "./standing.tsx";

/** The number of events on the page; the others are a link away. */
const atOnce = 10;

export const PersonContent = (props: PersonPageProps): VNode => {
  const { person, visible } = props;
  const { slug } = visible.organization;
  const may = mayRows(props);
  return (
    <>
      {person.seesMembers ? (
        <BackLink href={paths.members(visible.at)}>Members</BackLink>
      ) : (
        <BackLink href={paths.activity({ org: slug })}>All activity</BackLink>
      )}
      <PageHeading title={<Name name={shownName(person)} />} caption="Person">
        {standingOf(props)}
      </PageHeading>
      <SummaryList rows={whoRows(props)} />
      {may.length > 0 && (
        <>
          <h2>What they may do now</h2>
          <SummaryList rows={may} />
        </>
      )}
      <Events {...props} />
    </>
  );
};

const Events = ({ person, visible, ...form }: PersonPageProps): VNode => {
  const { slug, view } = visible.organization;
  const party = { type: "user", id: person.id };
  const { did, undergone, reported } = person;
  return (
    <>
      <ShortList
        {...form}
        id="did"
        title="What they did"
        events={did.events.slice(0, atOnce)}
        parties={["target"]}
        all={{ href: partySearch(slug, "actor", party), text: "Everything they did" }}
        nothing="This log has no event of theirs that you can see."
      />
      <ShortList
        {...form}
        id="undergone"
        title="What others did to them"
        events={undergone.events}
        parties={["actor"]}
        all={{ href: partySearch(slug, "target", party), text: "Everything about them" }}
        nothing="Nobody has changed anything about them in this log."
      />
      {view.context && (
        <FromWhere
          slug={slug}
          zone={form.zone}
          {...did}
          nothing="None of their events here has an address."
        />
      )}
      {reported.events.length > 0 && (
        <ShortList
          {...form}
          id="reported"
          title="Reported by others"
          events={reported.events}
          parties={["actor", "target"]}
          all={{
            href: searchPath(slug, "recorded-by:others", `actor:${person.key}`),
            text: "Everything reported that they did",
          }}
          nothing=""
        >
          <p class="db-quiet">
            API clients and operators recorded these events, and chose the names in them. Daybook did not see
            them happen.
          </p>
        </ShortList>
      )}
    </>
  );
};

/** Their present name, else the one in the newest event that has one. */
function shownName({ member, key, id, did, undergone }: PersonKnown): string {
  if (member !== undefined) return member.user.name;
  const parties = [...did.events, ...undergone.events].flatMap(partiesIn);
  const named = parties.find((party) => partyKey(party) === key && party.name);
  return named === undefined ? id : nameOf(named);
}

const partiesIn = ({ actor, targets = [] }: RecordedEvent) =>
  actor === undefined ? targets : [actor, ...targets];
