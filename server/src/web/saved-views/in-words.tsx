/** The search of a saved view in words, for lists and confirmations. */
import type { SavedSearch } from "daybook/internal";
import type { ComponentChildren } from "preact";
import { MarkedText } from "../kit/components/marked-text/marked-text.tsx";
import { filtersOf } from "./search-address.ts";

const filterNames: Readonly<Record<string, string>> = {
  type: "Type",
  actor: "Actor",
  target: "Target",
  outcome: "Outcome",
  recordedBy: "Recorded by",
  from: "From",
  to: "Until",
};
export const periodChoices: readonly { readonly value: string; readonly text: string }[] = [
  { value: "", text: "Any time" },
  { value: "24h", text: "Last 24 hours" },
  { value: "7d", text: "Last 7 days" },
  { value: "30d", text: "Last 30 days" },
  { value: "90d", text: "Last 90 days" },
];

/** One filter, such as "Actor: user:u_17". */
export const filterText = (name: string, value: string): string => `${filterNames[name] ?? name}: ${value}`;

/** The whole search in one line. */
export function inWords(search: SavedSearch): ComponentChildren {
  const { q, period, layout } = search;
  const parts = [
    ...(q === undefined ? [] : [q]),
    ...filtersOf(search).map(([name, value]) => filterText(name, value)),
    ...periodChoices.filter(({ value }) => value !== "" && value === period).map(({ text }) => text),
    ...(layout === "table" ? ["Table"] : []),
  ];
  return parts.length === 0 ? "All events" : <MarkedText text={parts.join(" · ")} />;
}
