/** The place of a page, and the way back (govuk-frontend's patterns). */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

export const BackLink = ({
  href,
  children = "Back",
}: {
  readonly href: string;
  readonly children?: ComponentChildren;
}): VNode => (
  <A href={href} class="govuk-back-link">
    {children}
  </A>
);

export interface Crumb {
  readonly text: string;
  readonly href: string;
}

export const Breadcrumbs = ({ crumbs }: { readonly crumbs: readonly Crumb[] }): VNode => (
  <nav class="govuk-breadcrumbs" aria-label="Breadcrumb">
    <ol class="govuk-breadcrumbs__list">
      {crumbs.map(({ text, href }) => (
        <li class="govuk-breadcrumbs__list-item">
          <A class="govuk-breadcrumbs__link" href={href}>
            {text}
          </A>
        </li>
      ))}
    </ol>
  </nav>
);

/** The first element of a page for keyboard users. */
export const SkipLink = (): VNode => (
  <A href="#main" class="govuk-skip-link">
    Skip to main content
  </A>
);
