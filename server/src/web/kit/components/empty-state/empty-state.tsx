/** An empty list: why, and what to do next. */
import type { ComponentChildren, VNode } from "preact";
import { Icon } from "../icon/icon.tsx";
import type { IconName } from "../icon/names.ts";

interface EmptyStateProps {
  /** "There are no API clients." */
  readonly title: string;
  /** What the list would have, and how to add it. */
  readonly children?: ComponentChildren;
  readonly icon?: IconName | undefined;
}

export const EmptyState = ({ title, children, icon = "inbox" }: EmptyStateProps): VNode => (
  <div class="db-empty">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children}
  </div>
);
