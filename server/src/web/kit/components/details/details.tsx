/** Folded content that few readers need (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";

interface DetailsProps {
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
  readonly open?: boolean | undefined;
}

export const Details = ({ summary, children, open = false }: DetailsProps): VNode => (
  <details class="govuk-details" open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
);
