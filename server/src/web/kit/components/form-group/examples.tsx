/** Examples of form groups: around a field without a component of its own, and around several fields. */
import type { Examples } from "../example.ts";
import { describedBy, Fieldset, FormGroup } from "./form-group.tsx";

const days = { hint: "Like 30", error: "Enter a number of days" };

export const formGroups: Examples = {
  component: "Form group",
  examples: [
    {
      name: "a field with a hint and an error",
      shown: (
        <FormGroup name="group-days" label="Days" {...days}>
          <input
            class="govuk-input govuk-input--width-4 govuk-input--error"
            id="group-days"
            name="group-days"
            aria-describedby={describedBy(days, "group-days")}
          />
        </FormGroup>
      ),
    },
    {
      name: "several fields under one question",
      shown: (
        <Fieldset name="group-span" label="From which hour to which?" hint="Like 9 and 17">
          <div class="govuk-input__wrapper">
            {["first", "last"].map((each) => (
              <input
                class="govuk-input govuk-input--width-2"
                name={`group-${each}`}
                aria-label={`The ${each} hour`}
              />
            ))}
          </div>
        </Fieldset>
      ),
    },
  ],
};
