/**
 * Writes the events of a page as JSON from bytes: stored texts are copied, and few events become objects. Those that need more than copying
 * are written from their event. Both ways give the same bytes.
 */
import { formatTime, type OrganizationName, type SlotName } from "daybook/internal";
import type { PageEventBytes } from "../store/contract/page-bytes.ts";
import type { PageKey } from "../store/contract/pages.ts";
import { releasing, takeMemory } from "./page-memory.ts";
import { joined, numberedMember, recordedEventText } from "./recorded-event-text.ts";
import { type OrganizationView, visiblePart } from "./visible.ts";

/** The slots of a page, in the order in which an event has them; `context` is the last, so that callers who don't see it read the others. */
const order: readonly SlotName[] = [
  ...(["actor", "actorPersonal", "targets", "targetsPersonal"] as const),
  ...(["changes", "changesPersonal", "data", "dataPersonal"] as const),
  ...(["producer", "reason", "recordedBy", "context"] as const),
];
const withoutContext = order.slice(0, -1);

/** The slots that a page reads as bytes. */
export const pageSlots = ({ context }: OrganizationView): readonly SlotName[] =>
  context ? order : withoutContext;

/** A member with its name before it: where its slot is, and that of its personal members. */
interface CopiedMember {
  readonly slot: SlotName;
  readonly at: number;
  readonly personalAt: number | undefined;
  readonly name: Buffer;
}

const member = (slot: SlotName): CopiedMember => {
  const personalAt = order.indexOf(`${slot}Personal` as SlotName);
  return {
    slot,
    at: 2 * order.indexOf(slot),
    personalAt: personalAt === -1 ? undefined : 2 * personalAt,
    name: Buffer.from(`,"${slot}":`),
  };
};
const members = (["actor", "targets", "changes", "data", "context", "producer", "reason"] as const).map(
  member,
);
const recordedBy = member("recordedBy");

const pageStart = '{"events":[';
const start = Buffer.from(pageStart);
const pageEnd = (rest: object): string => `],${JSON.stringify(rest).slice(1)}`;

/** A page as JSON, in UTF-8. */
export interface JsonPage {
  readonly json: Buffer;
  readonly next: string | null;
  /** Call it when nobody reads `json` any more: another page uses its memory. */
  readonly release?: () => void;
}

/** A page of events that are JSON. */
export const jsonPage = ({
  events,
  ...rest
}: Pick<JsonPage, "next"> & { readonly events: readonly string[] }): JsonPage => ({
  next: rest.next,
  json: Buffer.from(pageStart + events.join(",") + pageEnd(rest)),
});

/** What an event has besides its slots, its type and its organization takes fewer bytes than this. */
const mostBetween = 600;
const comma = 0x2c;
const closing = 0x7d;

function uuidText(bytes: Buffer, start: number): string {
  const id = bytes.toString("hex", start, start + 16);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
}

/** What a page is made of. */
interface PageParts {
  readonly organization: OrganizationName;
  readonly view: OrganizationView;
  readonly limit: number;
  /** The cursor of what follows an event. */
  readonly cursorAfter: (last: PageKey) => string;
}

/** The page of the first `limit` events, with the name that the organization has now. */
export function copiedPage(events: PageEventBytes, parts: PageParts): JsonPage {
  const page = new EventsWriter(events, parts);
  let left = parts.limit;
  while (left > 0 && page.writeNext()) left--;
  const next = left === 0 ? nextOf(events, parts) : null;
  return { next, ...page.end({ next }) };
}

function nextOf(events: PageEventBytes, { cursorAfter }: PageParts): string | null {
  const last = { occurredAt: BigInt(events.occurredAt), seq: BigInt(events.seq), logNo: events.logNo };
  return events.next() ? cursorAfter(last) : null;
}

/** Writes the events of one page. */
class EventsWriter {
  readonly #events: PageEventBytes;
  readonly #view: OrganizationView;
  #organization: OrganizationName;
  #organizationText = "";
  #bytes: Buffer = takeMemory();
  #at: number;

  constructor(events: PageEventBytes, { organization, view }: PageParts) {
    this.#organization = organization;
    this.#view = view;
    this.#events = events;
    this.#at = start.copy(this.#bytes);
  }

  /** The page as JSON, with its other members. */
  end(rest: object): Pick<JsonPage, "json" | "release"> {
    const end = pageEnd(rest);
    this.#makeRoom(3 * end.length);
    this.#text(end);
    return { json: this.#bytes.subarray(0, this.#at), release: releasing(this.#bytes) };
  }

  /** Writes the next event, with the name that the organization has now; false if there is none. */
  writeNext(): boolean {
    if (!this.#events.next()) return false;
    if (this.#at === start.length) this.#name(this.#events.organizationName());
    else this.#bytes[this.#at++] = comma;
    if (this.#isCopied()) this.#copy();
    else this.#make();
    return true;
  }

  #name(name: string): void {
    const { id, slug } = this.#organization;
    this.#organization = { id, slug, name };
    this.#organizationText = JSON.stringify(this.#organization);
  }

  #isCopied(): boolean {
    const { bytes, type, leafHash, isErased } = this.#events;
    return !isErased && !numberedMember.test(bytes.toString("latin1", type, leafHash));
  }

  /** Writes the current event from an object. */
  #make(): void {
    const text = recordedEventText(visiblePart(this.#events.event(), this.#view), this.#organization);
    this.#makeRoom(3 * text.length);
    this.#text(text);
  }

  #copy(): void {
    const events = this.#events;
    const { bytes, id, type, typeEnd, leafHash } = events;
    this.#makeRoom(2 * (leafHash - type) + 3 * this.#organizationText.length + mostBetween);
    this.#text(
      `{"id":"${uuidText(bytes, id)}","type":${JSON.stringify(bytes.toString("utf8", type, typeEnd))},"occurredAt":"${formatTime(BigInt(events.occurredAt))}"`,
    );
    for (const one of members) this.#member(one);
    const hash = bytes.toString("base64", leafHash, leafHash + 32);
    this.#text(
      `,"outcome":"${events.outcome}","organization":${this.#organizationText},"seq":${events.seq},"recordedAt":"${formatTime(BigInt(events.recordedAt))}","leafHash":"${hash}"`,
    );
    this.#member(recordedBy);
    this.#bytes[this.#at++] = closing;
  }

  #member({ slot, at, personalAt, name }: CopiedMember): void {
    const { bytes, slots } = this.#events;
    const start = slots[at] ?? -1;
    if (start === -1) return;
    const end = slots[at + 1]!;
    this.#at += name.copy(this.#bytes, this.#at);
    const personal = personalAt === undefined ? -1 : slots[personalAt]!;
    if (personal === -1) {
      this.#at += bytes.copy(this.#bytes, this.#at, start, end);
      return;
    }
    const json = bytes.toString("utf8", start, end);
    this.#text(joined(slot, json, bytes.toString("utf8", personal, slots[personalAt! + 1]!)));
  }

  #text(text: string): void {
    this.#at += this.#bytes.write(text, this.#at);
  }

  #makeRoom(needed: number): void {
    // and for a comma
    if (this.#at + needed + 1 <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + needed + 1));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
