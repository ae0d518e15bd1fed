/** The kinds of searches that are measured, over the events of `events.ts`. */

/** What questions are made from. */
export interface SearchSubjects {
  readonly actors: number;
  readonly apis: number;
  /** Digests of some events. */
  readonly digests: readonly string[];
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

/** Searches by filters. */
export const filterKinds: readonly SearchKind[] = [
  ...filters.map(({ name, ask }) => ({ name: `by ${name}`, ask })),
  ...filtersWithWords.map(({ name, ask }) => ({
    name: `by ${name}, with a common word that rarely meets it`,
    ask,
  })),
];
