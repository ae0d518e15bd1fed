/** The options that choose events, as `search` and `tail` take them. */
import type { EventFilter } from "../client/index.ts";
import { outcomes, sources } from "../event/index.ts";
import { type OptionTable, textsOf, timeOf, usage, type Values, wordOf } from "./options.ts";

export const filterOptions: OptionTable = {
  type: { type: "string", multiple: true },
  actor: { type: "string", multiple: true },
  target: { type: "string", multiple: true },
  outcome: { type: "string", multiple: true },
  "recorded-by": { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
};

export const filterHelp = `  --type TYPE          only this event type; repeat it for "one of them"
  --actor TYPE:ID      only what this actor did, e.g. user:u_17
  --target TYPE:ID     only what was done to this target, e.g. api_client:client_9
  --outcome OUTCOME    success, denied or failed
  --recorded-by WHOM   daybook: only what Daybook did and saw itself; others: only what others reported
  --from TIME          since then: RFC 3339, a date, or 30m, 24h, 7d (ago)
  --to TIME            until then (not included)`;

/** The filter of the options. Throws `usage-invalid` for an outcome that there is not. */
export function filterOf(values: Values): EventFilter {
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
    recordedBy: wordOf(values, "recorded-by", sources),
    from: timeOf(values, "from"),
    to: timeOf(values, "to"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
