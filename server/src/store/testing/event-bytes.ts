/** Events as bytes, made from objects: for tests of what reads them without a database. */
import type { Outcome, SlotName } from "daybook/internal";
import type { PageEventBytes } from "../contract/page-bytes.ts";
import type { HashedEvent, WalkedEvent } from "../contract/pages.ts";
import type { EventBytes, WalkQuery, WalkReads } from "../contract/walks.ts";

export class SampleEventBytes implements EventBytes {
  bytes: Buffer = Buffer.alloc(0);
  id = 0;
  type = 0;
  typeEnd = 0;
  readonly slots: Int32Array;
  #at = -1;
  readonly #events: readonly WalkedEvent[];
  readonly #names: readonly SlotName[];

  constructor(events: readonly WalkedEvent[], names: readonly SlotName[]) {
    this.#events = events;
    this.#names = names;
    this.slots = new Int32Array(2 * names.length);
  }

  next(): boolean {
    this.#at++;
    if (this.#at >= this.#events.length) return false;
    const { id, type } = this.event();
    const parts = [Buffer.from(id.replaceAll("-", ""), "hex"), Buffer.from(type)];
    this.type = this.id + 16;
    this.typeEnd = this.type + parts[1]!.length;
    let end = this.typeEnd;
    this.#names.forEach((name, index) => {
      const json = this.#jsonOf(name);
      this.slots.fill(-1, 2 * index, 2 * index + 2);
      if (json === undefined) return;
      parts.push(Buffer.from(json));
      this.slots[2 * index] = end;
      end += parts.at(-1)!.length;
      this.slots[2 * index + 1] = end;
    });
    this.bytes = Buffer.concat(parts);
    return true;
  }

  event(): WalkedEvent {
    return this.#events[this.#at]!;
  }

  get logNo(): number {
    return this.event().logNo;
  }

  get seq(): number {
    return Number(this.event().seq);
  }

  get occurredAt(): number {
    return Number(this.event().occurredAt);
  }

  get recordedAt(): number {
    return Number(this.event().recordedAt);
  }

  get outcome(): Outcome {
    return this.event().outcome;
  }

  get isErased(): boolean {
    return Object.values(this.event().slots).some((slot) => "digest" in slot);
  }

  #jsonOf(name: SlotName): string | undefined {
    const slot = this.event().slots[name];
    return slot === undefined || "digest" in slot ? undefined : slot.json;
  }
}

/** The events of a page of an organization with that name. */
export class SamplePage extends SampleEventBytes implements PageEventBytes {
  leafHash = 0;
  readonly #name: string;

  constructor(events: readonly HashedEvent[], names: readonly SlotName[], organizationName: string) {
    super(events, names);
    this.#name = organizationName;
  }

  override next(): boolean {
    if (!super.next()) return false;
    this.leafHash = this.bytes.length;
    this.bytes = Buffer.concat([this.bytes, this.event().leafHash]);
    return true;
  }

  override event(): HashedEvent {
    return super.event() as HashedEvent;
  }

  organizationName(): string {
    return this.#name;
  }
}

/** Both walks of a store over the events of one, in place of those of the database. */
export function walksOver(walk: (query: WalkQuery) => AsyncIterable<WalkedEvent[]>): WalkReads {
  return {
    walk,
    async *walkBytes(query) {
      for await (const events of walk(query)) yield new SampleEventBytes(events, query.slots);
    },
  };
}
