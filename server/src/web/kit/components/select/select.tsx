/** One of several choices, folded (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { describedBy, type FieldProps, FormGroup } from "../form-group/form-group.tsx";
import { inPlainText } from "../marked-text/plain-text.ts";

interface Option {
  readonly value: string;
  readonly text: string;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps extends FieldProps {
  readonly options: readonly Option[];
  readonly value?: string | undefined;
}

export const Select = ({ name, label, hint, error, id = name, options, value }: SelectProps): VNode => (
  <FormGroup {...{ name, label, id, error }} hint={hint}>
    <select
      class={`govuk-select${error === undefined ? "" : " govuk-select--error"}`}
      id={id}
      name={name}
      aria-describedby={describedBy({ hint, error }, id)}
    >
      {options.map((option) => (
        <option value={option.value} selected={option.value === value} disabled={option.disabled ?? false}>
          {inPlainText(option.text)}
        </option>
      ))}
    </select>
  </FormGroup>
);
