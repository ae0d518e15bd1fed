/** Examples of item lists. */

import { A } from "../../address/address.tsx";
import type { Examples } from "../example.ts";
import { Tag } from "../tag/tag.tsx";
import { ItemList } from "./item-list.tsx";

export const itemLists: Examples = {
  component: "Item list",
  examples: [
    {
      name: "with everything",
      shown: (
        <ItemList
          label="Members"
          items={[
            {
              title: "Anne Wilson",
              note: "anne@acme.example",
              aside: "Owner",
              actions: <A href="/">Change role</A>,
            },
            {
              title: "a.very.long.address.that.has.no.place.to.break@subsidiary.of.a.company.example",
              note: "Until 28 May 2026",
              aside: <Tag colour="blue">Open</Tag>,
              actions: <A href="/">Withdraw</A>,
            },
          ]}
        />
      ),
    },
    { name: "titles only", shown: <ItemList label="Teams" items={[{ title: "Payments" }]} /> },
  ],
};
