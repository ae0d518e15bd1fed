/**
 * What becomes of a checked event before it is split into slots (spec/event.md): changes get their labels, and what is
 * secret is hidden. The step comes after the schema check of `data`, which sees the event as it was sent.
 */

import type { CheckedEvent } from "./check-event.ts";
import type { Change, TypeRules } from "./event.ts";
import { isMarked } from "./marks.ts";

/** The event as it is kept. Alters nothing of what it was given. */
export function settle(checked: CheckedEvent, rules: TypeRules): CheckedEvent {
  return checked.changes === undefined
    ? checked
    : { ...checked, changes: settleChanges(checked.changes, rules) };
}

/** The catalogue's label before the producer's, secret values dropped. */
function settleChanges(changes: readonly Change[], rules: TypeRules): Change[] {
  return changes.map((change) => {
    const label = Object.hasOwn(rules.labels, change.path) ? rules.labels[change.path] : change.label;
    const kept: Change = label === undefined ? { path: change.path } : { path: change.path, label };
    if (isMarked(change.path, rules.secret.changes)) kept.hidden = true;
    else {
      if (change.from !== undefined) kept.from = change.from;
      if (change.to !== undefined) kept.to = change.to;
    }
    return kept;
  });
}
