/** The actors and targets of stored events, as lists show them: parties of Daybook's have the name that Daybook gave, not that of others. */
import { partyName } from "daybook/catalogue";
import { isDaybooksParty, partyKey, type RecordedBy, type SlotName, sourceOf } from "daybook/internal";
import type { WalkedSlot } from "../store/contract/pages.ts";

/** The JSON of a slot; undefined if the event has none, or it was erased. */
export type SlotText = (slot: SlotName) => string | undefined;

export type PartyKind = "actor" | "target";

export interface ListedParty {
  /** `type:id` */
  readonly value: string;
  readonly label: string;
  /** The email address, or the id of a party with a name. */
  readonly detail?: string;
  /** Name, email address and id as the event has them. */
  readonly texts: readonly string[];
  /** Whether the label is the word of the one whose party it is. */
  readonly isTrusted: boolean;
}

/** The slots that `partiesIn` reads. */
export const partySlots: Readonly<Record<PartyKind, readonly [SlotName, SlotName]>> = {
  actor: ["actor", "actorPersonal"],
  target: ["targets", "targetsPersonal"],
};

/** The texts of slots in memory. */
export const textsIn =
  (slots: Partial<Record<SlotName, WalkedSlot>>): SlotText =>
  (name) => {
    const slot = slots[name];
    return slot !== undefined && "json" in slot ? slot.json : undefined;
  };

/** Whether Daybook did the event itself. */
export function isDaybooksWord(text: SlotText): boolean {
  const json = text("recordedBy");
  return json !== undefined && sourceOf({ recordedBy: JSON.parse(json) as RecordedBy }) === "daybook";
}

interface SlotParty {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
}

/** The actor of an event, or its targets. */
export function partiesIn(
  kind: PartyKind,
  text: SlotText,
  isOwn: boolean = isDaybooksWord(text),
): ListedParty[] {
  const [slot, personalSlot] = partySlots[kind];
  const json = text(slot);
  if (json === undefined) return [];
  const personal = JSON.parse(text(personalSlot) ?? "{}") as Readonly<Record<string, string>>;
  return [JSON.parse(json) as SlotParty | SlotParty[]].flat().map((party, n) => {
    const at = kind === "actor" ? "" : `/${n}`;
    const name = party.name ?? personal[`${at}/name`];
    const email = party.email ?? personal[`${at}/email`];
    return listed({ ...party, ...(name && { name }), ...(email && { email }) }, isOwn);
  });
}

function listed({ type, id, name, email }: SlotParty, isOwn: boolean): ListedParty {
  const value = partyKey({ type, ...(id !== undefined && { id }) });
  const isTrusted = isOwn || !isDaybooksParty(value);
  const texts = [name, email, id].filter((text) => text !== undefined);
  const who = { type, ...(id !== undefined && { id }) };
  if (!isTrusted) return { value, label: partyName(who), texts, isTrusted };
  const detail = email ?? (name === undefined ? undefined : id);
  const label = partyName({ ...who, ...(name !== undefined && { name }) });
  return { value, label, texts, isTrusted, ...(detail !== undefined && { detail }) };
}
