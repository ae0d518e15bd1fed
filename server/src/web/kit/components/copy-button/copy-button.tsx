/**
 * A text with a button that copies it: the island shows the button, and announces the result. Without the island, one click selects the
 * text.
 */
import type { ComponentChildren, VNode } from "preact";

interface CopyButtonProps {
  readonly text: string;
  /** The name of the text, as in "Copy token". */
  readonly what: string;
}

/** For the address of the page: without the script it shows nothing, because browsers can copy addresses. */
export const CopyLink = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <span data-island="copy">
    <button type="button" class="govuk-button govuk-button--secondary db-button--small" hidden>
      {children}
    </button>
    <span class="db-copy__status govuk-visually-hidden" role="status" />
  </span>
);

/** Characters of a digest by which people tell it from others. */
const enough = 12;

/** The beginning of a digest, with a button that copies the whole one. */
export const ShortCode = ({ text, what }: CopyButtonProps): VNode => (
  <span data-island="copy">
    <code title={text}>{text.slice(0, enough)}…</code>{" "}
    <button type="button" class="govuk-button db-button--link" hidden>
      Copy<span class="govuk-visually-hidden"> {what}</span>
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
