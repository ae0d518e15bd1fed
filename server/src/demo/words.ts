/** The printed text of the demo: its sources, what is made up, the number of events by type, and how to look at them. */
import type { EventInput } from "daybook/internal";
import { madeUpMark, madeUpWords } from "./made-up.ts";
import type { DemoOrganization } from "./organizations.ts";
import { register } from "./register.ts";
import { demoDays } from "./timeline.ts";

/** The result for one organization. */
export interface Loaded {
  readonly organization: DemoOrganization;
  readonly events: readonly EventInput[];
  /** The number of events recorded now; the others were already there. */
  readonly recorded: number;
}

function byType(all: readonly Loaded[]): string[] {
  const counts = new Map<string, number>();
  for (const { events } of all) for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `${String(count).padStart(6)}  ${type}`);
}

/** How to reach the server. */
export interface Reach {
  readonly url: string;
  /** The page of the demo. */
  readonly page: string;
  /** The file with the operator token; undefined if the configuration has the token. */
  readonly tokenFile: string | undefined;
  /** The file with the set-up link; undefined if an account exists, or no server runs. */
  readonly setUpLink: string | undefined;
  /** The command that starts the server; absent if it is running. */
  readonly start?: string;
}

/** What to do before opening the page. */
function before({ start, setUpLink }: Reach): string {
  if (start !== undefined) return `Start the server with '${start}', then open:`;
  if (setUpLink !== undefined) return `Create the first account with the link in ${setUpLink}, then open:`;
  return "Sign in and open:";
}

/** A text quoted as one word of a shell command. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The lines, in order. */
export function wordsOf(all: readonly Loaded[], sources: readonly string[], reach: Reach): string[] {
  const { url, tokenFile, page } = reach;
  const recorded = all.reduce((sum, loaded) => sum + loaded.recorded, 0);
  const total = all.reduce((sum, { events }) => sum + events.length, 0);
  const madeUp = all.flatMap(({ events }) => events.filter(({ reason }) => reason?.startsWith(madeUpMark)));
  const slug = all.find(({ events }) => events.length > 0)?.organization.slug ?? "";
  return [
    `The demo: ${total} events, ${recorded} of them recorded now, ${total - recorded} there already.`,
    `Made of real data by others: ${sources.join(", and ")}, re-dated over the ${demoDays} days before the demo was first loaded.`,
    `Made up, wholly or in part: ${madeUp.length} events, whose reason begins with "${madeUpMark.trim()}":`,
    ...madeUpWords.map((words) => `  - ${words}`),
    "Organizations:",
    ...all.map(
      ({ organization, events }) =>
        `${String(events.length).padStart(6)}  ${organization.slug.padEnd(16)} ${organization.name}`,
    ),
    `${register.slug} also has API clients on this server: added, renamed, and one revoked.`,
    "Events by type:",
    ...byType(all),
    "To ask for them:",
    `  export DAYBOOK_URL=${url} DAYBOOK_TOKEN="$${tokenFile === undefined ? "DAYBOOK_OPERATOR_TOKEN" : `(cat ${quoted(tokenFile)})`}"`,
    `  curl -H "Authorization: Bearer $DAYBOOK_TOKEN" '${url}/v1/organizations/${slug}/events?limit=5'`,
    `  curl -H "Authorization: Bearer $DAYBOOK_TOKEN" '${url}/v1/organizations/${slug}/audit-log.csv'`,
    `  npx daybook search --org ${slug} --type API_CLIENT_UPDATED`,
    `  npx daybook tail --org ${slug}`,
    before(reach),
    `  ${page}`,
  ];
}
