/**
 * Events in parts of a limited length: the thread makes a segment of a part in a second or two, however large and different the events are.
 * The server waits while it hands a part to the thread.
 */
import type { IndexedPart } from "./build.ts";

/** The characters of a part. 4,096 usual events have fewer. */
const mostCharacters = 4_000_000;

/** Parts that follow each other, each of at least one event. */
export function* inParts<E extends Pick<IndexedPart, "slots">>(
  events: readonly E[],
): Generator<readonly E[]> {
  let [from, length] = [0, 0];
  for (const [at, event] of events.entries()) {
    const own = charactersOf(event);
    if (at > from && length + own > mostCharacters) {
      yield events.slice(from, at);
      [from, length] = [at, 0];
    }
    length += own;
  }
  yield events.slice(from);
}

function charactersOf({ slots }: Pick<IndexedPart, "slots">): number {
  let length = 0;
  for (const slot of Object.values(slots)) if ("json" in slot) length += slot.json.length;
  return length;
}
