/** A list of items: the title of each, details, and actions. It fits the narrowest window. */
import type { ComponentChildren, VNode } from "preact";

interface Item {
  /** The title. */
  readonly title: ComponentChildren;
  /** Smaller, below the title. */
  readonly note?: ComponentChildren;
  /** Beside the title: a role, a status. */
  readonly aside?: ComponentChildren;
  /** Links and buttons. */
  readonly actions?: ComponentChildren;
}

interface ItemListProps {
  readonly items: readonly Item[];
  /** The label for screen readers; if absent, the heading above is the label. */
  readonly label?: string | undefined;
}

export const ItemList = ({ items, label }: ItemListProps): VNode => (
  <ul class="db-items" aria-label={label}>
    {items.map(({ title, note, aside, actions }) => (
      <li class="db-items__item">
        <div class="db-items__what">
          <div class="db-items__title">{title}</div>
          {note !== undefined && <div class="db-quiet db-small">{note}</div>}
        </div>
        {aside !== undefined && <div class="db-items__aside">{aside}</div>}
        {actions !== undefined && <div class="db-items__actions">{actions}</div>}
      </li>
    ))}
  </ul>
);
