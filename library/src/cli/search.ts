/** `daybook search`: events, newest first. */
import type { Command } from "./command.ts";
import { filterHelp, filterOf, filterOptions } from "./filter.ts";
import { clientOf, wholeOf } from "./options.ts";
import { paintFor } from "./paint.ts";
import { eventText } from "./sentence.ts";

export const search: Command = {
  name: "search",
  summary: "print events, newest first",
  help: `Usage: daybook search [options]

Prints events of the organization, newest first.

${filterHelp}
  -n, --limit N        at most so many events (default 25)
  --all                all of them, whatever --limit says
  --json               one JSON object a line

Examples:
  daybook search
  daybook search --type API_CLIENT_REVOKED --type API_CLIENT_DELETED --from 7d
  daybook search --actor user:u_17 --from 2026-11-01 --to 2026-12-01
  daybook search --target api_client:client_9 --outcome denied --all --json | jq .reason`,
  options: {
    ...filterOptions,
    limit: { type: "string", short: "n" },
    all: { type: "boolean" },
  },
  async run({ values, io, out }) {
    const client = clientOf(values, io);
    const limit = values.all
      ? Number.POSITIVE_INFINITY
      : wholeOf(values, "limit", { min: 1, max: 999_999_999, fallback: 25 });
    const paint = paintFor(io);
    const pageSize = Math.min(limit, 500);
    let printed = 0;
    const found = client.search({ ...filterOf(values), limit: pageSize, signal: out.signal });
    for await (const event of found) {
      await out.line(values.json ? JSON.stringify(event) : eventText(event, paint));
      if (++printed === limit) break;
    }
    if (printed === 0) out.say("No events match.");
    return 0;
  },
};
