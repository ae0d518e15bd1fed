/** Several lines of text (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { describedBy, type FieldProps, FormGroup } from "../form-group/form-group.tsx";

export interface TextareaProps extends FieldProps {
  readonly value?: string | undefined;
  /** Visible lines; default 5. */
  readonly rows?: number | undefined;
}

export const Textarea = ({ name, label, hint, error, id = name, value, rows = 5 }: TextareaProps): VNode => (
  <FormGroup {...{ name, label, id }} hint={hint} error={error}>
    <textarea
      class={`govuk-textarea${error === undefined ? "" : " govuk-textarea--error"}`}
      id={id}
      name={name}
      rows={rows}
      aria-describedby={describedBy({ hint, error }, id)}
    >
      {value}
    </textarea>
  </FormGroup>
);
