/** The events of a download that a search asks for: each event of the walk is looked at. */
import type { SlotName } from "daybook/internal";
import type { WalkedEvent } from "../store/contract/pages.ts";
import type { ByteWalkQuery } from "../store/contract/walks.ts";
import type { Reads } from "../store/store.ts";

/** How many events are looked at between two turns of the event loop. */
const atOnce = 200;

/** The wanted events of a walk, with the slots of the walk. */
export async function* wantedEvents(
  reads: Pick<Reads, "walk">,
  { slots: wantedSlots, ...walk }: ByteWalkQuery,
  isWanted: (event: WalkedEvent) => boolean,
): AsyncGenerator<WalkedEvent, void> {
  let looked = 0;
  for await (const events of reads.walk({ ...walk, leafHash: true }))
    for (const event of events) {
      if (++looked % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      if (!isWanted(event)) continue;
      const slots = Object.entries(event.slots).filter(
        ([name, slot]) => "digest" in slot || wantedSlots.includes(name as SlotName),
      );
      yield { ...event, slots: Object.fromEntries(slots) };
    }
}
