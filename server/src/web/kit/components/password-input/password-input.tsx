/** A password field, which the server never fills in and whose island can show the password (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { describedBy, type FieldProps, FormGroup } from "../form-group/form-group.tsx";

export interface PasswordInputProps extends FieldProps {
  readonly autocomplete?: "current-password" | "new-password" | undefined;
}

export const PasswordInput = ({
  name,
  label,
  hint,
  error,
  id = name,
  autocomplete = "current-password",
}: PasswordInputProps): VNode => (
  <FormGroup {...{ name, label, id, error }} hint={hint} classes=" govuk-password-input">
    <div class="govuk-input__wrapper govuk-password-input__wrapper" data-island="password">
      <input
        class={`govuk-input govuk-password-input__input${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        name={name}
        type="password"
        spellcheck={false}
        aria-describedby={describedBy({ hint, error }, id)}
        autocomplete={autocomplete}
        autocapitalize="none"
      />
      <PasswordToggle id={id} />
    </div>
  </FormGroup>
);

/** The island shows it: without a script, it would have no effect. */
const PasswordToggle = ({ id }: { readonly id: string }): VNode => (
  <button
    type="button"
    class="govuk-button govuk-button--secondary govuk-password-input__toggle"
    aria-controls={id}
    aria-label="Show password"
    hidden
  >
    Show
  </button>
);
