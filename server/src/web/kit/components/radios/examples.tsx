/** Examples of radios. */
import type { Examples } from "../example.ts";
import { Radios } from "./radios.tsx";

const choices = [
  { value: "OWNER", text: "Owner", hint: "Does everything, and downloads the log" },
  { value: "AUDITOR", text: "Auditor", hint: "Reads, downloads and verifies everything, changes nothing" },
  { value: "DESIGNER", text: "Designer" },
];
const themes = [
  { value: "auto", text: "Same as the system" },
  { value: "light", text: "Light" },
  { value: "dark", text: "Dark" },
];

export const radios: Examples = {
  component: "Radios",
  examples: [
    {
      name: "with hints",
      shown: <Radios name="role-radios" label="Role" choices={choices} value="AUDITOR" />,
    },
    { name: "inline", shown: <Radios name="theme" label="Theme" choices={themes} value="dark" inline /> },
    {
      name: "with an error",
      shown: (
        <Radios
          name="role-wrong"
          label="Role"
          hint="Of the new member"
          error="Select a role"
          choices={choices}
        />
      ),
    },
  ],
};
