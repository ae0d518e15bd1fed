/** A date as day, month and year (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { type FieldProps, Fieldset } from "../form-group/form-group.tsx";

/** The typed values. */
export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export interface DateInputProps extends FieldProps {
  readonly value?: TypedDate | undefined;
  /** Which of the three are wrong; default: all. */
  readonly wrong?: readonly (keyof TypedDate)[] | undefined;
}

const parts = [
  { part: "day", label: "Day", width: 2 },
  { part: "month", label: "Month", width: 2 },
  { part: "year", label: "Year", width: 4 },
] as const;

/** The fields have the names `<name>-day`, `-month` and `-year`. */
export const DateInput = ({ value, wrong, ...field }: DateInputProps): VNode => {
  const { name, error, id = name } = field;
  const isWrong = (part: keyof TypedDate): boolean =>
    error !== undefined && (wrong === undefined || wrong.includes(part));
  return (
    <Fieldset {...field} role="group">
      <div class="govuk-date-input" id={id}>
        {parts.map(({ part, label, width }) => (
          <div class="govuk-date-input__item">
            <div class="govuk-form-group">
              <label class="govuk-label govuk-date-input__label" for={`${id}-${part}`}>
                {label}
              </label>
              <input
                class={`govuk-input govuk-date-input__input govuk-input--width-${width}${isWrong(part) ? " govuk-input--error" : ""}`}
                id={`${id}-${part}`}
                name={`${name}-${part}`}
                type="text"
                inputmode="numeric"
                value={value?.[part]}
              />
            </div>
          </div>
        ))}
      </div>
    </Fieldset>
  );
};
