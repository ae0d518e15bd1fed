/** What a list has most, beside or below it: each value leads to the list with one more filter. */
import type { VNode } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import { printSearch } from "../../search/index.ts";
import type { RequestServices } from "../../services.ts";
import { addressOf, withValue, withValues } from "../base/parameters.ts";
import { Breakdown, type BreakdownKind } from "../kit/components/breakdown/breakdown.tsx";
import { LaterPart } from "../kit/components/later-part/later-part.tsx";
import { named } from "../kit/components/marked-text/name.tsx";
import { withPart } from "./neighbours.ts";
import type { Question } from "./question.ts";

interface BrokenDownList {
  readonly services: Pick<RequestServices, "search" | "eventTypes">;
  readonly organization: RequestOrganization;
  /** The address of the list. */
  readonly path: string;
}

type EventBreakdown = Awaited<ReturnType<RequestServices["search"]["breakdown"]>>;

/** The part alone. */
export async function breakdownPart(
  question: Question,
  { services, organization, path }: BrokenDownList,
): Promise<VNode> {
  const { filter, wanted, organizations } = question;
  const types = await services.eventTypes.list(organization.organizationId);
  const broken = await services.search.breakdown(organization, { filter, wanted, organizations, types });
  const { events, complete } = broken;
  const count = events.toLocaleString("en-GB");
  const of = complete
    ? events === 1
      ? "Of 1 event"
      : `Of all ${count} events`
    : `Of the newest ${count} events`;
  return <Breakdown of={of} kinds={kindsOf(broken, { question, path })} />;
}

/** Where it comes later; for a page that has this part, the part. */
export const breakdownOf = async (question: Question, list: BrokenDownList): Promise<VNode> =>
  question.with === "breakdown"
    ? breakdownPart(question, list)
    : LaterPart({
        name: "breakdown",
        href: withPart(list.path, question, ["breakdown"]),
        children: "Break these events down",
      });

interface NarrowedList {
  readonly question: Question;
  readonly path: string;
}

function kindsOf(
  broken: EventBreakdown,
  { question: { given, about }, path }: NarrowedList,
): BreakdownKind[] {
  const narrowed = (name: string) => (value: string) => addressOf(path, withValue(given, name, value));
  const kind = (
    title: string,
    values: EventBreakdown["types"],
    hrefOf: (value: string) => string,
  ): BreakdownKind => ({
    title,
    values: values.map(({ value, label, events }) => ({
      label: named(label),
      count: events,
      href: hrefOf(value),
    })),
  });
  const party = (name: "actor" | "target", title: string): BreakdownKind[] =>
    about?.name === name ? [] : [kind(title, broken[`${name}s`], narrowed(name))];
  return [
    ...party("actor", "Top actors"),
    kind("Top types", broken.types, narrowed("type")),
    ...party("target", "Top targets"),
    kind("Outcomes", broken.outcomes, narrowed("outcome")),
    kind("Top addresses", broken.addresses ?? [], (ip) => {
      const [q = ""] = given.get("q") ?? [];
      const asked = printSearch([{ isExcluded: false, name: "ip", value: ip, isQuoted: false }]);
      return addressOf(path, withValues(given, "q", [`${q} ${asked}`.trim()]));
    }),
  ];
}
