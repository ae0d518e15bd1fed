/** The end of a flow: the result, as the title of the page (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";

interface PanelProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export const Panel = ({ title, children }: PanelProps): VNode => (
  <div class="govuk-panel govuk-panel--confirmation">
    <h1 class="govuk-panel__title">{title}</h1>
    {children !== undefined && <div class="govuk-panel__body">{children}</div>}
  </div>
);
