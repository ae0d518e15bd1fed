/** Several choices (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { type FieldProps, Fieldset } from "../form-group/form-group.tsx";
import { ChoiceItem, choiceId, type RadioChoice } from "../radios/choice.tsx";

export interface CheckboxesProps extends FieldProps {
  readonly choices: readonly RadioChoice[];
  readonly values?: readonly string[] | undefined;
}

export const Checkboxes = ({ choices, values = [], ...field }: CheckboxesProps): VNode => (
  <Fieldset {...field}>
    <div class="govuk-checkboxes">
      {choices.map((choice, at) => (
        <ChoiceItem
          of="checkboxes"
          {...choice}
          name={field.name}
          id={choiceId(field.id ?? field.name, at)}
          checked={values.includes(choice.value)}
        />
      ))}
    </div>
  </Fieldset>
);
