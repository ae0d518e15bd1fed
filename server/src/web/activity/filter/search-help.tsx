/** What the search box takes, by example. spec/search.md has all of it. */
import type { VNode } from "preact";

export interface SearchHelpProps {
  /** Whether the reader sees where requests come from. */
  readonly seesContext: boolean;
  /** Whether the list has the events of all organizations. */
  readonly inAll: boolean;
}

type HelpLine = readonly [example: string, words: string];

const always: readonly HelpLine[] = [
  ['"expiry date"', "These words side by side"],
  ["type:API_CLIENT_*", "Types that begin so"],
  ['actor:"Grace Hopper"', "Who did it, by name, email address or id"],
  ["target:payments", "What it was done to"],
  ["changed:/name", "What changed"],
  ["-outcome:success", "What was refused or failed: a minus excludes"],
  ["recorded-by:others", "What others recorded"],
  ["after:7d", "The last seven days; m, h, d and w"],
  ["after:2026-11-20 before:2026-11-23", "A time, as days or to the second"],
];
const ofContext: readonly HelpLine[] = [
  ["ip:192.0.2.0/24", "Where it came from"],
  ["agent:curl", "The program that asked"],
  ["request:req_17", "Everything of one request"],
];
const ofAll: HelpLine = ["org:acme", "One organization"];

export const SearchHelp = ({ seesContext, inAll }: SearchHelpProps): VNode => {
  const lines = [...always, ...(seesContext ? ofContext : []), ...(inAll ? [ofAll] : [])];
  return (
    <section class="db-search-help" aria-labelledby="search-help">
      <h2 id="search-help">In the search box you can write</h2>
      <ul>
        {lines.map(([example, words]) => (
          <li>
            <code>{example}</code> {words}
          </li>
        ))}
      </ul>
      <p>The same name twice means either of both. Everything else must hold together.</p>
    </section>
  );
};
