/** The kinds of searches that are measured, over the events of `events.ts`. */

import { networks } from "./events.ts";

/** What questions are made from. */
export interface SearchSubjects {
  readonly actors: number;
  readonly apis: number;
  /** Digests of some events. */
  readonly digests: readonly string[];
  /** Request ids of some events. */
  readonly requests: readonly string[];
}

/** A question: a query string, and the tsquery that finds its words in the bare index. */
interface SearchQuestion {
  readonly query: string;
  readonly bare?: string;
}

export interface SearchKind {
  readonly name: string;
  readonly ask: (random: () => number, subjects: SearchSubjects) => SearchQuestion;
}

const day = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString().slice(0, 10);

const oneOf = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

/** Searches for words. */
export const wordKinds: readonly SearchKind[] = [
  {
    name: "a word of one event",
    ask: (random, { digests }) => {
      const digest = oneOf(random, digests).slice(0, 40);
      return { query: `q=${digest}`, bare: `'${digest}':*` };
    },
  },
  {
    name: "a rare word",
    ask: (random, { apis }) => {
      const n = Math.floor(random() * apis);
      return { query: `q=service-${n}`, bare: `'service' <-> '-${n}' | 'service-${n}':*` };
    },
  },
  { name: "a common word", ask: () => ({ query: "q=acme", bare: "'acme':*" }) },
  { name: "a word of every event", ask: () => ({ query: "q=person", bare: "'person':*" }) },
  {
    name: "two common words that never meet",
    ask: () => ({ query: "q=acme+sandbox", bare: "'acme':* & 'sandbox':*" }),
  },
  { name: "a word of no event", ask: () => ({ query: "q=nobody", bare: "'nobody':*" }) },
];

const types = ["API_SAVED", "API_LIFECYCLE", "API_CLIENT_UPDATED", "NEW_TEAM_MEMBER"];

/** A filter of each kind, with values that have events and values that have few or none. */
const filters: readonly SearchKind[] = [
  { name: "type", ask: (random) => ({ query: `type=${oneOf(random, types)}` }) },
  {
    name: "actor",
    ask: (random, { actors }) => ({ query: `actor=user:u_${Math.floor(random() * actors)}` }),
  },
  {
    name: "target",
    ask: (random, { apis }) => ({ query: `target=api:api_${Math.floor(random() * apis)}` }),
  },
  { name: "outcome", ask: (random) => ({ query: `outcome=${oneOf(random, ["denied", "failed"])}` }) },
  {
    name: "type and outcome",
    ask: (random) => ({
      query: `type=${oneOf(random, types)}&outcome=${oneOf(random, ["denied", "failed"])}`,
    }),
  },
  {
    name: "actor and type",
    ask: (random, { actors }) => ({
      query: `actor=user:u_${Math.floor(random() * actors)}&type=${oneOf(random, types)}`,
    }),
  },
  {
    name: "recordedBy",
    ask: (random) => ({ query: `recordedBy=${oneOf(random, ["daybook", "others"])}` }),
  },
];

/** The same kinds, each with a common word that is in no event which passes the filter, or in hardly any. */
const filtersWithWords: readonly SearchKind[] = [
  { name: "type", ask: () => ({ query: "type=NEW_TEAM_MEMBER&q=acme" }) },
  {
    // the first tenth of the actors does half of the work
    name: "actor",
    ask: (random, { actors }) => ({
      query: `actor=user:u_${Math.floor((0.1 + 0.9 * random()) * actors)}&q=person.1.example.org`,
    }),
  },
  {
    name: "target",
    ask: (random, { apis }) => ({ query: `target=api:api_${Math.floor(random() * apis)}&q=sandbox` }),
  },
  {
    name: "outcome",
    ask: (random) => ({ query: `outcome=${oneOf(random, ["denied", "failed"])}&q=acme` }),
  },
  { name: "recordedBy", ask: () => ({ query: "recordedBy=daybook&q=acme" }) },
];

const q = (text: string): SearchQuestion => ({ query: `q=${encodeURIComponent(text)}` });
const below = (random: () => number, count: number): number => Math.floor(random() * count);
const address = (random: () => number): string => `ip:10.7.${below(random, networks)}.${below(random, 200)}`;

/** The qualifiers of the search language (spec/search.md), rare and common, alone, together and excluded. */
const qualifiers: readonly SearchKind[] = [
  { name: "ip: an address", ask: (random) => q(address(random)) },
  { name: "ip: a network", ask: (random) => q(`ip:10.7.${below(random, networks)}.0/24`) },
  { name: "ip: and type:", ask: (random) => q(`${address(random)} type:${oneOf(random, types)}`) },
  {
    name: "ip:, type: and -outcome:",
    ask: (random) => q(`${address(random)} type:${oneOf(random, types)} -outcome:denied`),
  },
  { name: "agent: of a fifth of the events", ask: () => q("agent:terraform") },
  { name: "request:", ask: (random, { requests }) => q(`request:${oneOf(random, requests)}`) },
  { name: "changed:", ask: () => q("changed:/name") },
  { name: "type: a group", ask: () => q("type:API_CLIENT_*") },
  { name: "-type:, everything but drafts", ask: () => q("-type:API_SAVED") },
  { name: "-recorded-by:, what every event has", ask: () => q("-recorded-by:others") },
  { name: "actor: a name", ask: (random, { actors }) => q(`actor:"Person ${below(random, actors)}"`) },
  { name: "target: a name", ask: (random, { apis }) => q(`target:service-${below(random, apis)}`) },
  { name: "target: a name that only actors have", ask: () => q("target:person") },
  {
    name: "actor:, type: and after:",
    ask: (random, { actors }) =>
      q(`actor:user:u_${below(random, actors)} type:${oneOf(random, types)} after:${daysAgo(7)}`),
  },
  { name: "outcome: and after:", ask: () => q(`outcome:denied after:${daysAgo(1)}`) },
  {
    name: "after: and before:, a minute",
    ask: (random) => {
      const from = Date.now() - (1 + random() * 80) * day;
      return q(`after:${new Date(from).toISOString()} before:${new Date(from + 60_000).toISOString()}`);
    },
  },
];

/** Searches by filters and qualifiers. */
export const filterKinds: readonly SearchKind[] = [
  ...filters.map(({ name, ask }) => ({ name: `by ${name}`, ask })),
  ...filtersWithWords.map(({ name, ask }) => ({
    name: `by ${name}, with a common word that rarely meets it`,
    ask,
  })),
  ...qualifiers,
];
