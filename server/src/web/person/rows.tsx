/** The facts about a person: who they are, and what they may do now. */
import { partyKey, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { Team } from "../../people/index.ts";
import { Day } from "../base/expiry.tsx";
import { roles } from "../base/roles.ts";
import type { VisiblePage } from "../base/visible.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { A } from "../kit/address/address.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import type { SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";
import type { PersonKnown } from "./known.ts";
import type { OpenToken } from "./open-tokens.ts";
import type { PersonPageProps } from "./person-props.ts";

/** Who they are. */
export function whoRows({ person, zone }: PersonPageProps): SummaryRow[] {
  const email = person.member?.user.email ?? emailIn(person);
  const { lastSignIn, isDaybooks } = person;
  const seen = person.did.events[0];
  return [
    ...(email === undefined ? [] : [{ key: "Email address", value: <Email address={email} /> }]),
    { key: "Id", value: <code dir="auto">{marked(person.id)}</code> },
    ...(isDaybooks
      ? [{ key: "Last sign-in", value: <At event={lastSignIn} nothing="None in this log" zone={zone} /> }]
      : []),
    { key: "Last event", value: <At event={seen} nothing="Not in this log" zone={zone} /> },
  ];
}

interface AtProps {
  readonly event: RecordedEvent | undefined;
  readonly nothing: string;
  readonly zone: string;
}

/** The time of an event, which leads to it. */
const At = ({ event, nothing, zone }: AtProps): VNode =>
  event === undefined ? (
    <span class="db-quiet">{nothing}</span>
  ) : (
    <A href={paths.event({ org: event.organization.slug, id: event.id })}>
      <Time at={occurredAtOf(event)} zone={zone} />
    </A>
  );

/** The address in the newest event that has one. */
const emailIn = ({ did, key }: PersonKnown): string | undefined =>
  did.events.map(({ actor }) => actor).find((actor) => actor?.email && partyKey(actor) === key)?.email;

/** What they may do now; empty if the reader may not see members, or they are none. */
export function mayRows({ person, visible, isSelf }: PersonPageProps): SummaryRow[] {
  const { member, teams, tokens } = person;
  if (member === undefined) return [];
  const mayChange = visible.mayChange("members:change") && !isSelf;
  const change = {
    text: "Change",
    hidden: "role",
    href: paths.memberRole({ ...visible.at, user: person.id }),
  };
  const { name, may } = roles[member.role];
  return [
    {
      key: "Role",
      value: (
        <>
          {name}
          <div class="db-quiet db-small">{may}.</div>
        </>
      ),
      ...(mayChange ? { actions: [change] } : {}),
    },
    ...(teams === undefined ? [] : [{ key: "Teams", value: <Teams teams={teams} at={visible.at} /> }]),
    ...(tokens === undefined
      ? []
      : [{ key: "Personal tokens", value: <Tokens tokens={tokens} isSelf={isSelf} /> }]),
  ];
}

const Teams = ({ teams, at }: { readonly teams: readonly Team[]; readonly at: VisiblePage["at"] }): VNode =>
  teams.length === 0 ? (
    <span class="db-quiet">None</span>
  ) : (
    <ul class="db-plain">
      {teams.map(({ id, name, role }) => (
        <li>
          <A href={paths.team({ ...at, team: id })}>
            <Name name={name} />
          </A>
          {role !== null && <span class="db-quiet">, with the role {roles[role].name}</span>}
        </li>
      ))}
    </ul>
  );

interface TokensProps {
  readonly tokens: readonly OpenToken[];
  readonly isSelf: boolean;
}

/** Programs with such a token act as the person. */
const Tokens = ({ tokens, isSelf }: TokensProps): VNode => (
  <>
    {tokens.length === 0 ? (
      <span class="db-quiet">None made since they joined</span>
    ) : (
      <ul class="db-plain">
        {tokens.map(({ prefix, expiresOn }) => (
          <li>
            <code>{prefix}…</code>, works until <Day day={expiresOn} />
          </li>
        ))}
      </ul>
    )}
    {isSelf && <A href={paths.account()}>All your tokens</A>}
  </>
);
