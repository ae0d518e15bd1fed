/** Examples of selects. */
import type { Examples } from "../example.ts";
import { Select } from "./select.tsx";

const options = [
  { value: "OWNER", text: "Owner" },
  { value: "AUDITOR", text: "Auditor" },
  { value: "CONSUMER", text: "Consumer", disabled: true },
];

export const selects: Examples = {
  component: "Select",
  examples: [
    { name: "default", shown: <Select name="role" label="Role" options={options} value="AUDITOR" /> },
    {
      name: "with a hint and an error",
      shown: (
        <Select
          name="role-2"
          label="Role"
          hint="What they may do here"
          error="Select a role"
          options={options}
        />
      ),
    },
  ],
};
