/** Normalizes an event: from the JSON value to its slots. */
import { type CheckContext, checkEvent } from "./check-event.ts";
import type { JsonObject, NormalEvent } from "./event.ts";
import { settle } from "./settle.ts";
import { splitPersonal } from "./split-personal.ts";

/**
 * Checks an event, settles it and splits off its personal members: `checkEvent`, `settle`, `splitPersonal`. It doesn't
 * check the schema of `data`; a server does so after `checkEvent`. Throws what these throw.
 */
export function normalise(event: JsonObject, context: CheckContext): NormalEvent {
  const checked = checkEvent(event, context);
  return splitPersonal(settle(checked, checked.rules), checked.rules);
}
