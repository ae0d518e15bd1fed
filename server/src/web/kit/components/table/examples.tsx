/** Examples of tables. */

import { A } from "../../address/address.tsx";
import { LinkButton } from "../button/button.tsx";
import type { Examples } from "../example.ts";
import { Tag } from "../tag/tag.tsx";
import { actionsColumn, RowActions, Table } from "./table.tsx";

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
    {
      name: "with actions, whose rows stack in a narrow window",
      shown: (
        <Table
          caption="Members"
          stacks
          columns={[{ title: "Name" }, { title: "Role", label: "Role" }, actionsColumn]}
          rows={["Anne Wilson", "Odo Marsh"].map((name) => [
            name,
            "Auditor",
            <RowActions>
              <LinkButton href="/" kind="secondary" size="small">
                Change role
              </LinkButton>
              <LinkButton href="/" kind="secondary" size="small">
                {name === "Odo Marsh" ? "Remove" : "Leave"}
              </LinkButton>
            </RowActions>,
          ])}
        />
      ),
    },
  ],
};
