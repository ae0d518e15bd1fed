/** The texts by which actors, targets and user agents are found: names, email addresses and ids. */
import type { partyKey, SlotName } from "daybook/internal";
import type { WalkedSlot } from "../store/contract/pages.ts";

/** A part of an event with texts that are found as such, and not only among all others. */
export type NamedPart = "actor" | "target" | "userAgent";

type EventSlots = Partial<Record<SlotName, WalkedSlot>>;
type NamedParty = Parameters<typeof partyKey>[0] & { readonly name?: string; readonly email?: string };
/** Personal members by their pointers. */
type Personal = Readonly<Record<string, string>>;

/** The JSON of a slot; undefined if there is none, or it was erased. */
export const jsonOf = (slot: WalkedSlot | undefined): string | undefined =>
  slot === undefined || "digest" in slot ? undefined : slot.json;

function slotValue<T>(slot: WalkedSlot | undefined, absent: T): T {
  const json = jsonOf(slot);
  return json === undefined ? absent : (JSON.parse(json) as T);
}

const textsOf = ({ name, email, id }: NamedParty, personal: Personal, at: string): string[] =>
  [name ?? personal[`${at}/name`], email ?? personal[`${at}/email`], id].filter((text) => text !== undefined);

/** The texts of each part. Erased ones are left out. */
export const namesIn: Readonly<Record<NamedPart, (slots: EventSlots) => string[]>> = {
  actor({ actor, actorPersonal }) {
    const party = slotValue<NamedParty | undefined>(actor, undefined);
    return party === undefined ? [] : textsOf(party, slotValue<Personal>(actorPersonal, {}), "");
  },
  target({ targets, targetsPersonal }) {
    const personal = slotValue<Personal>(targetsPersonal, {});
    return slotValue<NamedParty[]>(targets, []).flatMap((target, n) => textsOf(target, personal, `/${n}`));
  },
  userAgent({ context }) {
    const { userAgent } = slotValue<{ readonly userAgent?: string }>(context, {});
    return userAgent === undefined ? [] : [userAgent];
  },
};
