/** Event types about saved views. Only the server writes them. No event has the name or the search of a view of one's own. */
import { choice, identifier, list, members, text, yesNo } from "./data-schema.ts";
import { anne, type Definition, define } from "./define.ts";
import type { CardRow, DataSchema, EventType, Variant } from "./event-type.ts";

const some = list(text(4096), 50);

/** The search of a shared view, as the page's parameters. */
const search: DataSchema = members({
  "q?": text(4096),
  "type?": some,
  "actor?": some,
  "target?": some,
  "outcome?": list(choice("success", "denied", "failed"), 50),
  "recordedBy?": some,
  "from?": text(64),
  "to?": text(64),
  "period?": choice("24h", "7d", "30d", "90d"),
  "layout?": choice("cards", "table"),
});

const view = { viewId: identifier, forEveryone: yesNo, "userId?": identifier, "view?": text(512) };

/** The target has the name. */
const searchRows: readonly CardRow[] = [
  { label: "Search", path: "/data/search/q", format: "text" },
  { label: "Types", path: "/data/search/type", format: "text" },
  { label: "Actors", path: "/data/search/actor", format: "text" },
  { label: "Targets", path: "/data/search/target", format: "text" },
  { label: "Outcomes", path: "/data/search/outcome", format: "text" },
  { label: "Recorded by", path: "/data/search/recordedBy", format: "text" },
  { label: "From", path: "/data/search/from", format: "text" },
  { label: "Until", path: "/data/search/to", format: "text" },
  { label: "Period", path: "/data/search/period", format: "text" },
  { label: "Layout", path: "/data/search/layout", format: "text" },
];

const seenByAll: CardRow = { label: "Shared", path: "/data/forEveryone", format: "yes-no" };

/** The labels of changes: of the name, and of each parameter. */
const labels: EventType["labels"] = Object.fromEntries([
  ["/name", "Name"],
  ...searchRows.map(({ label, path }) => [path.slice("/data".length), label]),
]);

const ofOneself = { path: "/data/forEveryone", is: false } as const;
const isChange = { path: "/data/how", is: "CHANGED" } as const;

const variants: readonly Variant[] = [
  {
    when: [ofOneself, isChange],
    title: "Own view changed",
    refusedTitle: "Tried to change an own view",
    sentence: "{actor} changed a view of their own",
    refusedSentence: "{actor} tried to change a view of their own",
  },
  {
    when: [ofOneself],
    title: "Own view saved",
    refusedTitle: "Tried to save an own view",
    sentence: "{actor} saved a view of their own",
    refusedSentence: "{actor} tried to save a view of their own",
  },
  {
    when: [isChange],
    title: "View changed",
    refusedTitle: "Tried to change a view",
    sentence: "{actor} changed view {target}",
    refusedSentence: "{actor} tried to change view {target}",
  },
];

const example = {
  actor: anne,
  targets: [{ type: "view", id: "view_4", name: "Refused today" }],
};

const ofView = (words: Omit<Definition, "about" | "firstTarget" | "writer">): EventType =>
  define({ about: "log", firstTarget: ["view"], writer: "server", ...words });

/** The types about saved views. */
export const viewTypes: readonly EventType[] = [
  ofView({
    name: "VIEW_SAVED",
    title: "View saved",
    refusedTitle: "Tried to save a view",
    sentence: "{actor} saved view {target}",
    refusedSentence: "{actor} tried to save view {target}",
    variants,
    description:
      "Someone saved a search of this log under a name, or changed one. The name and the search are absent for a view of one's own, which only its person sees.",
    operation: "update",
    data: members({ ...view, how: choice("ADDED", "CHANGED"), "search?": search }),
    card: [...searchRows, seenByAll],
    labels,
    // what someone searches for can be a person
    personal: { changes: Object.keys(labels).filter((path) => path !== "/name"), data: ["/search"] },
    example: {
      ...example,
      data: {
        viewId: "view_4",
        forEveryone: true,
        view: "Refused today",
        how: "ADDED",
        search: { q: "-outcome:success", period: "24h" },
      },
    },
  }),
  ofView({
    name: "VIEW_REMOVED",
    title: "View deleted",
    refusedTitle: "Tried to delete a view",
    sentence: "{actor} deleted view {target}",
    refusedSentence: "{actor} tried to delete view {target}",
    variants: [
      {
        when: [ofOneself],
        title: "Own view deleted",
        refusedTitle: "Tried to delete an own view",
        sentence: "{actor} deleted a view of their own",
        refusedSentence: "{actor} tried to delete a view of their own",
      },
    ],
    description: "Someone deleted a saved view. The events that it found remain.",
    operation: "delete",
    data: members(view),
    card: [seenByAll],
    example: { ...example, data: { viewId: "view_4", forEveryone: true, view: "Refused today" } },
  }),
];
