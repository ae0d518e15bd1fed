/** The common parts of all fields: label, hint, error, and how they are connected for screen readers. */
import type { ComponentChildren, VNode } from "preact";
import { ErrorMessage } from "../error-message/error-message.tsx";

/** The texts of a field. Its id is its name, so that the error summary can link to it. */
export interface FieldProps {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** Its error; undefined if there is none. */
  readonly error?: string | undefined;
  /** If it differs from the name. */
  readonly id?: string | undefined;
}

/** The `aria-describedby` of a field: its hint and its error, if it has them. */
export const describedBy = (
  { hint, error }: Pick<FieldProps, "hint" | "error">,
  id: string,
): string | undefined =>
  [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`]
    .filter((each) => each !== "")
    .join(" ") || undefined;

interface FormGroupProps extends FieldProps {
  readonly children: ComponentChildren;
  /** Additional classes of the group. */
  readonly classes?: string | undefined;
}

/** Label, hint and error above a field. */
export const FormGroup = ({ classes = "", children, ...field }: FormGroupProps): VNode => {
  const { name, label, id = name } = field;
  return (
    <div class={`govuk-form-group${field.error === undefined ? "" : " govuk-form-group--error"}${classes}`}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      <HintAndError {...field} id={id} />
      {children}
    </div>
  );
};

/** The hint and the error of a field or of a group of them. */
const HintAndError = ({
  id,
  hint,
  error,
}: Pick<FieldProps, "hint" | "error"> & { readonly id: string }): VNode => (
  <>
    {hint !== undefined && (
      <div id={`${id}-hint`} class="govuk-hint">
        {hint}
      </div>
    )}
    {error !== undefined && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
  </>
);

/** Several fields under one question: radios, checkboxes, a date. */
export const Fieldset = ({
  children,
  role,
  ...field
}: FormGroupProps & { readonly role?: "group" }): VNode => {
  const { name, label, id = name } = field;
  return (
    <div class={`govuk-form-group${field.error === undefined ? "" : " govuk-form-group--error"}`}>
      <fieldset class="govuk-fieldset" role={role} aria-describedby={describedBy(field, id)}>
        <legend class="govuk-fieldset__legend">{label}</legend>
        <HintAndError {...field} id={id} />
        {children}
      </fieldset>
    </div>
  );
};
