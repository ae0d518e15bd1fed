/** The error of one field, above it (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";
import { marked } from "../marked-text/marked-text.tsx";

interface ErrorMessageProps {
  readonly id: string;
  readonly children: ComponentChildren;
}

export const ErrorMessage = ({ id, children }: ErrorMessageProps): VNode => (
  <p id={id} class="govuk-error-message">
    <span class="govuk-visually-hidden">Error:</span>{" "}
    {typeof children === "string" ? marked(children) : children}
  </p>
);
