/** Examples of summary lists and cards. */

import { A } from "../../address/address.tsx";
import type { Examples } from "../example.ts";
import { Tag } from "../tag/tag.tsx";
import { SummaryCard, SummaryList } from "./summary-list.tsx";

const rows = [
  { key: "Client name", value: "Register sandbox" },
  { key: "Expiry date", value: "31 May 2027" },
];

export const summaryLists: Examples = {
  component: "Summary list",
  examples: [
    { name: "default", shown: <SummaryList rows={rows} /> },
    {
      name: "with actions",
      shown: (
        <SummaryList
          rows={[
            {
              key: "Name",
              value: "Anne Wilson",
              actions: [{ text: "Change", hidden: "name", href: "/account/name" }],
            },
            { key: "Email address", value: "anne@acme.example" },
            {
              key: "Token",
              value: <Tag colour="green">Active</Tag>,
              actions: [
                { text: "Rotate", hidden: "token", href: "/" },
                { text: "Revoke", hidden: "token", href: "/" },
              ],
            },
          ]}
        />
      ),
    },
    {
      name: "with buttons of a form",
      shown: (
        <SummaryList
          rows={[
            {
              key: "Client name",
              value: "Register sandbox",
              actions: [{ text: "Change", hidden: "client name", name: "step", value: "change" }],
            },
          ]}
        />
      ),
    },
    { name: "card", shown: <SummaryCard title="Register sandbox" rows={rows} /> },
    {
      name: "card with a link and actions",
      shown: (
        <SummaryCard
          title={
            <A href="/">
              A name that is as long as names of API clients may be, and a little longer than one line
            </A>
          }
          rows={rows}
          actions={[{ text: "Permalink", hidden: "to this event", href: "/" }]}
        />
      ),
    },
  ],
};
