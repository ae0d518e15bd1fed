/** Filters of activity as they are used. */
import type { Examples } from "../example.ts";
import { ActivityFilter, type ActivityFilterProps } from "./activity-filter.tsx";

const usual: ActivityFilterProps = {
  action: "/gallery",
  periods: [
    { text: "Any time", href: "/", current: true },
    { text: "24 hours", href: "/", current: false },
  ],
  views: [
    { text: "Cards", href: "/", current: true },
    { text: "Table", href: "/", current: false },
  ],
  types: [{ about: "API clients", types: [{ name: "API_CLIENT_ADDED", title: "API client added" }] }],
  typed: { type: "", outcome: "denied", actor: "Anne", target: "", from: "2026-11-20", to: "" },
  wrong: (field) => (field === "actor" ? "Enter an actor as type and id, like user:u_17" : undefined),
  kept: [],
  keptInSearch: [],
};

export const activityFilters: Examples = {
  component: "Activity filter",
  examples: [{ name: "open, with an error", shown: <ActivityFilter {...usual} open /> }],
};
