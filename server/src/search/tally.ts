/** Counts the values of events. Texts of slots that are the same are read once. */
import type { Outcome } from "daybook/internal";
import {
  isDaybooksWord,
  type ListedParty,
  type PartyKind,
  partiesIn,
  partySlots,
  type SlotText,
} from "./party-names.ts";

/** A value with the number of its events. */
export interface Tallied {
  readonly value: string;
  readonly label: string;
  readonly events: number;
}

interface TalliedValue {
  label: string | undefined;
  events: number;
}

/** The values of one kind. */
export class ValueTally {
  readonly #values = new Map<string, TalliedValue>();

  /** Counts one event. The first label counts. */
  add(value: string, label?: string): void {
    const known = this.#values.get(value);
    if (known === undefined) this.#values.set(value, { label, events: 1 });
    else {
      known.events++;
      known.label ??= label;
    }
  }

  /** The most frequent ones; `labelOf`: the label of a value that has none. */
  top(most: number, labelOf: (value: string) => string = (value) => value): Tallied[] {
    return [...this.#values]
      .sort(([a, one], [b, other]) => other.events - one.events || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([value, { label = labelOf(value), events }]) => ({ value, label, events }));
  }
}

/** An event to count. */
interface TalliedEvent {
  readonly type: string;
  readonly outcome: Outcome;
  readonly text: SlotText;
}

/** The values of events. */
export class EventTally {
  readonly actors: ValueTally = new ValueTally();
  readonly targets: ValueTally = new ValueTally();
  readonly types: ValueTally = new ValueTally();
  readonly outcomes: ValueTally = new ValueTally();
  readonly addresses: ValueTally = new ValueTally();
  events = 0;
  readonly #hasAddresses: boolean;
  /** The parties of each kind, and whether a recorder is Daybook, by the texts that say so. */
  readonly #parties: Readonly<Record<PartyKind, Map<string, readonly ListedParty[]>>> = {
    actor: new Map(),
    target: new Map(),
  };
  readonly #isOwn = new Map<string, boolean>();

  constructor({ hasAddresses }: { readonly hasAddresses: boolean }) {
    this.#hasAddresses = hasAddresses;
  }

  add({ type, outcome, text }: TalliedEvent): void {
    this.events++;
    this.types.add(type);
    this.outcomes.add(outcome);
    const isOwn = this.#isDaybooks(text);
    this.#addParties(this.actors, "actor", { text, isOwn });
    this.#addParties(this.targets, "target", { text, isOwn });
    if (!this.#hasAddresses) return;
    const { ip } = JSON.parse(text("context") ?? "{}") as { readonly ip?: string };
    if (ip !== undefined) this.addresses.add(ip);
  }

  #isDaybooks(text: SlotText): boolean {
    const json = text("recordedBy") ?? "";
    let isOwn = this.#isOwn.get(json);
    if (isOwn === undefined) {
      isOwn = isDaybooksWord(text);
      this.#isOwn.set(json, isOwn);
    }
    return isOwn;
  }

  #addParties(
    tally: ValueTally,
    kind: PartyKind,
    { text, isOwn }: { readonly text: SlotText; readonly isOwn: boolean },
  ): void {
    const [slot, personal] = partySlots[kind];
    const key = `${isOwn} ${text(slot) ?? ""} ${text(personal) ?? ""}`;
    let parties = this.#parties[kind].get(key);
    if (parties === undefined) {
      const each = new Map(partiesIn(kind, text, isOwn).map((party) => [party.value, party]));
      parties = [...each.values()];
      this.#parties[kind].set(key, parties);
    }
    for (const { value, label, isTrusted } of parties) tally.add(value, isTrusted ? label : undefined);
  }
}
