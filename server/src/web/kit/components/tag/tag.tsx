/** A status as a word, with a color and a dot beside it (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";

export interface TagProps {
  readonly children: ComponentChildren;
  /** green: works; red: has ended or was refused; yellow: needs attention soon; blue: is new; gray: the rest. */
  readonly colour?: "grey" | "green" | "red" | "yellow" | "blue" | undefined;
}

export const Tag = ({ children, colour = "grey" }: TagProps): VNode => (
  <strong class={`govuk-tag govuk-tag--${colour}`}>{children}</strong>
);
