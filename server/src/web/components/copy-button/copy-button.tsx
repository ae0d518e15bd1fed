/** A text to take along, with a button that copies it: the island shows the button; without it, one click selects the text. */
import type { VNode } from "preact";

interface CopyButtonProps {
  readonly text: string;
  /** What it is, as in "Copy token". */
  readonly what: string;
}

export const CopyButton = ({ text, what }: CopyButtonProps): VNode => (
  <div class="db-copy" data-island="copy">
    <code class="db-copy__text">{text}</code>
    <button type="button" class="govuk-button govuk-button--secondary db-button--small" hidden>
      Copy<span class="govuk-visually-hidden"> {what}</span>
    </button>
    <span class="govuk-visually-hidden" role="status" />
  </div>
);
