/** A warning before an act that can't be undone (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";

export const WarningText = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <div class="govuk-warning-text">
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">Warning</span> {children}
    </strong>
  </div>
);
