/** Examples of filters. */
import type { Examples } from "../../kit/components/example.ts";
import { ActivityFilter, type ActivityFilterProps } from "./activity-filter.tsx";

const wrong: Readonly<Record<string, string>> = {
  q: "The search contains no word. Enter a word, or the beginning of one.",
  actor: "Enter an actor as type and id, like user:u_17",
};

const usual: ActivityFilterProps = {
  heading: <h2>Activity</h2>,
  beside: true,
  seesContext: true,
  inAll: true,
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
  typed: {
    q: "-draft",
    type: "invoice.paid",
    outcome: "denied",
    actor: "Anne",
    target: "",
    from: "2026-11-20",
    to: "",
  },
  wrong: (field) => wrong[field],
  kept: [],
  keptInSearch: [],
  suggestions: {
    actor: [{ value: "user:u_17", label: "Anne Wilson" }],
    target: [{ value: "api_client:client_9", label: "Register sandbox" }, { value: "team:t_3" }],
  },
};

export const activityFilters: Examples = {
  component: "Activity filter",
  examples: [
    {
      name: "open, with errors, suggestions and a type of another organization",
      shown: <ActivityFilter {...usual} open />,
    },
  ],
};
