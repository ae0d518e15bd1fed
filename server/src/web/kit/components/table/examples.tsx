/** Examples of tables. */
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
            [<a href="/">Register sandbox</a>, <Tag colour="green">Active</Tag>, "31 May 2027", "12,403"],
            [<a href="/">Old importer</a>, <Tag colour="red">Revoked</Tag>, "1 January 2027", "88"],
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
            { title: "Today", rows: [[<a href="/">Team created</a>, "2:22pm"]] },
            { title: "Yesterday", rows: [[<a href="/">API client revoked</a>, "11:03am"]] },
          ]}
        />
      ),
    },
  ],
};
