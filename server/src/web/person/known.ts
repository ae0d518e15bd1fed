/**
 * What the page of a person knows: what Daybook's rows have, for readers who may see members and teams, and what the log has of them, as far
 * as the reader sees it.
 */
import { DaybookError, isDaybooksParty, type RecordedEvent } from "daybook/internal";
import type { Member, Team } from "../../people/index.ts";
import type { VisiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { type OpenToken, openTokensOf } from "./open-tokens.ts";

/** The newest events of one kind, and whether there are older ones. */
interface NewestEvents {
  readonly events: readonly RecordedEvent[];
  readonly hasOlder: boolean;
}

export interface PersonKnown {
  /** `user:` and the id, as events have it. */
  readonly key: string;
  readonly id: string;
  /** Undefined if they are not a member, or the reader may not see members. */
  readonly member: Member | undefined;
  /** Undefined if the reader may not see teams. */
  readonly teams: readonly Team[] | undefined;
  /** Whether the reader sees who is a member. */
  readonly seesMembers: boolean;
  /** Whether the id is of an account of Daybook's. */
  readonly isDaybooks: boolean;
  /** The end of their membership, if they are no member now. */
  readonly ended: RecordedEvent | undefined;
  readonly lastSignIn: RecordedEvent | undefined;
  /** Made since they joined: the log has each of them, and its end. Undefined if there is no visible member. */
  readonly tokens: readonly OpenToken[] | undefined;
  readonly did: NewestEvents;
  readonly undergone: NewestEvents;
  /** What others reported about an account of Daybook's. */
  readonly reported: NewestEvents;
}

/** How many events are read: their addresses are counted. */
const mostRead = 100;
const mostUndergone = 5;
const mostReported = 10;
/** Making and removing tokens is read to its beginning, this many events at a time: newer events never hide a token that works. */
const tokensAtOnce = 1_000;

type PersonEvents = Parameters<Web["services"]["search"]["events"]>[1];
type WantedEvents = NonNullable<PersonEvents["wanted"]>;

/** Reads it. `id` as events have it. */
export async function knownPerson(
  web: Web,
  { organization, place, may }: VisiblePage,
  id: string,
): Promise<PersonKnown> {
  const { people, search } = web.services;
  const key = `user:${id}`;
  const isDaybooks = isDaybooksParty(key);
  const [seesMembers, seesTeams] = [may("members:read"), may("teams:read")];
  const newest = async (
    limit: number,
    request: Pick<PersonEvents, "filter" | "wanted">,
  ): Promise<NewestEvents> => {
    const { events, next } = await search.events(organization, { ...request, cursor: undefined, limit });
    return { events, hasOlder: next !== null };
  };
  const all = async (filter: PersonEvents["filter"]): Promise<readonly RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await search.events(organization, { filter, cursor, limit: tokensAtOnce });
      events.push(...page.events);
      if (page.next === null) return events;
      cursor = page.next;
    }
  };
  // the history of an account is what Daybook did, whatever others report of it
  const own = isDaybooks ? { recordedBy: "daybook" as const } : {};
  const ofOwn = async (limit: number, filter: PersonEvents["filter"]): Promise<readonly RecordedEvent[]> =>
    isDaybooks ? (await newest(limit, { filter: { ...own, ...filter } })).events : [];
  const member = seesMembers ? await memberOf(() => people.member(place, id)) : undefined;
  const [did, undergone, reported, [lastSignIn], [joinedOrLeft], ofTokens, teams] = await Promise.all([
    newest(mostRead, { filter: { ...own, actors: [key] } }),
    newest(mostUndergone, { filter: { ...own, targets: [key] }, wanted: notBy(key) }),
    isDaybooks
      ? newest(mostReported, { filter: { recordedBy: "others" }, wanted: by(key) })
      : Promise.resolve(none),
    ofOwn(1, { actors: [key], types: ["SIGN_IN"], outcomes: ["success"] }),
    ofOwn(1, { targets: [key], types: ["ACCEPT_ORG_MEMBER_INVITE", left] }),
    member === undefined || !isDaybooks
      ? []
      : all({ ...own, targets: [key], types: tokenTypes, from: member.joinedAt }),
    member === undefined || !seesTeams ? undefined : people.teamsOf(place, member),
  ]);
  const hasLeft = member === undefined && joinedOrLeft?.type === left;
  return {
    ...{ key, id, member, teams, seesMembers, isDaybooks, did, undergone, reported, lastSignIn },
    ended: hasLeft ? joinedOrLeft : undefined,
    tokens: member === undefined ? undefined : openTokensOf(ofTokens, Date.now()),
  };
}

const left = "REMOVE_ORGANIZATION_MEMBER";
const tokenTypes = ["PERSONAL_TOKEN_ADDED", "PERSONAL_TOKEN_REMOVED"];
const none: NewestEvents = { events: [], hasOlder: false };

/** What someone does to themselves is among what they did. */
const notBy = (key: string): WantedEvents => ({ all: [], none: [], noneOf: [{ kind: "actor", value: key }] });
const by = (key: string): WantedEvents => ({
  all: [],
  none: [],
  anyOf: [
    [
      { kind: "actor", value: key },
      { kind: "target", value: key },
    ],
  ],
});

async function memberOf(read: () => Promise<Member>): Promise<Member | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DaybookError && error.code === "member-not-found") return undefined;
    throw error;
  }
}
