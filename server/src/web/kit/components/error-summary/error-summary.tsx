/** The errors of a form, at the top of the page, each with a link to its field (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { A } from "../../address/address.tsx";
import { marked } from "../marked-text/marked-text.tsx";

/** One error; `field` is the id of the field to correct, if there is one. */
export interface FieldError {
  readonly field?: string | undefined;
  readonly message: string;
}

interface ErrorSummaryProps {
  readonly errors: readonly FieldError[];
}

/** Renders nothing without errors. Its island focuses it. */
export const ErrorSummary = ({ errors }: ErrorSummaryProps): VNode | null =>
  errors.length === 0 ? null : (
    <div class="govuk-error-summary" data-island="error-summary" tabIndex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">There is a problem</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map(({ field, message }) => (
              <li>{field === undefined ? marked(message) : <A href={`#${field}`}>{marked(message)}</A>}</li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
