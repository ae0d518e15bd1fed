/** A menu that opens without a script: details with a list of links below. Its island closes it like other menus. */
import type { ComponentChildren, VNode } from "preact";
import { Icon } from "../icon/icon.tsx";
import type { IconName } from "../icon/names.ts";

interface MenuProps {
  /** The text of its button. */
  readonly name: ComponentChildren;
  /** Its label for screen readers, before the name. */
  readonly hidden: string;
  readonly icon?: IconName | undefined;
  /** Whether the list is aligned with the right edge of the button, at the right of a page. */
  readonly end?: boolean | undefined;
  readonly children: ComponentChildren;
}

export const Menu = ({ name, hidden, icon = "chevron-down", end = false, children }: MenuProps): VNode => (
  <details class={`db-menu${end ? " db-menu--end" : ""}`} data-island="menu">
    <summary class="db-menu__summary">
      <span class="govuk-visually-hidden">{hidden}: </span>
      <span class="db-menu__name">{name}</span>
      <Icon name={icon} />
    </summary>
    <div class="db-menu__list">{children}</div>
  </details>
);
