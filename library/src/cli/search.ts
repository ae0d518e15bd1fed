/** `daybook search`: events, newest first. */
import type { RecordedEvent } from "../event/index.ts";
import type { Command, Running } from "./command.ts";
import { filterHelp, filterOf, filterOptions } from "./filter.ts";
import { clientOf, type OptionTable, type Values, wholeOf } from "./options.ts";
import { paintFor } from "./paint.ts";
import { languageHelp } from "./search-options.ts";
import { eventText } from "./sentence.ts";

/** The number of events to print. */
export const limitOptions: OptionTable = {
  limit: { type: "string", short: "n" },
  all: { type: "boolean" },
};

export const limitHelp = `  -n, --limit N        print at most N events (default 25)
  --all                print all events, regardless of --limit
  --json               print one JSON object per line`;

/** The number in the options. Throws `usage-invalid`. */
export const limitOf = (values: Values): number =>
  values.all
    ? Number.POSITIVE_INFINITY
    : wholeOf(values, "limit", { min: 1, max: 999_999_999, fallback: 25 });

/** Prints events as they arrive, at most `limit`; says so if there are none. */
export async function printEvents(
  found: AsyncIterable<RecordedEvent>,
  limit: number,
  { values, io, out }: Running,
): Promise<number> {
  const paint = paintFor(io);
  let printed = 0;
  for await (const event of found) {
    await (values.json ? out.json(event) : out.line(eventText(event, paint)));
    if (++printed === limit) break;
  }
  if (printed === 0) out.notice("No events match.");
  return 0;
}

export const search: Command = {
  name: "search",
  summary: "print events, newest first",
  help: `Usage: daybook search [options] [WORD...]

Prints the organization's events, newest first; with a search, only those that it finds.
${languageHelp}

${filterHelp}
${limitHelp}

Examples:
  daybook search
  daybook search --type API_CLIENT_REVOKED --type API_CLIENT_DELETED --from 7d
  daybook search sandbox revoked --from 90d
  daybook search '"register sandbox"' -- -test
  daybook search -q 'actor:"Grace Hopper" type:API_CLIENT_* -outcome:success'
  daybook search --actor user:u_17 --from 2026-11-01 --to 2026-11-30
  daybook search --target api_client:client_9 --outcome denied --all --json | jq .reason`,
  options: { ...filterOptions, ...limitOptions },
  async run(running) {
    const { values, io, out } = running;
    const client = clientOf(values, io);
    const limit = limitOf(values);
    const pageSize = Math.min(limit, 500);
    const found = client.search({ ...filterOf(running), limit: pageSize, signal: out.signal });
    return printEvents(found, limit, running);
  },
};
