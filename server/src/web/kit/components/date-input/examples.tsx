/** Examples of date inputs. */
import type { Examples } from "../example.ts";
import { DateInput } from "./date-input.tsx";

export const dateInputs: Examples = {
  component: "Date input",
  examples: [
    {
      name: "default",
      shown: <DateInput name="expires" label="Expiry date" hint="For example, 31 3 2027" />,
    },
    {
      name: "with an error",
      shown: (
        <DateInput
          name="expires-wrong"
          label="Expiry date"
          error="Expiry date must include a year"
          value={{ day: "31", month: "3", year: "" }}
          wrong={["year"]}
        />
      ),
    },
  ],
};
