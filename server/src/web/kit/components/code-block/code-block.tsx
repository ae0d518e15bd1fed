/** Several lines of code in a scrollable box, with a button that copies them (the copy island). */
import type { VNode } from "preact";

interface CodeBlockProps {
  readonly text: string;
  /** The name of the content, as in "Copy JSON". */
  readonly what: string;
}

export const CodeBlock = ({ text, what }: CodeBlockProps): VNode => (
  <div class="db-code" data-island="copy">
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
    {/* biome-ignore lint/a11y/useSemanticElements: its white space is what a pre keeps and a section doesn't */}
    <pre class="db-code__text" tabIndex={0} role="region" aria-label={what}>
      <code>{text}</code>
    </pre>
    <button
      type="button"
      class="govuk-button govuk-button--secondary db-button--small db-code__button"
      hidden
    >
      Copy<span class="govuk-visually-hidden"> {what}</span>
    </button>
    <span class="govuk-visually-hidden" role="status" />
  </div>
);
