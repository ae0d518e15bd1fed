/** An icon beside words; it has no meaning on its own, and is hidden from screen readers. */
import { h, type VNode } from "preact";
import { icons } from "./icons.ts";
import type { IconName } from "./names.ts";

interface IconProps {
  readonly name: IconName;
}

export const Icon = ({ name }: IconProps): VNode => (
  <svg class="db-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {icons[name].map(([tag, attributes]) => h(tag, attributes))}
  </svg>
);
