/** Examples of tags. */
import type { Examples } from "../example.ts";
import { Tag } from "./tag.tsx";

export const tags: Examples = {
  component: "Tag",
  examples: [
    { name: "grey", shown: <Tag>Expired</Tag> },
    { name: "green", shown: <Tag colour="green">Active</Tag> },
    { name: "red", shown: <Tag colour="red">Revoked</Tag> },
    { name: "yellow", shown: <Tag colour="yellow">Expires soon</Tag> },
    { name: "blue", shown: <Tag colour="blue">New</Tag> },
  ],
};
