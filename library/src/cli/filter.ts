/** The options that filter events, for `search` and `export`. */
import type { EventFilter } from "../client/index.ts";
import { outcomes } from "../event/index.ts";
import { type OptionTable, type ReadOptions, textOf, textsOf, usage } from "./options.ts";
import { searchHelp, searchOf, searchOptions } from "./search-options.ts";

export const filterOptions: OptionTable = {
  type: { type: "string", multiple: true },
  actor: { type: "string", multiple: true },
  target: { type: "string", multiple: true },
  outcome: { type: "string", multiple: true },
  "recorded-by": { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  ...searchOptions,
};

export const filterHelp: string = `  --type TYPE          only this event type; repeat the option for any of several types
  --actor TYPE:ID      only events of this actor, e.g. user:u_17
  --target TYPE:ID     only events on this target, e.g. api_client:client_9
  --outcome OUTCOME    success, denied or failed
  --recorded-by WHOM   daybook: only what Daybook did itself; others: only what others reported; or a recorder, as
                       api_client:client_9
  --from TIME          only events since this time: RFC 3339, a date, or 30m, 24h, 7d or 2w ago
  --to TIME            only events before this time; a date includes that day
${searchHelp}`;

/** The filter of the options. Throws `usage-invalid` for an unknown outcome. */
export function filterOf({ values, positionals }: ReadOptions): EventFilter {
  const outcome = textsOf(values, "outcome")?.map((text) => {
    const found = outcomes.find((each) => each === text);
    if (!found) throw usage(`--outcome takes ${outcomes.join(", ")}.`);
    return found;
  });
  const all = {
    type: textsOf(values, "type"),
    actor: textsOf(values, "actor"),
    target: textsOf(values, "target"),
    outcome,
    recordedBy: textOf(values, "recorded-by"),
    from: textOf(values, "from"),
    to: textOf(values, "to"),
    ...searchOf(values, positionals),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
