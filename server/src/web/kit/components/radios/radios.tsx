/** One of several choices, all visible (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { type FieldProps, Fieldset } from "../form-group/form-group.tsx";
import { ChoiceItem, choiceId, type RadioChoice } from "./choice.tsx";

export interface RadiosProps extends FieldProps {
  readonly choices: readonly RadioChoice[];
  readonly value?: string | undefined;
  readonly inline?: boolean | undefined;
}

export const Radios = ({ choices, value, inline = false, ...field }: RadiosProps): VNode => (
  <Fieldset {...field}>
    <div class={`govuk-radios${inline ? " govuk-radios--inline" : ""}`}>
      {choices.map((choice, at) => (
        <ChoiceItem
          of="radios"
          {...choice}
          name={field.name}
          id={choiceId(field.id ?? field.name, at)}
          checked={choice.value === value}
        />
      ))}
    </div>
  </Fieldset>
);
