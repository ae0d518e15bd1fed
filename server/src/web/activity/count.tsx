/** How many events match, below the list: "26–50 of 1,240". The list doesn't wait for it. */
import { formatTime, parseTime, type RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { LaterPart } from "../kit/components/later-part/later-part.tsx";
import { withPart } from "./neighbours.ts";
import type { Question } from "./question.ts";

/** What a page shows of its list. */
interface ShownPlace {
  /** The number of its events. */
  readonly shown: number;
  /** Its first one; undefined on the newest page. */
  readonly first: { readonly id: string; readonly occurredAt: bigint } | undefined;
}

interface CountOptions {
  readonly services: Pick<RequestServices, "search" | "access">;
  readonly organization: RequestOrganization | undefined;
  readonly place: ShownPlace;
}

type EventTotal = Awaited<ReturnType<RequestServices["search"]["total"]>>;

function totalOf(
  { filter, wanted, organizations }: Question,
  { services: { search, access }, organization, place: { first } }: CountOptions,
): Promise<EventTotal> {
  const request = { filter, wanted, organizations, first };
  return organization === undefined
    ? search.allTotal(access.everything, request)
    : search.total(organization, request);
}

const placeOf = ({ cursor }: Question, events: readonly RecordedEvent[]): ShownPlace => {
  const [first] = events;
  const isNewest = cursor === undefined || first === undefined;
  return {
    shown: events.length,
    first: isNewest ? undefined : { id: first.id, occurredAt: occurredAtOf(first) },
  };
};

/** The place in the address of the part, which has no events itself. */
function readPlace({ typed: { shown = "", first = "" } }: Question): ShownPlace {
  const [time = "", id = ""] = first.split("_");
  const occurredAt = parseTime(time);
  return {
    shown: /^\d{1,3}$/.test(shown) ? Number(shown) : 0,
    first: occurredAt === undefined ? undefined : { id, occurredAt },
  };
}

/** The part alone. */
export async function countPart(question: Question, of: Omit<CountOptions, "place">): Promise<VNode> {
  const place = readPlace(question);
  return <EventCount total={await totalOf(question, { ...of, place })} place={place} />;
}

interface EventCountProps {
  readonly total: EventTotal;
  readonly place: ShownPlace;
}

const EventCount = ({ total: { count, isLeast, newer }, place: { shown } }: EventCountProps): VNode => {
  const all = `${isLeast ? "at least " : ""}${inDigits(count)}`;
  const isRange = newer !== undefined && shown > 0 && newer + shown <= count;
  return (
    <p class="db-part db-quiet">
      {isRange
        ? `${inDigits(newer + 1)}–${inDigits(newer + shown)} of ${all}`
        : `${isLeast ? "At least " : ""}${inDigits(count)} ${count === 1 ? "event" : "events"}`}
    </p>
  );
};

const inDigits = (count: number): string => count.toLocaleString("en-GB");

interface ListedEvents extends Omit<CountOptions, "place"> {
  readonly path: string;
  readonly events: readonly RecordedEvent[];
  /** Whether there are older events. */
  readonly hasOlder: boolean;
}

/** Known without counting if the page has all; otherwise it is counted later, or for a page that has this part. */
export async function countOf(question: Question, listed: ListedEvents): Promise<VNode | null> {
  const { path, events, hasOlder } = listed;
  const place = placeOf(question, events);
  const { shown, first } = place;
  if (shown === 0) return null;
  const isWhole = !hasOlder && question.cursor === undefined;
  if (isWhole) return EventCount({ total: { count: shown, isLeast: false, newer: undefined }, place });
  if (question.with === "count")
    return EventCount({ total: await totalOf(question, { ...listed, place }), place });
  const start =
    first === undefined ? [] : [["first", `${formatTime(first.occurredAt)}_${first.id}`] as const];
  const href = withPart(path, question, ["count", [["shown", String(shown)], ...start]]);
  return LaterPart({ name: "count", href, children: "Count all events" });
}
