/**
 * One event of the log: what happened, who did it and when, and a card of its target, with its facts and changes. Its values are links to
 * similar events.
 */
import type { EventType } from "daybook/catalogue";
import { sentence } from "daybook/catalogue";
import type { Actor, RecordedEvent, Target } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { ownPartyName } from "../base/own-party.ts";
import { targetPath } from "../base/party-paths.ts";
import { A } from "../kit/address/address.tsx";
import { MarkedText, marked } from "../kit/components/marked-text/marked-text.tsx";
import { named } from "../kit/components/marked-text/name.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { Time } from "../kit/components/time/time.tsx";
import type { EventLinks } from "./event-links.ts";
import { cardFacts } from "./event-rows.tsx";
import type { HasNamesake } from "./namesakes.ts";
import { occurredAtOf } from "./occurred-at.ts";
import { RecordedBy } from "./recorded-by.tsx";
import type { Recorder } from "./recorders.ts";
import { someRowsOf } from "./rows.ts";
import { erasedWords, nameOf, outcomeWords, titleOf } from "./words.ts";

/** The number of rows at a glance; the event's own page has all. */
const glanceRows = 10;

export interface EventCardProps {
  /** Whether another party of the page can be mistaken for one; default: no. */
  readonly hasNamesake?: HasNamesake | undefined;
  readonly event: RecordedEvent;
  readonly type: EventType | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly links: EventLinks;
  /** Who reported it; undefined if Daybook recorded it itself. */
  readonly recorder?: Recorder | undefined;
  /** Whether to name the organization. */
  readonly inAll?: boolean | undefined;
}

export const EventCard = (props: EventCardProps): VNode => {
  const { event, type, inAll = false, links, recorder } = props;
  const { organization } = event;
  return (
    <article class="db-event" aria-labelledby={`event-${event.id}`}>
      <div class="db-event__head">
        <div class="db-event__line">
          <h3 class="db-event__title" id={`event-${event.id}`}>
            <A href={links.type} title={`Only ${type?.title ?? event.type}`}>
              {marked(titleOf(event, type))}
            </A>
          </h3>
          {Outcome({ event, href: links.outcome })}
        </div>
        <p class="db-event__by">{byLine(props)}</p>
        {recorder !== undefined && (
          <p class="db-event__by">
            <RecordedBy recorder={recorder} />
          </p>
        )}
        {inAll && (
          <p class="db-event__by">
            In <OrganizationName {...{ organization, links }} />
          </p>
        )}
      </div>
      {factsOf(props)}
    </article>
  );
};

interface OutcomeProps extends Pick<EventCardProps, "event"> {
  readonly href?: string | undefined;
}

/** The outcome, if it isn't success. */
export const Outcome = ({ event: { outcome }, href }: OutcomeProps): VNode | null => {
  if (outcome === "success") return null;
  const tag = <Tag colour="red">{outcomeWords[outcome]}</Tag>;
  if (href === undefined) return tag;
  return (
    <A class="db-event__outcome" href={href} title="Only this outcome">
      {tag}
    </A>
  );
};

interface OrganizationNameProps {
  readonly organization: RecordedEvent["organization"];
  readonly links: EventLinks;
}

/** The organization of the event, in a list of all. */
export const OrganizationName = ({ organization: { slug, name }, links }: OrganizationNameProps): VNode => (
  <A href={links.organization ?? paths.activity({ org: slug })} title="Only this organization">
    {named(name)}
  </A>
);

/** "By Anne Wilson on 21 May 2026 at 2:22pm" */
const byLine = ({ event, zone, now, links, hasNamesake }: EventCardProps): VNode => {
  const at = occurredAtOf(event);
  const { actor, recordedBy } = event;
  return (
    <>
      By {ActorName({ actor, recordedBy, href: links.actor, title: onlyActor, hasNamesake })}{" "}
      <span class="db-on">on {Time({ at, zone })}</span>{" "}
      {Time({ at, zone, form: "ago", now, class: "db-event__ago" })}
    </>
  );
};

/** The filter by the actor. */
export const onlyActor = "Only this actor";

interface ActorNameProps {
  /** Absent if it was erased. */
  readonly actor?: Actor | undefined;
  /** Who recorded it: an actor that is the operator token has no name of its own. */
  readonly recordedBy?: RecordedEvent["recordedBy"] | undefined;
  /** Whether it begins a text. */
  readonly begins?: boolean;
  readonly href?: string | undefined;
  /** The purpose of the link, if it isn't the actor's page. */
  readonly title?: string | undefined;
  readonly hasNamesake?: HasNamesake | undefined;
}

/** The id of a party that can be mistaken for another on the page. */
const idOf = (party: Actor | Target, hasNamesake: HasNamesake | undefined): VNode | undefined =>
  party.id !== undefined && hasNamesake?.(party) === true ? (
    <>
      {" "}
      <code class="db-quiet" dir="auto" title="Its id, because another name here looks the same">
        {marked(party.id)}
      </code>
    </>
  ) : undefined;

/** Whether the actor is the holder of the operator token, and not a user of another system with that id. */
const isOperatorToken = ({ actor, recordedBy }: ActorNameProps): boolean =>
  [actor, recordedBy].every((party) => party?.id === "operator") &&
  actor?.name === undefined &&
  recordedBy?.type === "operator";

/** The actor, and on whose behalf. */
export const ActorName = (props: ActorNameProps): VNode => {
  const { actor, begins, href, title, hasNamesake } = props;
  if (actor === undefined) return <span class="db-quiet">someone (erased)</span>;
  const name = isOperatorToken(props) ? ownPartyName({ id: "operator" }, begins) : named(nameOf(actor));
  const { onBehalfOf } = actor;
  return (
    <>
      {href === undefined ? (
        name
      ) : (
        <A href={href} title={title}>
          {name}
        </A>
      )}
      {idOf(actor, hasNamesake)}
      {onBehalfOf !== undefined && <> for {named(nameOf(onBehalfOf))}</>}
    </>
  );
};

/** The card. Its parts are called as functions, not rendered: a page has hundreds of them. */
const factsOf = (props: EventCardProps): VNode => {
  const { event, type, zone, links, hasNamesake } = props;
  const { rows, after } = someRowsOf(event, type, { from: 0, most: glanceRows });
  const [target, ...more] = event.targets ?? [];
  const erased = erasedWords(event);
  const details = paths.event({ org: event.organization.slug, id: event.id });
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <h4 class="govuk-summary-card__title">
          {cardTitle({ event, target, more: more.length, links, hasNamesake })}
        </h4>
        <A class="db-event__details" href={details}>
          Details
          <span class="govuk-visually-hidden"> of {marked(titleOf(event, type))}</span>
        </A>
      </div>
      <div class="govuk-summary-card__content">
        {event.outcome !== "success" && type !== undefined && (
          <p class="db-event__sentence" dir="auto">
            <MarkedText text={sentence(event, type)} />
          </p>
        )}
        {cardFacts({ rows, reason: after > 0 ? undefined : event.reason, zone })}
        {after > 0 && (
          <>
            <p class="db-event__sentence">
              <A href={details}>
                {after.toLocaleString("en-GB")} more facts
                <span class="govuk-visually-hidden"> of {marked(titleOf(event, type))}</span>
              </A>
            </p>
            {cardFacts({ rows: [], reason: event.reason, zone })}
          </>
        )}
        {erased !== undefined && <p class="db-event__sentence db-quiet">{erased}</p>}
      </div>
    </div>
  );
};

interface CardTitleProps extends Pick<EventCardProps, "event" | "links" | "hasNamesake"> {
  readonly target: Target | undefined;
  /** The number of further targets. */
  readonly more: number;
}

const cardTitle = ({ event, target, more, links, hasNamesake }: CardTitleProps): ComponentChildren => {
  if (target === undefined)
    return event.erased?.includes("targets") ? "Erased" : named(event.organization.name);
  return (
    <>
      {TargetName({ event, target, links, hasNamesake })}
      {more > 0 && <span class="db-event__more"> and {more} more</span>}
    </>
  );
};

interface TargetNameProps extends Pick<EventCardProps, "event" | "links" | "hasNamesake"> {
  readonly target: Target;
}

/** The target. */
export const TargetName = ({ event, target, links, hasNamesake }: TargetNameProps): VNode => (
  <>
    <A href={links.target ?? targetPath(event.organization.slug, target)} title="Only this target">
      {named(nameOf(target))}
    </A>
    {idOf(target, hasNamesake)}
  </>
);
