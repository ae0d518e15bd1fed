/** The parts of one subject, each with its own address: the markup of govuk-frontend's tabs before its script makes panels of them. */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

interface Tab {
  readonly text: ComponentChildren;
  readonly href: string;
  readonly current?: boolean | undefined;
}

interface TabsProps {
  /** The subject, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab[];
}

export const Tabs = ({ label, tabs }: TabsProps): VNode => (
  <nav class="govuk-tabs" aria-label={label}>
    <ul class="govuk-tabs__list">
      {tabs.map(({ text, href, current = false }) => (
        <li class={`govuk-tabs__list-item${current ? " govuk-tabs__list-item--selected" : ""}`}>
          <A class="govuk-tabs__tab" href={href} aria-current={current ? "page" : undefined}>
            {text}
          </A>
        </li>
      ))}
    </ul>
  </nav>
);
