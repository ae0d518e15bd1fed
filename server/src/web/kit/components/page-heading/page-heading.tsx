/** The title of a page, its subject, and its actions. */
import type { ComponentChildren, VNode } from "preact";

interface PageHeadingProps {
  readonly title: ComponentChildren;
  /** The subject, above the title. */
  readonly caption?: ComponentChildren;
  /** A sentence below it. */
  readonly children?: ComponentChildren;
  /** Buttons and links beside it. */
  readonly actions?: ComponentChildren;
}

export const PageHeading = ({ title, caption, children, actions }: PageHeadingProps): VNode => (
  <div class="db-heading">
    <div>
      <h1>
        {caption !== undefined && <span class="db-heading__caption">{caption}</span>}
        {title}
      </h1>
      {children !== undefined && <p>{children}</p>}
    </div>
    {actions !== undefined && <div class="db-row">{actions}</div>}
  </div>
);
