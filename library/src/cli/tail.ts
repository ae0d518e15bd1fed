/** `daybook tail`: prints the newest events, then follows the log. */
import type { Daybook, FollowedEvent } from "../client/index.ts";
import type { RecordedEvent } from "../event/index.ts";
import type { Command } from "./command.ts";
import type { Output } from "./io.ts";
import { clientOf, textOf, usage, wholeOf } from "./options.ts";
import { paintFor } from "./paint.ts";
import { languageHelp, searchHelp, searchOf, searchOptions } from "./search-options.ts";
import { eventText } from "./sentence.ts";

type Print = (event: RecordedEvent) => Promise<void>;

/** How many of the newest events to print, of which search. */
interface Newest {
  readonly count: number;
  readonly search: ReturnType<typeof searchOf>;
}

/**
 * Prints the newest `count` events, oldest first, then follows. The follow starts before the newest events are read, so none is missed;
 * events in both are printed once.
 */
async function newestThenFollow(
  client: Daybook,
  newest: Newest,
  { out, print, followed }: { out: Output; print: Print; followed: (one: FollowedEvent) => Promise<void> },
): Promise<void> {
  const { count, search } = newest;
  const own = new AbortController();
  const signal = AbortSignal.any([out.signal, own.signal]);
  let opened: () => void = () => undefined;
  const stands = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const coming = client.follow({
    ...search,
    after: "latest",
    signal,
    onOpen: () => opened(),
    onInterruption: (error) => out.notice(`${error.message} Connecting again.`),
  });
  const first = coming.next();
  first.catch(() => opened());
  await stands;
  const seen = new Set<string>();
  try {
    if (count > 0 && !signal.aborted) {
      const { events } = await client.search({ ...search, limit: count, signal }).page();
      for (const event of events.reverse()) {
        seen.add(event.id);
        await print(event);
      }
    }
    for (let next = await first; !next.done; next = await coming.next())
      if (!seen.delete(next.value.event.id)) await followed(next.value);
  } finally {
    // an open connection would keep the process alive
    own.abort();
  }
}

export const tail: Command = {
  name: "tail",
  summary: "print the newest events, then follow the log",
  help: `Usage: daybook tail [options] [WORD...]

Prints the newest events, then each new event as it is recorded, in log order, until Ctrl-C. If the connection breaks,
the command reconnects without skipping or repeating an event. With a search, prints only events that it finds.
${languageHelp}

  -n, --lines N        print N events before following (default 10, at most 1000)
  --after POSITION     start after this position, without the newest events
  --from-start         start with the first event of the log
${searchHelp}
  --json               print one JSON object per line

When the command ends, it prints the position from which you can continue.

Examples:
  daybook tail
  daybook tail -n 0 --json | jq -r .type
  daybook tail outcome:denied type:API_CLIENT_*
  daybook tail --after bq3x5zn6cq2lplmu4rtj2yjduu:41:9f86d081884c7d65`,
  options: {
    lines: { type: "string", short: "n" },
    after: { type: "string" },
    "from-start": { type: "boolean" },
    ...searchOptions,
  },
  async run({ values, positionals, io, out }) {
    const client = clientOf(values, io);
    const after = textOf(values, "after");
    if (after !== undefined && values["from-start"]) throw usage("Give --after or --from-start, not both.");
    const count = wholeOf(values, "lines", { min: 0, max: 1000, fallback: 10 });
    const search = searchOf(values, positionals);
    const paint = paintFor(io);
    const print: Print = (event) => (values.json ? out.json(event) : out.line(eventText(event, paint)));
    let position: string | undefined;
    const followed = async (one: FollowedEvent): Promise<void> => {
      await print(one.event);
      position = one.position;
    };
    try {
      if (after === undefined && !values["from-start"])
        await newestThenFollow(client, { count, search }, { out, print, followed });
      else {
        const onInterruption = (error: Error): void => out.notice(`${error.message} Connecting again.`);
        const options = {
          ...search,
          ...(after === undefined ? {} : { after }),
          signal: out.signal,
          onInterruption,
        };
        for await (const one of client.follow(options)) await followed(one);
      }
    } finally {
      if (position !== undefined) out.notice(`To continue from here: daybook tail --after ${position}`);
    }
    return 0;
  },
};
