/** The whole way of an event from what was read to its slots. */
import { type CheckContext, checkEvent } from "./check-event.ts";
import type { JsonObject, NormalEvent } from "./event.ts";
import { splitPersonal } from "./split-personal.ts";

/**
 * Checks an event and splits what is personal: `checkEvent`, then `splitPersonal`. The schema of `data` is not checked;
 * a server checks it between the two. Throws what they throw.
 */
export function normalise(event: JsonObject, context: CheckContext): NormalEvent {
  const checked = checkEvent(event, context);
  return splitPersonal(checked, checked.rules);
}
