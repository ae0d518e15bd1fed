/** One radio or checkbox with its label and hint. */
import type { ComponentChildren, VNode } from "preact";

/** One choice. */
export interface RadioChoice {
  readonly value: string;
  readonly text: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly disabled?: boolean | undefined;
}

/** The id of choice n, from 0: the first has the name of the field, so that the error summary finds it. */
export const choiceId = (id: string, at: number): string => (at === 0 ? id : `${id}-${at + 1}`);

interface ChoiceProps extends RadioChoice {
  readonly of: "radios" | "checkboxes";
  readonly id: string;
  readonly name: string;
  readonly checked: boolean;
}

export const ChoiceItem = ({
  of,
  id,
  name,
  value,
  text,
  hint,
  checked,
  disabled = false,
}: ChoiceProps): VNode => (
  <div class={`govuk-${of}__item`}>
    <input
      class={`govuk-${of}__input`}
      id={id}
      name={name}
      type={of === "radios" ? "radio" : "checkbox"}
      value={value}
      checked={checked}
      disabled={disabled}
      aria-describedby={hint === undefined ? undefined : `${id}-item-hint`}
    />
    <label class={`govuk-label govuk-${of}__label`} for={id}>
      {text}
    </label>
    {hint !== undefined && (
      <div id={`${id}-item-hint`} class={`govuk-hint govuk-${of}__hint`}>
        {hint}
      </div>
    )}
  </div>
);
