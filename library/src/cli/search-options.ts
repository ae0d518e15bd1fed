/** The options with a search, and where in it an error is. */
import type { Issue } from "../error/index.ts";
import { type OptionTable, type ReadOptions, textOf, type Values } from "./options.ts";
import { printable } from "./paint.ts";

export const searchOptions: OptionTable = {
  query: { type: "string", short: "q" },
  tz: { type: "string" },
};

export const searchHelp = `  -q, --query SEARCH   only events that this search finds, such as 'type:API_CLIENT_* -outcome:success'
  --tz ZONE            the time zone of dates, such as Europe/Berlin (default UTC)`;

/** What a search can have besides words. */
export const languageHelp = `A search has words, each the beginning of one, '"two words"' for a phrase, and qualifiers:
type:API_CLIENT_*  actor:"Grace Hopper"  actor:user:u_17  target:sandbox  outcome:denied  changed:/expiresOn
recorded-by:api_client:c_9  external:evt_1  after:7d  before:2026-11-22  and, for those who may see them,
ip:192.0.2.0/24  agent:curl  request:req_42  correlation:deploy-7
The same qualifier again means either. '-' before a word or a qualifier excludes it: write it within -q, or after --.`;

/** The search in the option and the other words of a command. */
export function searchText({ values, positionals }: ReadOptions): string | undefined {
  const text = [textOf(values, "query") ?? "", ...positionals].join(" ").trim();
  return text === "" ? undefined : text;
}

/** The same, and the zone of its dates. */
export function searchOf(
  values: Values,
  positionals: readonly string[],
): { readonly q: string | undefined; readonly tz: string | undefined } {
  return { q: searchText({ values, positionals }), tz: textOf(values, "tz") };
}

/** How much of a long search is shown around a place, in characters. */
const around = 60;

/** Two lines: the search, and a caret under each column of the place in it. Undefined if the issue has no place in a search. */
export function caretOf(text: string, { pointer, place }: Issue): string | undefined {
  const characters = [...text];
  if (pointer !== "/q" || place === undefined || place.start >= characters.length) return undefined;
  const { start, end } = place;
  const part = (from: number, to: number): string => printable(characters.slice(from, to).join(""));
  const first = Math.max(0, start - around);
  const before = `${first > 0 ? "…" : ""}${part(first, start)}`;
  const at = part(start, end);
  const after = `${part(end, end + around)}${end + around < characters.length ? "…" : ""}`;
  return `  ${before}${at}${after}\n  ${" ".repeat(columns(before))}${"^".repeat(Math.max(1, columns(at)))}`;
}

const marks = /\p{M}|\p{Cf}/u;
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;

/** How many columns a text has on most terminals. */
const columns = (text: string): number =>
  [...text].reduce((sum, one) => sum + (marks.test(one) ? 0 : wide.test(one) ? 2 : 1), 0);
