/** Examples of tables. */

import { A } from "../../address/address.tsx";
import type { Examples } from "../example.ts";
import { Tag } from "../tag/tag.tsx";
import { Table } from "./table.tsx";

export const tables: Examples = {
  component: "Table",
  examples: [
    {
      name: "with a caption and numbers",
      shown: (
        <Table
          caption="API clients"
          columns={[
            { title: "Name" },
            { title: "Status" },
            { title: "Expires" },
            { title: "Events", numeric: true },
          ]}
          rows={[
            [<A href="/">Register sandbox</A>, <Tag colour="green">Active</Tag>, "31 May 2027", "12,403"],
            [<A href="/">Old importer</A>, <Tag colour="red">Revoked</Tag>, "1 January 2027", "88"],
          ]}
        />
      ),
    },
    {
      name: "in groups",
      shown: (
        <Table
          caption="Events, newest first"
          captionHidden
          columns={[{ title: "Event" }, { title: "When" }]}
          groups={[
            { title: "Today", rows: [[<A href="/">Team created</A>, "2:22pm"]] },
            { title: "Yesterday", rows: [[<A href="/">API client revoked</A>, "11:03am"]] },
          ]}
        />
      ),
    },
  ],
};
