/**
 * A text to take along, with a button that copies it: the island shows the button, and says what came of it. Without it, one click
 * selects the text.
 */
import type { ComponentChildren, VNode } from "preact";

interface CopyButtonProps {
  readonly text: string;
  /** What it is, as in "Copy token". */
  readonly what: string;
}

/** For the address of the page: without the script there is nothing, for browsers have that themselves. */
export const CopyLink = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <span data-island="copy">
    <button type="button" class="govuk-button govuk-button--secondary db-button--small" hidden>
      {children}
    </button>
    <span class="db-copy__status govuk-visually-hidden" role="status" />
  </span>
);

export const CopyButton = ({ text, what }: CopyButtonProps): VNode => (
  <div class="db-copy" data-island="copy">
    <code class="db-copy__text">{text}</code>
    <button type="button" class="govuk-button govuk-button--secondary db-button--small" hidden>
      Copy<span class="govuk-visually-hidden"> {what}</span>
    </button>
    <span class="db-copy__status govuk-visually-hidden" role="status" />
  </div>
);
