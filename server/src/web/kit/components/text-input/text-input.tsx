/** One line of text (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { describedBy, type FieldProps, FormGroup } from "../form-group/form-group.tsx";
import { inPlainText } from "../marked-text/plain-text.ts";

/** A suggested value, and its name. */
export interface Suggestion {
  readonly value: string;
  readonly label?: string | undefined;
}

export interface TextInputProps extends FieldProps {
  readonly value?: string | undefined;
  readonly type?: "text" | "email" | "url" | "search" | undefined;
  readonly autocomplete?: string | undefined;
  readonly inputmode?: "numeric" | "email" | "url" | "search" | undefined;
  readonly spellcheck?: boolean | undefined;
  /** In characters, approximately; default: the full width. */
  readonly width?: 2 | 4 | 10 | 20 | undefined;
  /** Some of the existing values; others can be typed. */
  readonly suggestions?: readonly Suggestion[] | undefined;
}

export const TextInput = ({
  name,
  label,
  hint,
  error,
  id = name,
  width,
  type = "text",
  spellcheck,
  suggestions = [],
  ...attributes
}: TextInputProps): VNode => (
  <FormGroup {...{ name, label, id }} hint={hint} error={error}>
    <input
      class={`govuk-input${error === undefined ? "" : " govuk-input--error"}${width === undefined ? "" : ` govuk-input--width-${width}`}`}
      id={id}
      name={name}
      type={type as "text"}
      spellcheck={spellcheck === undefined ? undefined : spellcheck}
      aria-describedby={describedBy({ hint, error }, id)}
      list={suggestions.length === 0 ? undefined : `${id}-suggestions`}
      {...(attributes as object)}
    />
    {suggestions.length > 0 && (
      <datalist id={`${id}-suggestions`}>
        {suggestions.map((each) => (
          <option value={each.value} label={each.label && inPlainText(each.label)} />
        ))}
      </datalist>
    )}
  </FormGroup>
);
