/**
 * Everything that can be wrong with a search: the rest of a sentence that begins with the search, and what to do about it. spec/search.md lists
 * them.
 */
import type { QualifierName, TermPlace } from "./search-terms.ts";

export interface SearchFault {
  readonly wrong: string;
  readonly remedy: string;
  /** Undefined if it is about the whole search. */
  readonly at?: TermPlace | undefined;
}

/** The limits of a search. Characters are Unicode code points. */
export const most: { readonly characters: number; readonly words: number; readonly qualifiers: number } = {
  characters: 1_000,
  words: 16,
  qualifiers: 50,
};

export type FaultText = Omit<SearchFault, "at">;

/** About the search as a whole. */
export const wholeFaults: Readonly<
  Record<"long" | "words" | "qualifiers" | "noWord" | "backwards", FaultText>
> = {
  long: {
    wrong: `has more than ${most.characters.toLocaleString("en-GB")} characters.`,
    remedy: "Look for less at once.",
  },
  words: { wrong: `has more than ${most.words} words.`, remedy: "Look for fewer words." },
  qualifiers: {
    wrong: `has more than ${most.qualifiers} qualifiers.`,
    remedy: "Look for less at once.",
  },
  noWord: { wrong: "contains no word.", remedy: "Enter a word, or the beginning of one." },
  backwards: {
    wrong: "ends before it begins.",
    remedy: "Choose a 'before:' that is later than 'after:'. A date alone is that whole day.",
  },
};

/** How the value of each qualifier is written. */
const forms: Readonly<Record<QualifierName, string>> = {
  type: "Write it like type:API_CLIENT_REVOKED, or type:API_CLIENT_* for all that begin so.",
  actor: 'Write it like actor:"Grace Hopper", actor:grace or actor:user:u_17.',
  target: 'Write it like target:"Register sandbox" or target:api_client:c_9.',
  outcome: "Write outcome:success, outcome:denied or outcome:failed.",
  changed: "Write the path as events have it, like changed:/expiresOn.",
  "recorded-by":
    "Write recorded-by:daybook, recorded-by:others, or recorded-by:api_client:c_9 for one client.",
  external: "Write it like external:evt_1NG8.",
  ip: "Write it like ip:192.0.2.17, or ip:192.0.2.0/24 for a network.",
  agent: "Write it like agent:curl.",
  request: "Write it like request:req_42.",
  correlation: "Write it like correlation:deploy-7.",
  org: "Write the short name of the organization, like org:acme.",
  after:
    "Write it like after:2026-11-20, after:2026-11-20T14:30:00Z, or after:7d for the last seven days (m, h, d, w).",
  before:
    "Write it like before:2026-11-22, which includes that day, before:2026-11-22T14:30:00Z, or before:1h.",
};

export type QualifierFault =
  | "noValue"
  | "unclosed"
  | "quote"
  | "afterQuote"
  | "value"
  | "star"
  | "comma"
  | "noWord"
  | "bareType"
  | "excludedTime"
  | "twice";

/** What is wrong with a qualifier. */
export const faultOf = (name: QualifierName, fault: QualifierFault): FaultText => texts[fault](name);

const texts: Readonly<Record<QualifierFault, (name: QualifierName) => FaultText>> = {
  noValue: (name) => ({
    wrong: `has no value for '${name}:'.`,
    remedy: `Leave no space after the colon. ${forms[name]}`,
  }),
  unclosed: (name) => ({
    wrong: `has a quotation mark after '${name}:' that is not closed.`,
    remedy: "Add one at the end of the value.",
  }),
  quote: (name) => ({
    wrong: `has a quotation mark within the value for '${name}:'.`,
    remedy: `Put the whole value in quotation marks. Within them, write \\" for one.`,
  }),
  afterQuote: (name) => ({
    wrong: `goes on after the quotation mark that ends the value for '${name}:'.`,
    remedy: `Leave a space there. Within quotation marks, write \\" for one.`,
  }),
  value: (name) => ({ wrong: `has an invalid value for '${name}:'.`, remedy: forms[name] }),
  star: (name) => ({
    wrong: `has a '*' in the value for '${name}:' that is not at its end.`,
    remedy: "Write the beginning, then '*', like type:API_CLIENT_*.",
  }),
  comma: (name) => ({
    wrong: `has several values for one '${name}:'.`,
    remedy: `Repeat the qualifier: '${name}:A ${name}:B' finds both.`,
  }),
  noWord: (name) => ({ wrong: `has no letter or digit in the value for '${name}:'.`, remedy: forms[name] }),
  bareType: (name) => ({
    wrong: `has a type of actor for '${name}:', without an id.`,
    remedy: `Write ${name}:user:u_17 for one, ${name}:system: for those without an id, or put a name in quotation marks.`,
  }),
  excludedTime: (name) => ({
    wrong: `excludes '${name}:', which is a time.`,
    remedy: name === "after" ? "Write before: instead." : "Write after: instead.",
  }),
  twice: (name) => ({ wrong: `has '${name}:' more than once.`, remedy: "Write it once." }),
};
