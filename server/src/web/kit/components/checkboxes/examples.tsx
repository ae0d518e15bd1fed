/** Examples of checkboxes. */
import type { Examples } from "../example.ts";
import { Checkboxes } from "./checkboxes.tsx";

const choices = [
  { value: "events:write", text: "Record events" },
  { value: "events:read", text: "Read events", hint: "All of the organization's log" },
  { value: "audit-log:download", text: "Download the audit log" },
];

export const checkboxes: Examples = {
  component: "Checkboxes",
  examples: [
    {
      name: "default",
      shown: <Checkboxes name="scopes" label="Scopes" choices={choices} values={["events:write"]} />,
    },
    {
      name: "with a hint and an error",
      shown: (
        <Checkboxes
          name="scopes-wrong"
          label="Scopes"
          hint="What the client may do"
          error="Select at least one scope"
          choices={choices}
        />
      ),
    },
  ],
};
