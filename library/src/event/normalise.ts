/** The whole way of an event from what was read to its slots. */
import { type CheckContext, checkEvent } from "./check-event.ts";
import type { JsonObject, NormalEvent } from "./event.ts";
import { settle } from "./settle.ts";
import { splitPersonal } from "./split-personal.ts";

/**
 * Checks an event, settles it and splits what is personal: `checkEvent`, `settle`, `splitPersonal`. The schema of `data` is
 * not checked; a server checks it after `checkEvent`. Throws what they throw.
 */
export function normalise(event: JsonObject, context: CheckContext): NormalEvent {
  const checked = checkEvent(event, context);
  return splitPersonal(settle(checked, checked.rules), checked.rules);
}
